package xalesin.projection.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.projection.BruteForce;
import xalesin.projection.Happenings;
import xalesin.projection.RandomEvents;
import xalesin.projection.RandomPurchase;
import xalesin.projection.RandomSale;
import xalesin.projection.RandomSale.Bill;
import xalesin.projection.RandomSale.Sold;
import xalesin.projection.RandomTrade;
import xalesin.projection.purchasing.Payables;
import xalesin.projection.purchasing.PurchaseOrders;
import xalesin.projection.sales.Receivables;
import xalesin.projection.sales.SalesOrders;
import xalesin.schemas.Amount;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.overview.FigureRow;
import xalesin.schemas.purchasing.PayableRow;
import xalesin.schemas.sales.ReceivableRow;
import xalesin.schemas.sales.SalesOrderRow;

/** Figures of random trade against sums over all that is known of it, after every event. */
class FiguresTest {
  private static final int EVENTS = 1_500;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final Happenings happenings = new Happenings();
  private final RandomTrade trade =
      new RandomTrade(random, () -> new UUID(random.nextLong(), random.nextLong()));

  /** What a figure's row says of one key and currency. */
  private record Place(String figure, String key, String currency) {}

  private record Value(long count, long quantity, long amount) {
    Value plus(Value other) {
      return new Value(count + other.count, quantity + other.quantity, amount + other.amount);
    }
  }

  @Test
  void every_figure_is_the_sum_over_all_documents_at_any_time() {
    for (int i = 0; i < EVENTS; i++) {
      var happening = trade.next(Instant.parse("2026-11-22T10:00:00Z"));
      happenings.happen(happening.stream().resource(), happening.stream().id(), happening.event());
      assertThat(figures()).as("seed %d, event %d", seed, i).isEqualTo(expected());
      assertThat(receivables()).as("seed %d, event %d", seed, i).isEqualTo(expectedReceivables());
      assertThat(payables()).as("seed %d, event %d", seed, i).isEqualTo(expectedPayables());
      trade.sales.forEach(this::expectOrder);
      for (RandomPurchase purchase : trade.purchases) {
        assertThat(happenings.row(PurchaseOrders.VIEW, purchase.id).status())
            .as("seed %d", seed)
            .isEqualTo(purchase.status());
      }
    }
    assertThat(trade.sales.stream().map(RandomSale::status).distinct())
        .as("seed %d", seed)
        .contains("paid", "cancelled", "partially-shipped", "returned");
  }

  @Test
  void the_order_in_which_documents_come_does_not_count() {
    List<RecordedEvent> events =
        new RandomEvents(seed, "acme", Instant.parse("2026-11-22T10:00:00Z")).next(600);
    BruteForce asRecorded = new BruteForce().fold(events);
    BruteForce streamByStream = new BruteForce();
    events.stream()
        .map(RecordedEvent::stream)
        .distinct()
        .sorted()
        .forEach(
            stream ->
                events.stream()
                    .filter(event -> event.stream().equals(stream))
                    .forEach(streamByStream::fold));
    assertThat(streamByStream.rowsOf(Figures.VIEW))
        .as("seed %d", seed)
        .isEqualTo(asRecorded.rowsOf(Figures.VIEW))
        .isNotEmpty();
  }

  private void expectOrder(RandomSale sale) {
    SalesOrderRow row = happenings.row(SalesOrders.VIEW, sale.id);
    assertThat(row.status()).as("seed %d", seed).isEqualTo(sale.status());
    assertThat(row.total()).isEqualTo(amount(sale.total()));
    assertThat(row.billed()).isEqualTo(amount(sale.billed()));
    assertThat(row.paid()).isEqualTo(amount(sale.paid()));
    assertThat(row.open()).isEqualTo(amount(sale.open()));
    assertThat(row.invoices())
        .extracting(SalesOrderRow.Invoice::open)
        .isEqualTo(sale.openOfBills().stream().map(FiguresTest::amount).toList());
  }

