package xalesin.schemas;

import java.util.UUID;

/**
 * The name of a stream within its tenant: a resource and the id of one of its things, written
 * {@code inventory-items/0198c4de-…}.
 */
public record StreamName(String resource, UUID id) {
  public static final String INVENTORY_ITEMS = "inventory-items";

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
