package xalesin.schemas;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.audit.AuditLogRow;
import xalesin.schemas.finance.AccountBalanceRow;
import xalesin.schemas.finance.AccountRow;
import xalesin.schemas.finance.FinancialTransactionRow;
import xalesin.schemas.inventory.InventoryItemRow;
import xalesin.schemas.inventory.StockMovementRow;
import xalesin.schemas.inventory.StockValuationRow;
import xalesin.schemas.overview.FigureRow;
import xalesin.schemas.overview.LowStockRow;
import xalesin.schemas.parties.PartyRow;
import xalesin.schemas.purchasing.PayableRow;
import xalesin.schemas.purchasing.PurchaseOrderRow;
import xalesin.schemas.sales.ReceivableRow;
import xalesin.schemas.sales.SalesOrderRow;
import xalesin.schemas.settings.TenantSettingsRow;

/** Every view that is published, by its name: what its rows are. */
public final class RowTypes {
  private static final Map<String, Type> BY_NAME = new LinkedHashMap<>();

  static {
    register("inventory-items", 1, InventoryItemRow.class);
    register("stock-movements", 1, StockMovementRow.class);
    register("stock-valuation", 1, StockValuationRow.class);
    register("low-stock", 1, LowStockRow.class);
    register("parties", 1, PartyRow.class);
    register("sales-orders", 1, SalesOrderRow.class);
    register("receivables", 1, ReceivableRow.class);
    register("purchase-orders", 1, PurchaseOrderRow.class);
    register("payables", 1, PayableRow.class);
    register("figures", 1, FigureRow.class);
    register("accounts", 1, AccountRow.class);
    register("account-balances", 1, AccountBalanceRow.class);
    register("account-years", 1, AccountBalanceRow.class);
    register("financial-transactions", 1, FinancialTransactionRow.class);
    register("tenant-settings", 1, TenantSettingsRow.class);
    register("audit-logs", 1, AuditLogRow.class);
  }

  /**
   * @param name the view's, as in {@code GET /api/<name>} and {@link Topics#view}
   * @param schemaVersion the version that is written now; rows of older ones are rebuilt
   */
  public record Type(String name, int schemaVersion, Class<? extends Record> recordClass) {}

  private RowTypes() {}

  private static void register(
      String name, int schemaVersion, Class<? extends Record> recordClass) {
    BY_NAME.put(name, new Type(name, schemaVersion, recordClass));
  }

  public static Iterable<Type> all() {
    return BY_NAME.values();
  }

  public static @Nullable Type byName(String name) {
    return BY_NAME.get(name);
  }
}
