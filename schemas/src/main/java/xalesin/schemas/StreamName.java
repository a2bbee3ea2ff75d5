package xalesin.schemas;

import java.util.UUID;

/**
 * The name of a stream within its tenant: a resource and the id of one of its things, written
 * {@code inventory-items/0198c4de-…}.
 */
public record StreamName(String resource, UUID id) {
  public static final String INVENTORY_ITEMS = "inventory-items";
  public static final String PARTIES = "parties";
  public static final String SALES_ORDERS = "sales-orders";
  public static final String PURCHASE_ORDERS = "purchase-orders";
  public static final String ACCOUNTS = "accounts";
  public static final String FINANCIAL_TRANSACTIONS = "financial-transactions";

  /** What customers may still owe; beside each party, so that its own version stands still. */
  public static final String CREDIT = "credit";

  /** One stream of each tenant. */
  public static final String TENANT_SETTINGS = "tenant-settings";

  /** The id of what there is one of in a tenant. */
  public static final UUID ONLY = new UUID(0, 0);

  /**
   * @throws InvalidValueException when the text is not of that form
   */
  public static StreamName parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || text.length() - slash - 1 != 36) {
      throw new InvalidValueException("", "must be a stream name, such as inventory-items/<uuid>");
    }
    try {
      return new StreamName(text.substring(0, slash), UUID.fromString(text.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("", "must be a stream name, such as inventory-items/<uuid>");
    }
  }

  @Override
  public String toString() {
    return resource + "/" + id;
  }
}
