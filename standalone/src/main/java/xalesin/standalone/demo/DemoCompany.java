package xalesin.standalone.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemCommand.Create;
import xalesin.standalone.demo.Assortment.Family;
import xalesin.standalone.imports.NamedIds;

/**
 * Makes the demo company's commands: the same seed, the same commands in the same order. Stock is
 * kept as the server keeps it, so that nothing is issued or reserved that is not there. For one
 * thread.
 */
final class DemoCompany {
  static final int ITEMS = 500;
  static final int STOCK_COMMANDS = 3_000;

  static final String CURRENCY = "EUR";

  /** One item in so many is no longer sold. */
  private static final int INACTIVE_EVERY = 20;

  private final long seed;
  private final LocalDate today;
  private final Random random;
  private final List<DemoCommand> commands = new ArrayList<>();
  private final List<DemoItem> items = new ArrayList<>();

  private DemoCompany(long seed, LocalDate today) {
    this.seed = seed;
    this.today = today;
    this.random = new Random(seed);
  }

  /**
   * @param today the last day of its business
   */
  static List<DemoCommand> commands(long seed, LocalDate today) {
    DemoCompany company = new DemoCompany(seed, today);
    company.makeItems();
    company.receiveFirstStock();
    while (company.commands.size() < ITEMS + STOCK_COMMANDS) {
      company.moveStock();
    }
    company.trade();
    company.retireSome();
    return List.copyOf(company.commands);
  }

  private void makeItems() {
    Set<String> names = new LinkedHashSet<>();
    while (items.size() < ITEMS) {
      Family family = oneOf(Assortment.FAMILIES);
      String kind = oneOf(family.kinds());
      String size = oneOf(family.sizes());
      String make = oneOf(Assortment.MAKES);
      String name = "%s %s %s".formatted(make, kind.toLowerCase(java.util.Locale.ROOT), size);
      if (names.add(name)) {
        makeItem(family, name, kind, size, make);
      }
    }
  }

  private void makeItem(Family family, String name, String kind, String size, String make) {
    String sku = "%s-%04d".formatted(family.code(), items.size() + 1);
    UUID id = NamedIds.of("demo/%d/items/%s".formatted(seed, sku));
    BigDecimal price = price(family.medianPrice());
    BigDecimal cost =
        price
            .multiply(BigDecimal.valueOf(450 + random.nextInt(301), 3))
            .setScale(4, RoundingMode.HALF_UP);
    DemoItem item = new DemoItem(id, sku, family, cost, new HashMap<>());
    items.add(item);
    add(
        "create",
        item,
        new Create(
            null,
            sku,
            name,
            "%s, %s, by %s. Packed by %d.".formatted(kind, size, make, family.packs().getFirst()),
            family.category(),
            family.unit(),
            new Money(price, CURRENCY),
            Quantity.of((long) family.packs().getFirst() * (1 + random.nextInt(4))),
            random.nextInt(25) == 0));
  }

  /**
   * Mostly near the median, one in eight much dearer, and ending as prices end: in 5 or 9 cents.
   */
  private BigDecimal price(int medianCents) {
    int percent = 40 + random.nextInt(61) + random.nextInt(61);
    if (random.nextInt(8) == 0) {
      percent += 50 + random.nextInt(150);
    }
    long tens = Math.max(1, (long) medianCents * percent / 1_000);
    return BigDecimal.valueOf(tens * 10 - (random.nextInt(3) == 0 ? 5 : 1), 2);
  }

  private void receiveFirstStock() {
    for (DemoItem item : items) {
      receive(item, Assortment.LOCATIONS.getFirst());
    }
  }

  /** One movement as they are common: goods go out more often than they come in. */
  private void moveStock() {
    DemoItem item = items.get(favourite());
    String location = oneOf(Assortment.LOCATIONS);
    int dice = random.nextInt(100);
    if (dice < 45) {
      issue(item, location);
    } else if (dice < 65) {
      receive(item, location);
    } else if (dice < 77) {
      transfer(item);
    } else if (dice < 88) {
      reserve(item, location);
    } else if (dice < 95) {
      release(item);
    } else {
      adjust(item, location);
    }
  }

