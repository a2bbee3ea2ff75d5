package xalesin.command.inventory;

import java.util.Map;
import xalesin.command.decision.Refusal;
import xalesin.schemas.Quantity;

/** Why something cannot be done with an item. The rule's name is for good. */
public sealed interface InventoryItemRefusal extends Refusal {

  record NotFound() implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "item-not-found";
    }

    @Override
    public String detail() {
      return "There is no such item.";
    }
  }

  /** Asked of an item that was deleted. */
  record Deleted() implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "item-deleted";
    }

    @Override
    public String detail() {
      return "The item was deleted.";
    }
  }

  /** An item was deleted under the id that a new one is to have. */
  record IdSpent() implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "deleted";
    }

    @Override
    public String detail() {
      return "An item with this id was deleted; an id is never used again.";
    }
  }

  record AlreadyExists() implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "already-exists";
    }

    @Override
    public String detail() {
      return "An item with this id was created with other content.";
    }
  }

  record SkuTaken(String sku) implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "sku-taken";
    }

    @Override
    public String detail() {
      return "Another item has this SKU.";
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("sku", sku);
    }
  }

  record Inactive(String sku) implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "item-inactive";
    }

    @Override
    public String detail() {
      return "Nothing can be reserved of an inactive item.";
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("sku", sku);
    }
  }

  record HasStock(Quantity onHand, Quantity reserved) implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "item-has-stock";
    }

    @Override
    public String detail() {
      return "An item with stock or reservations cannot be deleted.";
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("onHand", onHand, "reserved", reserved);
    }
  }

  /** More has been promised than is there, so backorders cannot be forbidden now. */
  record OpenBackorders(String location, Quantity available) implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "open-backorders";
    }

    @Override
    public String detail() {
      return "Backorders cannot be forbidden while more is reserved than on hand.";
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("location", location, "available", available);
    }
  }

  record CurrencyMismatch(String expected, String given) implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "currency-mismatch";
    }

    @Override
    public String detail() {
      return "The item's cost is kept in %s.".formatted(expected);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("expected", expected, "given", given);
    }
  }

  /**
   * @param available what could have been taken
   */
  record InsufficientStock(String sku, String location, Quantity asked, Quantity available)
      implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "insufficient-stock";
    }

    @Override
    public String detail() {
      return "%s of %s asked at %s, %s available.".formatted(asked, sku, location, available);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("sku", sku, "location", location, "asked", asked, "available", available);
    }
  }

  record NotReserved(String location, String reference, Quantity asked, Quantity reserved)
      implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "not-reserved";
    }

    @Override
    public String detail() {
      return "%s asked to be released, %s reserved for %s at %s."
          .formatted(asked, reserved, reference, location);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of(
          "location", location, "reference", reference, "asked", asked, "reserved", reserved);
    }
  }

  /** What an order has set aside is the order's. */
  record ReservedByDocument(String reference) implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "reserved-by-document";
    }

    @Override
    public String detail() {
      return "What is set aside for %s is reserved and released by it only.".formatted(reference);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("reference", reference);
    }
  }

  record TooManyLocations(int limit) implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "too-many-locations";
    }

    @Override
    public String detail() {
      return "An item can be at no more than %d locations.".formatted(limit);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("limit", limit);
    }
  }

  record TooManyReservations(int limit) implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "too-many-reservations";
    }

    @Override
    public String detail() {
      return "An item can have no more than %d open reservations.".formatted(limit);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("limit", limit);
    }
  }

  /** The sum would be no {@link Quantity}. */
  record QuantityOutOfRange() implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "quantity-out-of-range";
    }

    @Override
    public String detail() {
      return "The resulting quantity would be larger than can be kept.";
    }
  }

  record ValueOutOfRange() implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "value-out-of-range";
    }

    @Override
    public String detail() {
      return "The resulting stock would be worth more than can be kept.";
    }
  }

  /** The tenant has listed where stock may be. */
  record UnknownLocation(String location) implements InventoryItemRefusal {
    @Override
    public String rule() {
      return "unknown-location";
    }

    @Override
    public String detail() {
      return "%s is none of the tenant's locations.".formatted(location);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("location", location);
    }
  }
}
