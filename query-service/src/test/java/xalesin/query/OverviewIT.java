package xalesin.query;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.query.Trade.Purchase;
import xalesin.query.Trade.Sale;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent;

/** The overview against sums over everything that was told. */
@ExtendWith(TestNode.Started.class)
class OverviewIT {
  private static final LocalDate TODAY = Trade.TODAY;
  private static final String PATH = "/api/overview?today=" + TODAY;
  private static final UUID CASH = new UUID(7, 7);
  private static final UUID TILL = new UUID(8, 8);
  private static final Money PRICE = Money.of("1", "EUR");

  private static TenantStory story;
  private static Trade trade;
  private static Reader reader;
  private static JsonNode overview;

  @BeforeAll
  static void two_companies_that_trade() {
    TestNode node = TestNode.shared();
    story = TenantStory.of("overview", node::send);
    settings(new TenantSettingsEvent.Established(settings(TILL)));
    trade = new Trade(story, new Random(22));
    trade.tell(240);
    // Another tenant that trades as much: nothing of it may count.
    new Trade(TenantStory.of("overview-other", node::send), new Random(23)).tell(240);
    for (int i = 0; i < 13; i++) {
      stock(new UUID(1, i), i);
    }
    post(TILL, CASH, "70.5", "EUR", "2024-03-01");
    post(CASH, TILL, "20", "EUR", "2025-03-01");
    post(CASH, TILL, "3", "USD", "2026-11-22");
    settings(new TenantSettingsEvent.Changed(settings(CASH)));
    reader = node.reader(story.tenant());
    overview = reader.getAfter(story, PATH).expect(200).json();
  }

  private static void settings(TenantSettingsEvent event) {
    story.happen(new StreamName(StreamName.TENANT_SETTINGS, StreamName.ONLY), event);
  }

  private static TenantSettings settings(UUID cash) {
    return new TenantSettings(
        "EUR",
        1,
        List.of(),
        List.of(),
        Map.of(),
        Map.of(AccountPurpose.CASH, cash, AccountPurpose.REVENUE, new UUID(9, 9)),
        null);
  }

  private static void post(UUID debit, UUID credit, String amount, String currency, String day) {
    Money money = Money.of(amount, currency);
    story.happen(
        new StreamName(StreamName.FINANCIAL_TRANSACTIONS, UUID.randomUUID()),
        new FinancialTransactionEvent.Posted(
            "JE-" + amount,
            LocalDate.parse(day),
            "to and fro",
            null,
            null,
            List.of(Posting.debit(debit, money), Posting.credit(credit, money))));
  }

  /** Low of even numbers, with as much as its number available. */
  private static void stock(UUID item, int number) {
    StreamName stream = new StreamName(StreamName.INVENTORY_ITEMS, item);
    Quantity level = Quantity.of(number % 2 == 0 ? 12 : 0);
    story.happen(
        stream,
        new InventoryItemEvent.Created(
            "SKU-" + number, "Item", "", "all", "each", PRICE, level, false));
    if (number > 0) {
      story.happen(
          stream,
          new InventoryItemEvent.StockReceived(
              "main", Quantity.of(number), PRICE, PRICE, PRICE, null));
    }
  }

  private static List<String> currencies() {
    return trade.sales.stream()
        .filter(sale -> sale.invoiced != null)
        .map(sale -> sale.currency)
        .distinct()
        .sorted()
        .toList();
  }

  /** Net amounts billed less credited on days that many days ago. */
  private static long revenue(String currency, LongPredicate daysAgo) {
    long sum = 0;
    for (Sale sale : trade.sales) {
      if (sale.currency.equals(currency)) {
        sum += sale.invoiced != null && daysAgo.test(ago(sale.invoiced)) ? sale.total() : 0;
        sum -= sale.credited != null && daysAgo.test(ago(sale.credited)) ? sale.price : 0;
      }
    }
    return sum;
  }

  private static long ago(LocalDate date) {
    return TODAY.toEpochDay() - date.toEpochDay();
  }

