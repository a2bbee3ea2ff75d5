package xalesin.schemas.inventory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Check;
import xalesin.schemas.Creation;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;

/**
 * What can be asked of an inventory item: the bodies of its routes, checked field by field as they
 * are made.
 */
public sealed interface InventoryItemCommand {

  /**
   * @param id made by the caller, or null for one made by the server
   * @param description empty when not given
   * @param category {@code uncategorised} when not given
   * @param unit {@code each} when not given
   * @param reorderLevel zero when not given
   * @param allowBackorder false when not given
   */
  record Create(
      @Nullable UUID id,
      String sku,
      String name,
      @Nullable String description,
      @Nullable String category,
      @Nullable String unit,
      Money price,
      @Nullable Quantity reorderLevel,
      @Nullable Boolean allowBackorder)
      implements InventoryItemCommand, Creation {
    public static final String NO_CATEGORY = "uncategorised";
    public static final String NO_UNIT = "each";

    public Create {
      sku = Check.text("sku", sku, Check.CODE);
      name = Check.text("name", name, Check.NAME);
      description =
          description == null ? "" : Check.freeText("description", description, Check.TEXT);
      category = category == null ? NO_CATEGORY : Check.text("category", category, Check.CODE);
      unit = unit == null ? NO_UNIT : Check.text("unit", unit, Check.CODE);
      price = Check.notNegative("price", price);
      reorderLevel =
          reorderLevel == null ? Quantity.ZERO : Check.notNegative("reorderLevel", reorderLevel);
      allowBackorder = allowBackorder != null && allowBackorder;
    }
  }

  /** A field that is null stays as it is. */
  record ChangeDetails(
      @Nullable String sku,
      @Nullable String name,
      @Nullable String description,
      @Nullable String category,
      @Nullable String unit,
      @Nullable Quantity reorderLevel,
      @Nullable Boolean allowBackorder)
      implements InventoryItemCommand {
    public ChangeDetails {
      Check.optionalText("sku", sku, Check.CODE);
      Check.optionalText("name", name, Check.NAME);
      if (description != null) {
        Check.freeText("description", description, Check.TEXT);
      }
      Check.optionalText("category", category, Check.CODE);
      Check.optionalText("unit", unit, Check.CODE);
      if (reorderLevel != null) {
        Check.notNegative("reorderLevel", reorderLevel);
      }
    }
  }

  record ChangePrice(Money price) implements InventoryItemCommand {
    public ChangePrice {
      Check.notNegative("price", price);
    }
  }

  record Activate() implements InventoryItemCommand {}

  record Deactivate() implements InventoryItemCommand {}

  record Delete() implements InventoryItemCommand {}

  record Receive(Quantity quantity, String location, Money unitCost)
      implements InventoryItemCommand {
    public Receive {
      Check.positive("quantity", quantity);
      Check.text("location", location, Check.CODE);
      Check.notNegative("unitCost", unitCost);
    }
  }

  record Issue(Quantity quantity, String location, String reason) implements InventoryItemCommand {
    public Issue {
      Check.positive("quantity", quantity);
      Check.text("location", location, Check.CODE);
      Check.text("reason", reason, Check.NAME);
    }
  }

  record Transfer(Quantity quantity, String from, String to) implements InventoryItemCommand {
    public Transfer {
      Check.positive("quantity", quantity);
      Check.text("from", from, Check.CODE);
      Check.text("to", to, Check.CODE);
      if (from.equals(to)) {
        throw new InvalidValueException("to", "must differ from \"from\"");
      }
    }
  }

  record Adjust(Quantity quantity, String location, String reason) implements InventoryItemCommand {
    public Adjust {
      if (Check.required("quantity", (@Nullable Quantity) quantity).isZero()) {
        throw new InvalidValueException("quantity", "must not be zero");
      }
      Check.text("location", location, Check.CODE);
      Check.text("reason", reason, Check.NAME);
    }
  }

  record Reserve(Quantity quantity, String location, String reference)
      implements InventoryItemCommand {
    public Reserve {
      Check.positive("quantity", quantity);
      Check.text("location", location, Check.CODE);
      Check.text("reference", reference, Check.CODE);
    }
  }

  record Release(Quantity quantity, String location, String reference)
      implements InventoryItemCommand {
    public Release {
      Check.positive("quantity", quantity);
      Check.text("location", location, Check.CODE);
      Check.text("reference", reference, Check.CODE);
    }
  }
}
