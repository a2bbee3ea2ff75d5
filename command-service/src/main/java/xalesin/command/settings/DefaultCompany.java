package xalesin.command.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Founding;
import xalesin.command.decision.Plan;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.DocumentKind;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent;

/** What a tenant has from the beginning: settings and a chart of accounts. */
public final class DefaultCompany {
  private static final String CURRENCY = "EUR";
  private static final int JANUARY = 1;

  /** An account of the default chart. */
  private record DefaultAccount(
      String code, String name, AccountType type, @Nullable AccountPurpose purpose) {
    /** The same in every tenant: ids are within the tenant. */
    UUID id() {
      return UUID.nameUUIDFromBytes(("default account " + code).getBytes(UTF_8));
    }
  }

  private static final List<DefaultAccount> CHART =
      List.of(
          serving("1000", "Bank", AccountPurpose.CASH),
          serving("1100", "Accounts receivable", AccountPurpose.RECEIVABLE),
          serving("1200", "Inventory", AccountPurpose.INVENTORY),
          serving("1300", "Input tax", AccountPurpose.INPUT_TAX),
          serving("2000", "Accounts payable", AccountPurpose.PAYABLE),
          serving("2100", "Goods received, not billed", AccountPurpose.GOODS_RECEIVED),
          serving("2200", "Output tax", AccountPurpose.OUTPUT_TAX),
          new DefaultAccount("3000", "Owner's equity", AccountType.EQUITY, null),
          new DefaultAccount("3100", "Retained earnings", AccountType.EQUITY, null),
          serving("4000", "Sales revenue", AccountPurpose.REVENUE),
          serving("4100", "Freight charged", AccountPurpose.FREIGHT),
          serving("5000", "Cost of goods sold", AccountPurpose.COST_OF_GOODS),
          serving("5100", "Stock adjustments", AccountPurpose.STOCK_ADJUSTMENT),
          new DefaultAccount("6000", "Operating expenses", AccountType.EXPENSE, null));

  /** How a tenant comes into being. */
  public static final Founding FOUNDING =
      new Founding(new StreamName(StreamName.TENANT_SETTINGS, StreamName.ONLY), events());

  private DefaultCompany() {}

  private static DefaultAccount serving(String code, String name, AccountPurpose purpose) {
    return new DefaultAccount(code, name, purpose.type(), purpose);
  }

  private static List<Plan.StreamEvents> events() {
    List<Plan.StreamEvents> events = new ArrayList<>();
    Map<AccountPurpose, UUID> accounts = new EnumMap<>(AccountPurpose.class);
    for (DefaultAccount account : CHART) {
      events.add(
          new Plan.StreamEvents(
              new StreamName(StreamName.ACCOUNTS, account.id()),
              List.of(
                  new AccountEvent.Opened(account.code(), account.name(), account.type(), null))));
      if (account.purpose() != null) {
        accounts.put(account.purpose(), account.id());
      }
    }
    Map<DocumentKind, String> formats = new EnumMap<>(DocumentKind.class);
    for (DocumentKind kind : DocumentKind.values()) {
      formats.put(kind, kind.defaultFormat());
    }
    TenantSettings settings =
        new TenantSettings(CURRENCY, JANUARY, List.of(), List.of(), formats, accounts, null);
    events.add(
        new Plan.StreamEvents(
            new StreamName(StreamName.TENANT_SETTINGS, StreamName.ONLY),
            List.of(new TenantSettingsEvent.Established(settings))));
    return events;
  }
}