  @Test
  void revenue_is_what_was_billed_less_what_was_credited() {
    List<String> expected = new ArrayList<>();
    for (String currency : currencies()) {
      StringBuilder series = new StringBuilder();
      for (int back = 29; back >= 0; back--) {
        int days = back;
        series.append(' ').append(TODAY.minusDays(back)).append('=');
        series.append(revenue(currency, ago -> ago == days));
      }
      expected.add(
          "%s %d %d %d%s"
              .formatted(
                  currency,
                  revenue(currency, ago -> ago == 0),
                  revenue(currency, ago -> ago >= 0 && ago < 7),
                  revenue(currency, ago -> ago >= 0 && ago < 30),
                  series));
    }
    assertThat(expected).hasSize(2);
    List<String> read = new ArrayList<>();
    for (JsonNode row : overview.path("revenue")) {
      StringBuilder series = new StringBuilder();
      row.path("series")
          .forEach(
              day -> series.append(' ').append(texts(day, "date", "amount").replace(' ', '=')));
      read.add(texts(row, "currency", "today", "days7", "days30") + series);
    }
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void orders_are_counted_by_status_and_currency() {
    Map<String, long[]> expected = new TreeMap<>();
    for (Sale sale : trade.sales) {
      long[] sums = expected.computeIfAbsent(sale.status + " " + sale.currency, _ -> new long[2]);
      sums[0]++;
      sums[1] += sale.total();
    }
    assertThat(lines(overview.path("orders"), "status", "currency", "count", "total"))
        .containsExactlyInAnyOrderElementsOf(
            expected.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue()[0] + " " + e.getValue()[1])
                .toList());
    long purchases = 0;
    for (JsonNode row : overview.path("purchaseOrders")) {
      purchases += row.path("count").asLong();
    }
    assertThat(purchases).isEqualTo(trade.purchases.size());
  }

  @Test
  void what_is_open_is_told_by_how_long_it_has_been_due() {
    List<String> expected = new ArrayList<>();
    for (String currency : currencies()) {
      List<Sale> open =
          trade.sales.stream()
              .filter(sale -> sale.open > 0 && sale.currency.equals(currency))
              .toList();
      expected.add(currency + " " + aging(open, sale -> due(sale.due), sale -> sale.open));
    }
    assertThat(lines(overview.path("receivables"), AGING)).isEqualTo(expected);
    List<Purchase> owed = trade.purchases.stream().filter(p -> p.open > 0).toList();
    assertThat(lines(overview.path("payables"), AGING))
        .containsExactly("EUR " + aging(owed, p -> due(p.due), p -> p.open));
  }

  private static final String[] AGING = {
    "currency", "count", "total", "notDue", "days30", "days60", "days90", "older"
  };

  private static LocalDate due(@Nullable LocalDate due) {
    return requireNonNull(due);
  }

  private static <T> String aging(
      List<T> open, Function<T, LocalDate> due, ToLongFunction<T> amount) {
    long[] parts = new long[5];
    for (T document : open) {
      long days = ago(due.apply(document));
      int part = days <= 0 ? 0 : days <= 30 ? 1 : days <= 60 ? 2 : days <= 90 ? 3 : 4;
      parts[part] += amount.applyAsLong(document);
    }
    long total = open.stream().mapToLong(amount).sum();
    return "%d %d %d %d %d %d %d"
        .formatted(open.size(), total, parts[0], parts[1], parts[2], parts[3], parts[4]);
  }

