package xalesin.bench.past;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import xalesin.schemas.StreamName;

/** The resources whose lists must be index range scans; the audit log is read with the items. */
public enum Resource {
  ITEMS(StreamName.INVENTORY_ITEMS),
  MOVEMENTS(MovementPast.MOVEMENTS),
  PARTIES(StreamName.PARTIES),
  SALES_ORDERS(StreamName.SALES_ORDERS),
  PURCHASE_ORDERS(StreamName.PURCHASE_ORDERS),
  TRANSACTIONS(StreamName.FINANCIAL_TRANSACTIONS);

  private final String path;

  Resource(String path) {
    this.path = path;
  }

  /**
   * A past at the end of which a tenant has so many rows.
   *
   * @param accounts of the tenant, at least three
   */
  public Past past(int rows, long seed, Instant end, List<UUID> accounts) {
    return switch (this) {
      case ITEMS -> new ItemPast(rows, seed, end);
      case MOVEMENTS -> new MovementPast(rows, seed, end);
      case PARTIES -> new PartyPast(rows, seed, end);
      case SALES_ORDERS -> new SalesOrderPast(rows, seed, end);
      case PURCHASE_ORDERS -> new PurchaseOrderPast(rows, seed, end);
      case TRANSACTIONS -> new TransactionPast(rows, seed, end, accounts);
    };
  }

  /** As in the paths of the public API. */
  @Override
  public String toString() {
    return path;
  }
}