  private Map<Place, Value> figures() {
    Map<Place, Value> figures = new HashMap<>();
    for (FigureRow row : happenings.rows(Figures.VIEW)) {
      Value value =
          new Value(
              row.count(),
              row.quantity().value().longValueExact(),
              row.amount().value().longValueExact());
      if (!value.equals(new Value(0, 0, 0))) {
        figures.put(new Place(row.figure(), row.key(), row.currency()), value);
      }
    }
    return figures;
  }

  private Map<Place, Value> expected() {
    Map<Place, Value> sums = new HashMap<>();
    for (RandomSale sale : trade.sales) {
      add(sums, "sales-orders", sale.status(), sale.currency, 1, 0, sale.total());
      open(sums, "receivable", sale.currency, sale.bills, sale.openOfBills());
      for (Sold sold : sale.sold) {
        revenue(sums, sale, sold.date().toString(), 0, sold.net());
        add(
            sums,
            "revenue-by-item",
            sold.item().toString(),
            sale.currency,
            sold.lines(),
            sold.quantity(),
            sold.net());
      }
      sale.billedOn.forEach(day -> revenue(sums, sale, day.toString(), 1, 0));
    }
    for (RandomPurchase purchase : trade.purchases) {
      add(sums, "purchase-orders", purchase.status(), purchase.currency, 1, 0, purchase.total());
      open(sums, "payable", purchase.currency, purchase.bills, purchase.openOfBills());
    }
    sums.values().removeIf(new Value(0, 0, 0)::equals);
    return sums;
  }

  private static void revenue(
      Map<Place, Value> sums, RandomSale sale, String day, int invoices, long net) {
    add(sums, "revenue", "", sale.currency, invoices, 0, net);
    add(sums, "revenue-by-day", day, sale.currency, invoices, 0, net);
    add(sums, "revenue-by-customer", sale.customer.toString(), sale.currency, invoices, 0, net);
  }

  private static void open(
      Map<Place, Value> sums, String figure, String currency, List<Bill> bills, List<Long> open) {
    for (int i = 0; i < bills.size(); i++) {
      if (open.get(i) > 0) {
        add(sums, figure, "", currency, 1, 0, open.get(i));
        String due = bills.get(i).due().toString();
        add(sums, figure + "-by-due-date", due, currency, 1, 0, open.get(i));
      }
    }
  }

  private static void add(
      Map<Place, Value> sums,
      String figure,
      String key,
      String currency,
      long count,
      long quantity,
      long amount) {
    sums.merge(new Place(figure, key, currency), new Value(count, quantity, amount), Value::plus);
  }

  /** Order, due date and open amount of each, with how often that is there. */
  private Map<String, Long> receivables() {
    Map<String, Long> rows = new HashMap<>();
    for (ReceivableRow row : happenings.rows(Receivables.VIEW)) {
      rows.merge(row.order() + " " + row.dueDate() + " " + row.open(), 1L, Long::sum);
    }
    return rows;
  }

  private Map<String, Long> expectedReceivables() {
    Map<String, Long> rows = new HashMap<>();
    for (RandomSale sale : trade.sales) {
      openRows(rows, sale.id, sale.bills, sale.openOfBills());
    }
    return rows;
  }

  private Map<String, Long> payables() {
    Map<String, Long> rows = new HashMap<>();
    for (PayableRow row : happenings.rows(Payables.VIEW)) {
      rows.merge(row.order() + " " + row.dueDate() + " " + row.open(), 1L, Long::sum);
    }
    return rows;
  }

  private Map<String, Long> expectedPayables() {
    Map<String, Long> rows = new HashMap<>();
    for (RandomPurchase purchase : trade.purchases) {
      openRows(rows, purchase.id, purchase.bills, purchase.openOfBills());
    }
    return rows;
  }

  private static void openRows(
      Map<String, Long> rows, UUID order, List<Bill> bills, List<Long> open) {
    for (int i = 0; i < bills.size(); i++) {
      if (open.get(i) > 0) {
        rows.merge(order + " " + bills.get(i).due() + " " + open.get(i), 1L, Long::sum);
      }
    }
  }

  private static Amount amount(long value) {
    return Amount.of(Long.toString(value));
  }
}
