package xalesin.bench.past;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.inventory.InventoryItemEvent.StockIssued;
import xalesin.schemas.inventory.InventoryItemEvent.StockReceived;

/** Stock of a few items comes and goes. A group is an item, created when it first moves. */
final class MovementPast extends Past {
  static final String MOVEMENTS = "stock-movements";
  private static final String LOCATION = "main";
  private static final int MOST = 9;

  private final long[] versions;
  private final long[] onHand;

  MovementPast(int rows, long seed, Instant end) {
    super(rows, seed, end);
    versions = new long[groups()];
    onHand = new long[groups()];
  }

  @Override
  public List<Question> questions() {
    String large = item(LARGE);
    return List.of(
        new Question(
            "movements by item and date",
            MOVEMENTS,
            "by-item-and-date",
            List.of(large),
            some(groups() - 1, this::item),
            days(large, "date")),
        new Question(
            "movements by date",
            MOVEMENTS,
            "by-date",
            List.of("sort=-date"),
            List.of(),
            days("", "date")),
        new Question(
            "movements by date, from a moment to another",
            MOVEMENTS,
            "by-date",
            List.of(),
            List.of(),
            moments("", "date")));
  }

  private String item(int number) {
    return "item=" + id(StreamName.INVENTORY_ITEMS, number);
  }

  @Override
  void tell(int number, Instant at, List<Happening> happenings) {
    int item = group();
    String stream = stream(StreamName.INVENTORY_ITEMS, item);
    String actor = actor();
    if (versions[item] == 0) {
      InventoryItemEvent created = ItemPast.created(item, item);
      happenings.add(new Happening(stream, ++versions[item], created, at, actor));
    }
    InventoryItemEvent moved = moved(item, 1 + random.nextInt(MOST));
    happenings.add(new Happening(stream, ++versions[item], moved, at, actor));
  }

  private InventoryItemEvent moved(int item, int wanted) {
    boolean issues = random.nextBoolean() && onHand[item] >= wanted;
    long quantity = issues ? wanted : wanted + 1L;
    onHand[item] += issues ? -quantity : quantity;
    Money cost = new Money(cost(item), CURRENCY);
    Money value =
        Amount.rounded(cost(item).multiply(BigDecimal.valueOf(quantity)), CURRENCY).in(CURRENCY);
    return issues
        ? new StockIssued(LOCATION, Quantity.of(quantity), "sold", cost, value, null)
        : new StockReceived(LOCATION, Quantity.of(quantity), cost, cost, value, null);
  }

  /** Every receipt of an item costs the same, so its moving average stands still. */
  private static BigDecimal cost(int item) {
    return new BigDecimal(String.format(Locale.ROOT, "%d.25", 1 + item % 50));
  }
}
