package xalesin.schemas;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.finance.AccountCommand;
import xalesin.schemas.finance.FinancialTransactionCommand;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.schemas.settings.TenantSettingsCommand;

/**
 * Every type of command, by the name it has in {@code POST /api/commands}: its resource, a dot and
 * its verb.
 */
public final class CommandTypes {
  private static final Map<String, Type> BY_NAME = new LinkedHashMap<>();

  static {
    String items = StreamName.INVENTORY_ITEMS;
    register(items, "create", InventoryItemCommand.Create.class);
    register(items, "change-details", InventoryItemCommand.ChangeDetails.class);
    register(items, "change-price", InventoryItemCommand.ChangePrice.class);
    register(items, "activate", InventoryItemCommand.Activate.class);
    register(items, "deactivate", InventoryItemCommand.Deactivate.class);
    register(items, "delete", InventoryItemCommand.Delete.class);
    register(items, "receive", InventoryItemCommand.Receive.class);
    register(items, "issue", InventoryItemCommand.Issue.class);
    register(items, "transfer", InventoryItemCommand.Transfer.class);
    register(items, "adjust", InventoryItemCommand.Adjust.class);
    register(items, "reserve", InventoryItemCommand.Reserve.class);
    register(items, "release", InventoryItemCommand.Release.class);
    String settings = StreamName.TENANT_SETTINGS;
    register(settings, "change", TenantSettingsCommand.Change.class);
    register(settings, "close-period", TenantSettingsCommand.ClosePeriod.class);
    register(settings, "reopen-period", TenantSettingsCommand.ReopenPeriod.class);
    String parties = StreamName.PARTIES;
    register(parties, "create", PartyCommand.Create.class);
    register(parties, "change-details", PartyCommand.ChangeDetails.class);
    register(parties, "activate", PartyCommand.Activate.class);
    register(parties, "deactivate", PartyCommand.Deactivate.class);
    String accounts = StreamName.ACCOUNTS;
    register(accounts, "create", AccountCommand.Create.class);
    register(accounts, "change-details", AccountCommand.ChangeDetails.class);
    register(accounts, "close", AccountCommand.Close.class);
    String transactions = StreamName.FINANCIAL_TRANSACTIONS;
    register(transactions, "post", FinancialTransactionCommand.Post.class);
    register(transactions, "reverse", FinancialTransactionCommand.Reverse.class);
    String sales = StreamName.SALES_ORDERS;
    register(sales, "place", SalesOrderCommand.Place.class);
    register(sales, "change-lines", SalesOrderCommand.ChangeLines.class);
    register(sales, "confirm", SalesOrderCommand.Confirm.class);
    register(sales, "ship", SalesOrderCommand.Ship.class);
    register(sales, "invoice", SalesOrderCommand.Invoice.class);
    register(sales, "pay", SalesOrderCommand.Pay.class);
    register(sales, "return", SalesOrderCommand.Return.class);
    register(sales, "cancel", SalesOrderCommand.Cancel.class);
    register(sales, "close", SalesOrderCommand.Close.class);
    String purchases = StreamName.PURCHASE_ORDERS;
    register(purchases, "place", PurchaseOrderCommand.Place.class);
    register(purchases, "change-lines", PurchaseOrderCommand.ChangeLines.class);
    register(purchases, "approve", PurchaseOrderCommand.Approve.class);
    register(purchases, "receive", PurchaseOrderCommand.Receive.class);
    register(purchases, "bill", PurchaseOrderCommand.Bill.class);
    register(purchases, "pay", PurchaseOrderCommand.Pay.class);
    register(purchases, "cancel", PurchaseOrderCommand.Cancel.class);
    register(purchases, "close", PurchaseOrderCommand.Close.class);
  }

  /**
   * @param name such as {@code inventory-items.receive}
   * @param resource such as {@code inventory-items}
   * @param recordClass the record that its data is
   */
  public record Type(String name, String resource, Class<?> recordClass) {
    /** Whether it is about what there is one of in a tenant, so that no id is given. */
    public boolean isOnTheTenant() {
      return resource.equals(StreamName.TENANT_SETTINGS);
    }
  }

  private CommandTypes() {}

  private static void register(String resource, String verb, Class<?> recordClass) {
    String name = resource + "." + verb;
    BY_NAME.put(name, new Type(name, resource, recordClass));
  }

  public static Iterable<Type> all() {
    return BY_NAME.values();
  }

  public static @Nullable Type byName(String name) {
    return BY_NAME.get(name);
  }
}
