package xalesin.standalone.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.CommandTypes;
import xalesin.schemas.Json;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.sales.SalesOrderCommand;

/**
 * As much of a trading company as an import makes: takes commands one after another, allows what
 * their order allows, and keeps simple books. For one thread at a time.
 */
final class BooksOfTrade implements CommandApi.Rules {
  private enum Phase {
    PLACED,
    CONFIRMED,
    SHIPPED,
    INVOICED,
    PAID
  }

  private static final class Item {
    final String sku;
    boolean active = true;
    BigDecimal onHand = BigDecimal.ZERO;
    BigDecimal reserved = BigDecimal.ZERO;
    BigDecimal cost = BigDecimal.ZERO;

    Item(String sku) {
      this.sku = sku;
    }
  }

  private static final class Order {
    final SalesOrderCommand.Place placed;
    Phase phase = Phase.PLACED;
    @Nullable LocalDate shipped;

    Order(SalesOrderCommand.Place placed) {
      this.placed = placed;
    }
  }

  private final Map<String, String> customers = new HashMap<>();
  private final Set<String> suppliers = new HashSet<>();
  private final Map<String, Item> items = new HashMap<>();
  private final Map<String, Order> orders = new HashMap<>();
  private final Map<String, BigDecimal> byItem = new HashMap<>();
  private final Map<String, BigDecimal> byCustomer = new HashMap<>();
  private BigDecimal orderValue = BigDecimal.ZERO;
  private BigDecimal revenue = BigDecimal.ZERO;
  private BigDecimal freight = BigDecimal.ZERO;
  private BigDecimal costOfGoods = BigDecimal.ZERO;

  @Override
  public boolean allow(JsonNode line) {
    String id = line.path("id").asText();
    return switch (body(line)) {
      case PartyCommand.Create create -> create(id, create);
      case InventoryItemCommand.Create create ->
          items.putIfAbsent(id, new Item(create.sku())) == null;
      case InventoryItemCommand.Receive receive -> receive(items.get(id), receive);
      case InventoryItemCommand.Deactivate() -> deactivate(items.get(id));
      case SalesOrderCommand.Place place -> place(id, place);
      case SalesOrderCommand.Confirm() -> confirm(orders.get(id));
      case SalesOrderCommand.Ship ship -> ship(orders.get(id), ship);
      case SalesOrderCommand.Invoice invoice -> invoice(orders.get(id), invoice);
      case SalesOrderCommand.Pay pay -> pay(orders.get(id), pay);
      case Object other -> throw new AssertionError("not to be imported: " + other);
    };
  }

