package xalesin.schemas;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.inventory.InventoryItemCommand;

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
  }

  /**
   * @param name such as {@code inventory-items.receive}
   * @param resource such as {@code inventory-items}
   * @param recordClass the record that its data is
   */
  public record Type(String name, String resource, Class<?> recordClass) {}

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
