package xalesin.schemas.golden;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import xalesin.schemas.DomainEvent;

/**
 * What each golden file means, by its name without the ending: the event's type, its schema
 * version, and after a dash what is special about it.
 */
public final class GoldenEvents {
  /** Ids that tell in the files what they are of. */
  static final UUID ITEM = UUID.fromString("0198c4de-0000-7000-8000-000000000001");

  static final UUID OTHER_ITEM = UUID.fromString("0198c4de-0000-7000-8000-000000000002");
  static final UUID CUSTOMER = UUID.fromString("0198c4de-0000-7000-8000-00000000000c");
  static final UUID SUPPLIER = UUID.fromString("0198c4de-0000-7000-8000-00000000000d");
  static final UUID ORDER = UUID.fromString("0198c4de-0000-7000-8000-00000000000e");
  static final UUID CASH = UUID.fromString("0198c4de-0000-7000-8000-0000000000a1");
  static final UUID RECEIVABLE = UUID.fromString("0198c4de-0000-7000-8000-0000000000a2");
  static final UUID REVENUE = UUID.fromString("0198c4de-0000-7000-8000-0000000000a3");
  static final UUID TRANSACTION = UUID.fromString("0198c4de-0000-7000-8000-0000000000f1");

  private GoldenEvents() {}

  public static Map<String, DomainEvent> all() {
    Map<String, DomainEvent> all = new LinkedHashMap<>();
    all.putAll(GoldenInventory.EVENTS);
    all.putAll(GoldenSettings.EVENTS);
    all.putAll(GoldenFinance.EVENTS);
    all.putAll(GoldenParties.EVENTS);
    all.putAll(GoldenSales.EVENTS);
    all.putAll(GoldenPurchasing.EVENTS);
    return all;
  }
}