  /** Some items move much more than others. */
  private int favourite() {
    return favourite(random, items.size());
  }

  /** One of so many, the first ones more often: as the square of an even draw lies. */
  static int favourite(Random random, int size) {
    long even = random.nextInt(size);
    return Math.toIntExact(even * even / size);
  }

  private void receive(DemoItem item, String location) {
    int pack = oneOf(item.family().packs());
    int quantity = pack * (1 + random.nextInt(8));
    // Suppliers' prices drift a little from delivery to delivery.
    BigDecimal cost =
        item.cost()
            .multiply(BigDecimal.valueOf(950 + random.nextInt(101), 3))
            .setScale(4, RoundingMode.HALF_UP);
    item.at(location).arrive(quantity);
    add(
        "receive",
        item,
        new InventoryItemCommand.Receive(
            Quantity.of(quantity), location, new Money(cost, CURRENCY)));
  }

  private void issue(DemoItem item, String location) {
    int available = item.at(location).available();
    if (available > 0) {
      int quantity = 1 + random.nextInt(Math.min(available, 20));
      item.at(location).leave(quantity);
      String reason =
          oneOf(List.of("sold", "sold", "sold", "sold", "used in the workshop", "damaged"));
      add("issue", item, new InventoryItemCommand.Issue(Quantity.of(quantity), location, reason));
    }
  }

  private void transfer(DemoItem item) {
    String from = oneOf(Assortment.LOCATIONS);
    String to = oneOf(Assortment.LOCATIONS);
    int available = item.at(from).available();
    if (available > 0 && !from.equals(to)) {
      int quantity = 1 + random.nextInt(available);
      item.at(from).leave(quantity);
      item.at(to).arrive(quantity);
      add("transfer", item, new InventoryItemCommand.Transfer(Quantity.of(quantity), from, to));
    }
  }

  private void reserve(DemoItem item, String location) {
    DemoItem.Stock stock = item.at(location);
    int available = stock.available();
    if (available > 0) {
      int quantity = 1 + random.nextInt(Math.min(available, 12));
      String reference = "SO-%05d".formatted(commands.size());
      stock.reserve(reference, quantity);
      add(
          "reserve",
          item,
          new InventoryItemCommand.Reserve(Quantity.of(quantity), location, reference));
    }
  }

  /** Gives back the first reservation that is found; an order has been cancelled. */
  private void release(DemoItem item) {
    for (String location : Assortment.LOCATIONS) {
      Map.Entry<String, Integer> first = item.at(location).free();
      if (first != null) {
        add(
            "release",
            item,
            new InventoryItemCommand.Release(
                Quantity.of(first.getValue()), location, first.getKey()));
        return;
      }
    }
  }

  private void adjust(DemoItem item, String location) {
    DemoItem.Stock stock = item.at(location);
    int least = -Math.min(3, stock.available());
    int quantity = least + random.nextInt(4 - least);
    if (quantity != 0 && stock.onHand() > 0) {
      stock.arrive(quantity);
      add(
          "adjust",
          item,
          new InventoryItemCommand.Adjust(Quantity.of(quantity), location, "stock count"));
    }
  }

  private void retireSome() {
    for (DemoItem item : items) {
      if (random.nextInt(INACTIVE_EVERY) == 0) {
        add("deactivate", item, new InventoryItemCommand.Deactivate());
      }
    }
  }

  private void trade() {
    new Trade(seed, today, random, items, this::add).make();
  }

  private void add(String verb, DemoItem item, Record data) {
    add("inventory-items." + verb, item.id(), data);
  }

  private void add(String name, UUID id, Record data) {
    commands.add(
        new DemoCommand(name, id, "demo/%d/%s/%d".formatted(seed, today, commands.size()), data));
  }

  private <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
