package xalesin.query;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.query.Trade.Purchase;
import xalesin.query.Trade.Sale;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.parties.PartyKind;

/** Lists of orders and parties against what they must hold by brute force. */
@ExtendWith(TestNode.Started.class)
class OrderListsIT {
  private static final long SEED = 20_261_122;
  private static final LocalDate FROM = Trade.TODAY.minusDays(60);
  private static final LocalDate TO = Trade.TODAY.minusDays(20);

  private static final Comparator<Sale> NEWEST_SALE =
      Comparator.comparing((Sale sale) -> sale.date).thenComparing(sale -> sale.number).reversed();
  private static final Comparator<Purchase> NEWEST_PURCHASE =
      Comparator.comparing((Purchase purchase) -> purchase.date)
          .thenComparing(purchase -> purchase.number)
          .reversed();

  private static TenantStory story;
  private static Trade trade;
  private static Reader reader;

  @BeforeAll
  static void two_companies_that_trade() {
    TestNode node = TestNode.shared();
    story = TenantStory.of("orders", node::send);
    trade = new Trade(story, new Random(SEED));
    trade.tell(150);
    // Another tenant with orders of its own between ours: none of them may show.
    new Trade(TenantStory.of("orders-other", node::send), new Random(SEED + 1)).tell(150);
    for (int i = 0; i < trade.parties.size(); i++) {
      story.after(1_000);
      party(trade.parties.get(i), new PartyEvent.Registered(details(i)));
      if (i % 3 == 0) {
        party(trade.parties.get(i), new PartyEvent.Deactivated());
      }
    }
    reader = node.reader(story.tenant());
    reader.getAfter(story, "/api/parties?limit=1").expect(200);
  }

  private static void party(UUID id, PartyEvent event) {
    story.happen(new StreamName(StreamName.PARTIES, id), event);
  }

  private static PartyEvent.Details details(int i) {
    return new PartyEvent.Details(
        List.of(PartyKind.CUSTOMER),
        "Name %02d".formatted(i * 5 % 14),
        null,
        null,
        List.of(),
        List.of(),
        null,
        30,
        null);
  }

  private static List<String> sales(Predicate<Sale> which) {
    return trade.sales.stream()
        .filter(which)
        .sorted(NEWEST_SALE)
        .map(sale -> sale.id.toString())
        .toList();
  }

  private static List<String> purchases(Predicate<Purchase> which) {
    return trade.purchases.stream()
        .filter(which)
        .sorted(NEWEST_PURCHASE)
        .map(purchase -> purchase.id.toString())
        .toList();
  }

  private static void holds(String path, List<String> expected) {
    String page = path + (path.contains("?") ? "&" : "?") + "limit=7";
    assertThat(reader.get(page).expect(200).total())
        .as("total of %s", path)
        .isEqualTo(expected.size());
    assertThat(reader.walk(page)).as(page).isEqualTo(expected);
  }

  private static boolean isBetween(LocalDate date) {
    return !date.isBefore(FROM) && date.isBefore(TO);
  }

  @Test
  void sales_orders_by_date() {
    holds("/api/sales-orders", sales(_ -> true));
    holds("/api/sales-orders?sort=-date", sales(_ -> true));
    holds(
        "/api/sales-orders?date.gte=%s&date.lt=%s".formatted(FROM, TO),
        sales(sale -> isBetween(sale.date)));
  }

  @Test
  void sales_orders_by_status_and_date() {
    for (String status :
        List.of("draft", "confirmed", "partially-shipped", "shipped", "invoiced", "paid")) {
      holds("/api/sales-orders?status=" + status, sales(sale -> sale.status.equals(status)));
    }
    holds(
        "/api/sales-orders?status=invoiced,paid&date.gte=%s&date.lt=%s".formatted(FROM, TO),
        sales(sale -> List.of("invoiced", "paid").contains(sale.status) && isBetween(sale.date)));
  }

  @Test
  void sales_orders_by_customer_and_date_and_by_customer_and_status() {
    UUID customer = trade.parties.get(3);
    holds("/api/sales-orders?customer=" + customer, sales(s -> s.customer.equals(customer)));
    holds(
        "/api/sales-orders?customer=%s&date.gte=%s&date.lt=%s".formatted(customer, FROM, TO),
        sales(sale -> sale.customer.equals(customer) && isBetween(sale.date)));
    holds(
        "/api/sales-orders?customer=%s&status=paid".formatted(customer),
        sales(sale -> sale.customer.equals(customer) && sale.status.equals("paid")));
  }

  @Test
  void sales_orders_by_number_and_those_that_are_overdue() {
    Sale some = trade.sales.get(77);
    holds("/api/sales-orders?number=" + some.number, List.of(some.id.toString()));
    Answer overdue =
        reader
            .get("/api/sales-orders?status=invoiced&sort=dueDate&limit=500&dueDate.lt=" + FROM)
            .expect(200);
    List<Sale> expected =
        trade.sales.stream()
            .filter(sale -> sale.status.equals("invoiced") && sale.due != null)
            .filter(sale -> requireNonNull(sale.due).isBefore(FROM))
            .sorted(
                Comparator.comparing((Sale sale) -> requireNonNull(sale.due))
                    .thenComparing(sale -> sale.id.toString()))
            .toList();
    assertThat(expected).isNotEmpty();
    assertThat(overdue.ids()).isEqualTo(expected.stream().map(sale -> sale.id.toString()).toList());
  }

  @Test
  void purchase_orders_by_date_by_status_by_supplier_and_by_number() {
    holds("/api/purchase-orders", purchases(_ -> true));
    holds(
        "/api/purchase-orders?date.gte=%s&date.lt=%s".formatted(FROM, TO),
        purchases(purchase -> isBetween(purchase.date)));
    for (String status : List.of("draft", "partially-received", "received", "billed", "paid")) {
      holds("/api/purchase-orders?status=" + status, purchases(p -> p.status.equals(status)));
    }
    Purchase some = trade.purchases.get(20);
    holds(
        "/api/purchase-orders?supplier=" + some.supplier,
        purchases(purchase -> purchase.supplier.equals(some.supplier)));
    holds("/api/purchase-orders?number=" + some.number, List.of(some.id.toString()));
  }

  @Test
  void what_is_open_of_a_customer_and_of_a_supplier() {
    UUID customer =
        trade.sales.stream().filter(sale -> sale.open > 0).findFirst().orElseThrow().customer;
    Answer owed = reader.get("/api/receivables?customer=" + customer).expect(200);
    assertThat(owed.total())
        .isEqualTo(
            trade.sales.stream().filter(s -> s.open > 0 && s.customer.equals(customer)).count());
    assertThat(reader.get("/api/payables").total())
        .isEqualTo(trade.purchases.stream().filter(purchase -> purchase.open > 0).count());
  }

  @Test
  void parties_by_name_and_active_ones_by_update_time() {
    List<Integer> places = IntStream.range(0, 14).boxed().toList();
    holds(
        "/api/parties?sort=name",
        places.stream()
            .sorted(Comparator.comparingInt(i -> i * 5 % 14))
            .map(i -> trade.parties.get(i).toString())
            .toList());
    holds(
        "/api/parties?status=active",
        places.reversed().stream()
            .filter(i -> i % 3 != 0)
            .map(i -> trade.parties.get(i).toString())
            .toList());
    assertThat(reader.get("/api/parties/" + trade.parties.get(0)).expect(200).header("ETag"))
        .isEqualTo("\"2\"");
  }
}
