package xalesin.standalone.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderLine;

/**
 * Stock reckoned from what happened, apart from the services' own states: what is where, what is
 * set aside for which order, and what it is worth. For one thread.
 */
final class StockModel {
  /** An item's stock. */
  static final class Item {
    final Map<String, BigDecimal> onHand = new HashMap<>();

    /** By location and reference. */
    final Map<Aside, BigDecimal> reserved = new HashMap<>();

    BigDecimal value = BigDecimal.ZERO;
    @Nullable String currency;
    boolean allowBackorder;

    BigDecimal onHand() {
      return sum(onHand);
    }

    BigDecimal reserved() {
      return sum(reserved);
    }

    private static BigDecimal sum(Map<?, BigDecimal> parts) {
      return parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal reservedAt(String location) {
      BigDecimal sum = BigDecimal.ZERO;
      for (var each : reserved.entrySet()) {
        sum = each.getKey().location().equals(location) ? sum.add(each.getValue()) : sum;
      }
      return sum;
    }
  }

  /** For what something is set aside. */
  record Aside(String location, String reference) {}

  private record Line(UUID item, Aside aside) {}

  private static final class Sale {
    List<SalesOrderLine> lines = List.of();

    /** What is still to be shipped. */
    final Map<Line, BigDecimal> promised = new HashMap<>();
  }

  private final Map<UUID, Item> items = new HashMap<>();
  private final Map<UUID, Sale> sales = new HashMap<>();
  private final Map<String, BigDecimal> values = new HashMap<>();
  private final Set<UUID> touchedItems = new HashSet<>();
  private final Set<UUID> touchedSales = new HashSet<>();

  Map<UUID, Item> items() {
    return items;
  }

  /** What all stock is worth, by currency. */
  Map<String, BigDecimal> values() {
    return values;
  }

  void take(UUID stream, DomainEvent event) {
    switch (event) {
      case InventoryItemEvent happened -> item(stream, happened);
      case SalesOrderEvent happened -> sale(stream, happened);
      default -> {
        // Moves no goods.
      }
    }
  }

  private void item(UUID id, InventoryItemEvent event) {
    touchedItems.add(id);
    Item item = items.computeIfAbsent(id, _ -> new Item());
    switch (event) {
      case InventoryItemEvent.Created created -> item.allowBackorder = created.allowBackorder();
      case InventoryItemEvent.DetailsChanged now -> item.allowBackorder = now.allowBackorder();
      case InventoryItemEvent.StockReceived it -> {
        move(item, it.location(), it.quantity());
        worth(item, it.value(), 1);
      }
      case InventoryItemEvent.StockIssued it -> {
        move(item, it.location(), it.quantity().negated());
        worth(item, it.value(), -1);
      }
      case InventoryItemEvent.StockAdjusted it -> {
        move(item, it.location(), it.quantity());
        worth(item, it.value(), 1);
      }
      case InventoryItemEvent.StockTransferred it -> {
        move(item, it.from(), it.quantity().negated());
        move(item, it.to(), it.quantity());
      }
      case InventoryItemEvent.StockReserved it ->
          aside(item, it.location(), it.reference(), it.quantity().value());
      case InventoryItemEvent.StockReservationReleased it ->
          aside(item, it.location(), it.reference(), it.quantity().value().negate());
      case InventoryItemEvent.Deleted _ -> {
        assertThat(item.onHand()).as("stock of the deleted item %s", id).isZero();
        assertThat(item.reserved()).as("reservations of the deleted item %s", id).isZero();
      }
      case InventoryItemEvent.PriceChanged _,
          InventoryItemEvent.Activated _,
          InventoryItemEvent.Deactivated _ -> {}
    }
  }

  private static void move(Item item, String location, Quantity quantity) {
    item.onHand.merge(location, quantity.value(), BigDecimal::add);
  }

  private static void aside(Item item, String location, String reference, BigDecimal quantity) {
    item.reserved.merge(new Aside(location, reference), quantity, BigDecimal::add);
  }

  private void worth(Item item, @Nullable Money value, int sign) {
    if (value != null) {
      BigDecimal change = sign < 0 ? value.amount().negate() : value.amount();
      item.value = item.value.add(change);
      item.currency = value.currency();
      values.merge(value.currency(), change, BigDecimal::add);
    }
  }

  private void sale(UUID id, SalesOrderEvent event) {
    Sale sale = sales.computeIfAbsent(id, _ -> new Sale());
    switch (event) {
      case SalesOrderEvent.Placed placed -> sale.lines = placed.lines();
      case SalesOrderEvent.LinesChanged changed -> sale.lines = changed.lines();
      case SalesOrderEvent.Confirmed() -> {
        touchedSales.add(id);
        for (SalesOrderLine line : sale.lines) {
          promise(sale, id, line, line.quantity().value());
        }
      }
      case SalesOrderEvent.Shipped shipped -> {
        touchedSales.add(id);
        for (var part : shipped.lines()) {
          promise(sale, id, sale.lines.get(part.line() - 1), part.quantity().value().negate());
        }
      }
      case SalesOrderEvent.Cancelled _, SalesOrderEvent.Closed _ -> {
        touchedSales.add(id);
        sale.promised.replaceAll((_, _) -> BigDecimal.ZERO);
      }
      case SalesOrderEvent.Invoiced _, SalesOrderEvent.Paid _, SalesOrderEvent.Returned _ -> {}
    }
  }

  private static void promise(Sale sale, UUID id, SalesOrderLine line, BigDecimal quantity) {
    Aside aside = new Aside(line.location(), "sales-orders/" + id);
    sale.promised.merge(new Line(line.item(), aside), quantity, BigDecimal::add);
  }

  /** What must hold after every transaction, of whatever it has changed. */
  void check() {
    for (UUID id : touchedItems) {
      check(id, requireNonNull(items.get(id)));
    }
    for (UUID id : touchedSales) {
      requireNonNull(sales.get(id))
          .promised
          .forEach(
              (line, quantity) ->
                  assertThat(
                          requireNonNull(items.get(line.item()))
                              .reserved
                              .getOrDefault(line.aside(), BigDecimal.ZERO))
                      .as("%s of item %s", line.aside(), line.item())
                      .isEqualByComparingTo(quantity));
    }
    touchedItems.clear();
    touchedSales.clear();
  }

  private static void check(UUID id, Item item) {
    item.onHand.forEach(
        (location, onHand) ->
            assertThat(onHand).as("on hand of %s at %s", id, location).isNotNegative());
    item.reserved.forEach(
        (aside, quantity) ->
            assertThat(quantity).as("reserved of %s: %s", id, aside).isNotNegative());
    Set<String> locations = new HashSet<>(item.onHand.keySet());
    item.reserved.keySet().forEach(aside -> locations.add(aside.location()));
    if (!item.allowBackorder) {
      for (String location : locations) {
        BigDecimal onHand = item.onHand.getOrDefault(location, BigDecimal.ZERO);
        assertThat(onHand.subtract(item.reservedAt(location)))
            .as("available of %s at %s", id, location)
            .isNotNegative();
      }
    }
    assertThat(item.value).as("value of %s", id).isNotNegative();
    if (item.onHand().signum() == 0) {
      assertThat(item.value).as("value of no stock of %s", id).isZero();
    }
  }
}