  /** The record that the server will make of the line. */
  static Object body(JsonNode line) {
    CommandTypes.Type type =
        Objects.requireNonNull(CommandTypes.byName(line.path("command").asText()));
    try {
      return Json.STRICT.treeToValue(line.path("data"), type.recordClass());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean create(String id, PartyCommand.Create party) {
    return party.kinds().contains(PartyKind.CUSTOMER)
        ? customers.putIfAbsent(id, party.name()) == null
        : suppliers.add(id);
  }

  private static boolean receive(@Nullable Item item, InventoryItemCommand.Receive receive) {
    if (item == null || !item.active) {
      return false;
    }
    item.onHand = item.onHand.add(receive.quantity().value());
    item.cost = receive.unitCost().amount();
    return true;
  }

  private static boolean deactivate(@Nullable Item item) {
    if (item == null) {
      return false;
    }
    item.active = false;
    return true;
  }

  private boolean place(String id, SalesOrderCommand.Place place) {
    boolean fit =
        customers.containsKey(place.customer().toString())
            && place.lines().stream()
                .map(line -> items.get(line.item().toString()))
                .allMatch(item -> item != null && item.active);
    if (fit && orders.putIfAbsent(id, new Order(place)) == null) {
      place.lines().forEach(line -> orderValue = orderValue.add(net(line)));
      return true;
    }
    return false;
  }

  private boolean confirm(@Nullable Order order) {
    if (order == null || order.phase != Phase.PLACED) {
      return false;
    }
    for (SalesOrderCommand.Line line : order.placed.lines()) {
      Item item = item(line);
      item.reserved = item.reserved.add(line.quantity().value());
      if (item.reserved.compareTo(item.onHand) > 0) {
        throw new AssertionError("too little stock of " + item.sku);
      }
    }
    order.phase = Phase.CONFIRMED;
    return true;
  }

  private boolean ship(@Nullable Order order, SalesOrderCommand.Ship ship) {
    if (order == null || order.phase != Phase.CONFIRMED) {
      return false;
    }
    for (SalesOrderCommand.Line line : order.placed.lines()) {
      Item item = item(line);
      BigDecimal quantity = line.quantity().value();
      item.reserved = item.reserved.subtract(quantity);
      item.onHand = item.onHand.subtract(quantity);
      costOfGoods = costOfGoods.add(item.cost.multiply(quantity));
    }
    order.phase = Phase.SHIPPED;
    order.shipped = Objects.requireNonNull(ship.date());
    return true;
  }

  private boolean invoice(@Nullable Order order, SalesOrderCommand.Invoice invoice) {
    if (order == null || order.phase != Phase.SHIPPED) {
      return false;
    }
    if (!Objects.equals(order.shipped, invoice.date())) {
      throw new AssertionError("invoiced on another day than shipped");
    }
    String customer = customers.get(order.placed.customer().toString());
    for (SalesOrderCommand.Line line : order.placed.lines()) {
      revenue = revenue.add(net(line));
      byItem.merge(item(line).sku, net(line), BigDecimal::add);
      byCustomer.merge(String.valueOf(customer), net(line), BigDecimal::add);
    }
    freight = freight.add(Objects.requireNonNull(order.placed.freight()).value());
    order.phase = Phase.INVOICED;
    return true;
  }

  private static boolean pay(@Nullable Order order, SalesOrderCommand.Pay pay) {
    if (order == null || order.phase != Phase.INVOICED) {
      return false;
    }
    if (pay.amount() != null || !Objects.equals(order.shipped, pay.date())) {
      throw new AssertionError("not paid in full on the day it was shipped");
    }
    order.phase = Phase.PAID;
    return true;
  }

  private Item item(SalesOrderCommand.Line line) {
    return Objects.requireNonNull(items.get(line.item().toString()));
  }

  private static BigDecimal net(SalesOrderCommand.Line line) {
    return Amount.rounded(
            Objects.requireNonNull(line.unitPrice())
                .value()
                .multiply(line.quantity().value())
                .multiply(Objects.requireNonNull(line.discount()).rest()),
            "USD")
        .value();
  }

  /** Orders that are confirmed, or further. */
  long confirmed() {
    return orders.values().stream().filter(order -> order.phase != Phase.PLACED).count();
  }

  TradeFigures figures() {
    BigDecimal onHand = BigDecimal.ZERO;
    BigDecimal reserved = BigDecimal.ZERO;
    BigDecimal stockValue = BigDecimal.ZERO;
    int inactive = 0;
    for (Item item : items.values()) {
      onHand = onHand.add(item.onHand);
      reserved = reserved.add(item.reserved);
      stockValue = stockValue.add(item.onHand.multiply(item.cost));
      inactive += item.active ? 0 : 1;
    }
    Map.Entry<String, BigDecimal> topItem = TradeFigures.most(byItem);
    Map.Entry<String, BigDecimal> bestCustomer = TradeFigures.most(byCustomer);
    return new TradeFigures(
        customers.size(),
        suppliers.size(),
        items.size(),
        inactive,
        orders.size(),
        (int) orders.values().stream().filter(order -> order.phase == Phase.PAID).count(),
        onHand,
        reserved,
        onHand.subtract(reserved),
        orderValue,
        revenue,
        freight,
        costOfGoods,
        stockValue,
        topItem.getKey(),
        topItem.getValue(),
        bestCustomer.getKey(),
        bestCustomer.getValue());
  }
}