  @Test
  void the_ten_that_have_been_due_longest_are_named() {
    List<Sale> overdue =
        trade.sales.stream()
            .filter(sale -> sale.open > 0 && due(sale.due).isBefore(TODAY))
            .sorted(Comparator.comparing(sale -> due(sale.due)))
            .toList();
    JsonNode read = overview.path("overdue");
    assertThat(read.path("count").asLong()).isEqualTo(overdue.size());
    Map<String, long[]> totals = new TreeMap<>();
    for (Sale sale : overdue) {
      long[] sums = totals.computeIfAbsent(sale.currency, _ -> new long[2]);
      sums[0]++;
      sums[1] += sale.open;
    }
    assertThat(lines(read.path("totals"), "currency", "count", "total"))
        .isEqualTo(
            totals.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue()[0] + " " + e.getValue()[1])
                .toList());
    assertThat(overdue).hasSizeGreaterThan(10);
    assertThat(lines(read.path("oldest"), "dueDate"))
        .isEqualTo(overdue.stream().limit(10).map(sale -> due(sale.due).toString()).toList());
  }

  @Test
  void the_items_and_customers_with_most_revenue_come_first() {
    for (int i = 0; i < currencies().size(); i++) {
      String currency = currencies().get(i);
      JsonNode items = overview.path("topItems").path(i);
      assertThat(items.path("currency").asText()).isEqualTo(currency);
      assertThat(lines(items.path("items"), "item", "quantity", "revenue"))
          .isEqualTo(top(currency, sale -> sale.item, true));
      JsonNode customers = overview.path("topCustomers").path(i);
      assertThat(customers.path("currency").asText()).isEqualTo(currency);
      assertThat(lines(customers.path("customers"), "customer", "revenue"))
          .isEqualTo(top(currency, sale -> sale.customer, false));
    }
  }

  /** What there is no revenue of is not among them; equal ones are told apart by their row's id. */
  private static List<String> top(String currency, Function<Sale, UUID> of, boolean withQuantity) {
    Map<UUID, long[]> sums = new LinkedHashMap<>();
    for (Sale sale : trade.sales) {
      if (sale.currency.equals(currency)) {
        long[] sum = sums.computeIfAbsent(of.apply(sale), _ -> new long[2]);
        sum[0] += sale.sold();
        sum[1] += sale.revenue();
      }
    }
    assertThat(sums.values().stream().map(sum -> sum[1]).filter(s -> s > 0))
        .as("revenues that order without a tie")
        .doesNotHaveDuplicates();
    return sums.entrySet().stream()
        .filter(e -> e.getValue()[1] > 0)
        .sorted(Comparator.comparingLong((Map.Entry<UUID, long[]> e) -> -e.getValue()[1]))
        .limit(10)
        .map(e -> e.getKey() + (withQuantity ? " " + e.getValue()[0] : "") + " " + e.getValue()[1])
        .toList();
  }

  @Test
  void stock_is_low_where_it_is_least() {
    assertThat(overview.path("lowStock").path("count").asLong()).isEqualTo(7);
    assertThat(lines(overview.path("lowStock").path("items"), "sku", "available"))
        .containsExactly(
            "SKU-0 0", "SKU-2 2", "SKU-4 4", "SKU-6 6", "SKU-8 8", "SKU-10 10", "SKU-12 12");
  }

  @Test
  void cash_is_what_was_ever_posted_to_the_account_that_is_for_cash_now() {
    assertThat(lines(overview.path("cash"), "currency", "amount"))
        .containsExactly("EUR -50.5", "USD 3");
  }

  @Test
  void an_overview_that_is_known_is_not_sent_again() {
    Answer first = reader.get(PATH).expect(200);
    assertThat(first.header("View-Sequence")).isEqualTo(Integer.toString(story.events().size()));
    String tag = first.requiredHeader("ETag");
    reader.get(PATH, "If-None-Match", tag).expect(304);
    reader.get("/api/overview?today=2026-11-23", "If-None-Match", tag).expect(200);
  }

  @Test
  void today_is_a_day_and_nothing_else_can_be_asked() {
    assertThat(reader.get("/api/overview").expect(200).json().path("today").asText())
        .matches("20\\d\\d-\\d\\d-\\d\\d");
    reader.get("/api/overview?today=yesterday").problem(400, "bad-request");
    reader.get("/api/overview?today=0001-01-01").problem(400, "bad-request");
    reader.get("/api/overview?currency=EUR").expect(400);
  }

  @Test
  void a_tenant_that_has_done_nothing_has_an_overview_of_nothing() {
    JsonNode empty = TestNode.shared().reader("overview-nobody").get(PATH).expect(200).json();
    for (String list : List.of("revenue", "orders", "topItems", "receivables", "cash")) {
      assertThat(empty.path(list).isArray()).as(list).isTrue();
      assertThat(empty.path(list)).as(list).isEmpty();
    }
    assertThat(empty.path("overdue").path("count").asLong()).isZero();
    assertThat(empty.path("lowStock").path("count").asLong()).isZero();
  }

  private static List<String> lines(JsonNode array, String... fields) {
    List<String> lines = new ArrayList<>();
    array.forEach(row -> lines.add(texts(row, fields)));
    return lines;
  }

  private static String texts(JsonNode row, String... fields) {
    List<String> texts = new ArrayList<>();
    for (String field : fields) {
      texts.add(row.path(field).asText());
    }
    return String.join(" ", texts);
  }
}
