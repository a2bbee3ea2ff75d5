package xalesin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xalesin.command.CommandNode.Answer;
import xalesin.command.CommandNode.Bodies;
import xalesin.command.CommandNode.User;
import xalesin.command.inventory.InventoryItem;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;
import xalesin.schemas.Quantity;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.parties.CreditEvent;

/** Sales orders from HTTP to the table, at two command services on one database. */
class SalesOrdersIT {
  private static final int ORDERS = 40;

  private static final Database DATABASE = TestServers.freshDatabase("sales_orders");
  private static final Log LOG = new Log(DATABASE);
  private static final CommandNode ONE = new CommandNode(DATABASE);
  private static final CommandNode OTHER = new CommandNode(DATABASE);

  @AfterAll
  static void stop() {
    ONE.close();
    OTHER.close();
  }

  /** One clerk at both services. */
  private record Office(String tenant) {
    User here() {
      return ONE.clerk(tenant);
    }

    User at(int i) {
      return (i % 2 == 0 ? ONE : OTHER).clerk(tenant);
    }

    String customer(String more) {
      Answer answer =
          here()
              .post("/api/parties", "{\"kinds\":[\"customer\"],\"name\":\"Alfreds\"" + more + "}");
      assertThat(answer.status()).isEqualTo(201);
      return answer.body().path("id").asText();
    }

    /** An item priced at 18 EUR, so many of it at location A, at 2 EUR each. */
    String item(String sku, String onHand) {
      String id = here().created(sku);
      assertThat(here().item(id, "receive", Bodies.receive(onHand)).status()).isEqualTo(200);
      return id;
    }

    String placed(int i, String customer, String lines) {
      Answer answer = at(i).post("/api/sales-orders", order(customer, lines));
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
      return answer.body().path("id").asText();
    }

    Answer asks(String id, String verb, String body) {
      return here().post("/api/sales-orders/" + id + "/" + verb, body);
    }

    /** The events of an accepted command. */
    String events(String id, String verb, String body) {
      Answer answer = asks(id, verb, body);
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
      return answer.body().path("events").toString();
    }

    InventoryItem.Live stock(String item) {
      InventoryItem state = InventoryItem.NONE;
      for (Log.Row row : LOG.stream(tenant, item)) {
        state = InventoryItem.evolve(state, (InventoryItemEvent) row.event());
        if (state instanceof InventoryItem.Live live) {
          assertThat(live.onHand().isLessThan(live.reserved())).as("version %s", row).isFalse();
        }
      }
      return (InventoryItem.Live) state;
    }
  }

  private static String order(String customer, String lines) {
    return "{\"customer\":\"%s\",\"lines\":[%s]}".formatted(customer, lines);
  }

  private static String line(String item, String quantity) {
    return "{\"item\":\"%s\",\"quantity\":\"%s\",\"location\":\"A\",\"taxRate\":\"0.19\"}"
        .formatted(item, quantity);
  }

  @Test
  void an_order_goes_from_its_placing_to_the_last_refund() {
    Office office = new Office("life");
    String customer = office.customer("");
    String chai = office.item("CHAI", "10");
    Answer placed = office.here().post("/api/sales-orders", order(customer, line(chai, "1")));
    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.body().path("events").toString()).isEqualTo("[\"SalesOrderPlaced\"]");
    String id = placed.body().path("id").asText();
    String path = "/api/sales-orders/" + id;
    assertThat(placed.header("Location")).isEqualTo(path);

    Answer changed =
        office
            .here()
            .send(
                "PUT",
                path + "/lines",
                "{\"lines\":[%s],\"freight\":\"5\"}".formatted(line(chai, "4")));
    assertThat(changed.version()).isEqualTo(2);
    assertThat(office.events(id, "confirm", ""))
        .isEqualTo("[\"SalesOrderConfirmed\",\"StockReserved\",\"CreditTaken\"]");
    assertThat(office.events(id, "ship", "{\"lines\":[{\"line\":1,\"quantity\":\"3\"}]}"))
        .contains("StockReservationReleased", "StockIssued", "SalesOrderShipped")
        .contains("TransactionPosted");
    assertThat(office.events(id, "invoice", "{}")).contains("SalesOrderInvoiced");
    assertThat(office.asks(id, "pay", "{\"amount\":\"100\"}").problem())
        .isEqualTo("/problems/payment-exceeds-open");
    assertThat(office.events(id, "pay", "{\"amount\":\"69.26\"}")).contains("SalesOrderPaid");
    assertThat(
            office.events(
                id,
                "return",
                "{\"lines\":[{\"line\":1,\"quantity\":\"2\"}],\"reason\":\"broken\"}"))
        .contains("StockReceived", "SalesOrderReturned");
    assertThat(office.events(id, "ship", "")).contains("SalesOrderShipped");
    assertThat(office.events(id, "invoice", "{}")).contains("SalesOrderInvoiced");
    assertThat(office.events(id, "pay", "{}")).as("a refund").contains("SalesOrderPaid");
    assertThat(office.asks(id, "cancel", "{\"reason\":\"late\"}").problem())
        .isEqualTo("/problems/order-shipped");

    Map<String, String> balances = balances("life");
    assertThat(balances)
        .as("two of four kept, which cost 2 each")
        .containsEntry("1000", "47.84")
        .containsEntry("1100", "0")
        .containsEntry("1200", "16")
        .containsEntry("2200", "-6.84")
        .containsEntry("4000", "-36")
        .containsEntry("4100", "-5")
        .containsEntry("5000", "4")
        .containsEntry("5100", "-20");
    assertThat(taken("life", customer)).isZero();
    assertThat(office.stock(chai).onHand()).isEqualTo(Quantity.of(8));
  }

  /** Debits less credits by the code of the account. */
  private static Map<String, String> balances(String tenant) {
    Map<String, BigDecimal> sums = new LinkedHashMap<>();
    Map<String, String> codes = new LinkedHashMap<>();
    for (Log.Row row : LOG.all(tenant)) {
      String stream = row.columns().getOrDefault("stream", "");
      if (row.event() instanceof AccountEvent.Opened opened) {
        codes.put(stream.substring(stream.indexOf('/') + 1), opened.code());
      }
      if (row.event() instanceof FinancialTransactionEvent.Posted entry) {
        for (Posting posting : entry.postings()) {
          BigDecimal amount = posting.money().amount();
          sums.merge(
              posting.account().toString(),
              posting.debit() == null ? amount.negate() : amount,
              BigDecimal::add);
        }
      }
    }
    Map<String, String> balances = new LinkedHashMap<>();
    sums.forEach(
        (account, sum) ->
            balances.put(
                String.valueOf(codes.get(account)),
                sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString()));
    return balances;
  }

  /** What is taken in euros, which was never more than the limit. */
  private static BigDecimal taken(String tenant, String customer) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Log.Row row : LOG.stream(tenant, customer)) {
      switch (row.event()) {
        case CreditEvent.Taken(_, var amount) -> sum = sum.add(amount.amount());
        case CreditEvent.GivenBack(_, var amount) -> sum = sum.subtract(amount.amount());
        default -> {}
      }
    }
    return sum;
  }

  @Test
  void the_problem_of_a_confirmation_names_every_short_line() {
    Office office = new Office("short");
    String customer = office.customer("");
    String chai = office.item("CHAI", "5");
    String tea = office.item("TEA", "1");
    String id =
        office.placed(0, customer, line(chai, "6") + "," + line(tea, "1") + "," + line(tea, "0.5"));
    Answer refused = office.asks(id, "confirm", "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("/problems/insufficient-stock");
    assertThat(refused.body().path("id").asText()).isEqualTo(id);
    assertThat(refused.body().path("lines").toString())
        .isEqualTo(
            """
            [{"line":1,"item":"%s","sku":"CHAI","location":"A","asked":"6","available":"5"},\
            {"line":3,"item":"%s","sku":"TEA","location":"A","asked":"0.5","available":"0"}]"""
                .formatted(chai, tea));
    assertThat(office.stock(tea).reserved().isZero()).isTrue();
  }

  @Test
  void of_many_orders_confirmed_at_once_just_those_succeed_for_which_there_is_stock()
      throws Exception {
    Office office = new Office("stock-race");
    String customer = office.customer("");
    String chai = office.item("CHAI", "37");
    String tea = office.item("TEA", "1000");
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      orders.add(office.placed(i, customer, line(tea, "1") + "," + line(chai, "3")));
    }
    List<Answer> answers = confirmTogether(office, orders);
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(12);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .hasSize(ORDERS - 12)
        .allSatisfy(
            answer -> {
              JsonNode line = answer.body().path("lines").path(0);
              assertThat(answer.problem()).isEqualTo("/problems/insufficient-stock");
              assertThat(line.path("line").asInt()).isEqualTo(2);
              assertThat(line.path("available").asText()).as("the last one").isEqualTo("1");
            });
    assertThat(office.stock(chai).reserved()).isEqualTo(Quantity.of(36));
    assertThat(office.stock(tea).reserved()).as("nothing by half").isEqualTo(Quantity.of(12));
    assertThat(
            LOG.count(
                "select count(*) from xalesin.events where tenant = 'stock-race'"
                    + " and type = 'SalesOrderConfirmed'"))
        .isEqualTo(12);
  }

  private static List<Answer> confirmTogether(Office office, List<String> orders) throws Exception {
    return Together.run(
        orders.size(),
        i -> () -> office.at(i).post("/api/sales-orders/" + orders.get(i) + "/confirm", ""));
  }

  @Test
  void a_credit_limit_is_never_exceeded_however_many_orders_are_confirmed_at_once()
      throws Exception {
    Office office = new Office("credit-race");
    String customer =
        office.customer(",\"creditLimit\":{\"amount\":\"199.99\",\"currency\":\"EUR\"}");
    String chai = office.item("CHAI", "1000");
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      // 21.42 with tax: nine of them fit.
      orders.add(office.placed(i, customer, line(chai, "1")));
    }
    List<Answer> answers = confirmTogether(office, orders);
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(9);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .hasSize(ORDERS - 9)
        .allSatisfy(
            answer -> {
              assertThat(answer.problem()).isEqualTo("/problems/credit-limit-exceeded");
              assertThat(answer.body().path("limit").path("amount").asText()).isEqualTo("199.99");
              assertThat(answer.body().path("taken").asText()).isEqualTo("192.78");
              assertThat(answer.body().path("asked").asText()).isEqualTo("21.42");
            });
    assertThat(taken("credit-race", customer)).isEqualByComparingTo("192.78");
    assertThat(office.stock(chai).reserved()).isEqualTo(Quantity.of(9));
  }

  @Test
  void numbers_have_no_gaps_however_many_orders_are_placed_and_refused_at_once() throws Exception {
    Office office = new Office("numbers");
    String customer = office.customer("");
    String chai = office.item("CHAI", "1000");
    String nothing = UUID.randomUUID().toString();
    List<Answer> answers =
        Together.run(
            ORDERS,
            i ->
                () ->
                    office
                        .at(i)
                        .post(
                            "/api/sales-orders",
                            order(customer, line(i % 4 == 0 ? nothing : chai, "1"))));
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(30);
    assertThat(answers)
        .filteredOn(answer -> answer.problem().equals("/problems/unknown-item"))
        .hasSize(10);
    assertThat(
            LOG.count(
                "select count(distinct data->>'number') from xalesin.events"
                    + " where tenant = 'numbers' and type = 'SalesOrderPlaced'"
                    + " and substring(data->>'number' from 9)::int between 1 and 30"))
        .isEqualTo(30);
  }

  @Test
  void an_order_of_a_client_id_is_placed_once() {
    Office office = new Office("twice");
    String customer = office.customer("");
    String chai = office.item("CHAI", "5");
    String id = UUID.randomUUID().toString();
    String body = order(customer, line(chai, "1")).replaceFirst("\\{", "{\"id\":\"" + id + "\",");
    assertThat(office.here().post("/api/sales-orders", body).status()).isEqualTo(201);
    Answer again = office.at(1).post("/api/sales-orders", body);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("events").isEmpty()).isTrue();
    assertThat(
            office
                .at(1)
                .post("/api/sales-orders", body.replace("\"quantity\":\"1\"", "\"quantity\":\"2\""))
                .problem())
        .isEqualTo("/problems/order-already-exists");
    assertThat(LOG.stream("twice", id)).hasSize(1);
  }

  @Test
  void what_is_not_there_is_not_found() {
    Office office = new Office("missing");
    String nobodys = UUID.randomUUID().toString();
    Answer order = office.asks(nobodys, "confirm", "");
    assertThat(order.status()).isEqualTo(404);
    assertThat(order.problem()).isEqualTo("/problems/order-not-found");
    Answer party = office.here().post("/api/parties/" + nobodys + "/activate", "");
    assertThat(party.status()).isEqualTo(404);
    assertThat(party.problem()).isEqualTo("/problems/party-not-found");
    String chai = office.item("CHAI", "5");
    Answer customer = office.here().post("/api/sales-orders", order(nobodys, line(chai, "1")));
    assertThat(customer.status()).as("of something that is not addressed").isEqualTo(409);
    assertThat(customer.problem()).isEqualTo("/problems/unknown-customer");
    assertThat(customer.body().path("customer").asText()).isEqualTo(nobodys);
  }

  @Test
  void a_party_is_registered_changed_and_put_aside() {
    Office office = new Office("parties");
    String id = office.customer(",\"email\":\"a@alfki.example\"");
    String path = "/api/parties/" + id;
    User ann = office.here();
    assertThat(ann.send("PATCH", path, "{\"email\":\"\"}").body().path("events").toString())
        .isEqualTo("[\"PartyDetailsChanged\"]");
    assertThat(ann.send("PATCH", path, "{\"email\":\"\"}").body().path("events").isEmpty())
        .isTrue();
    assertThat(ann.post(path + "/deactivate", "").version()).isEqualTo(3);
    String chai = office.item("CHAI", "5");
    assertThat(ann.post("/api/sales-orders", order(id, line(chai, "1"))).problem())
        .isEqualTo("/problems/customer-inactive");
    assertThat(ann.post(path + "/activate", "").version()).isEqualTo(4);
    assertThat(ann.post("/api/sales-orders", order(id, line(chai, "1"))).status()).isEqualTo(201);
    assertThat(
            ann.post(
                    "/api/parties",
                    "{\"id\":\"%s\",\"kinds\":[\"supplier\"],\"name\":\"Other\"}".formatted(id))
                .problem())
        .isEqualTo("/problems/party-already-exists");
  }

  @Test
  void content_that_cannot_be_is_refused_with_where_it_stands() {
    Office office = new Office("content");
    String customer = office.customer("");
    String chai = office.item("CHAI", "5");
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put(order(customer, ""), "/lines");
    wrong.put("{\"lines\":[" + line(chai, "1") + "]}", "/customer");
    wrong.put(order("alfreds", line(chai, "1")), "/customer");
    wrong.put(order(customer, line(chai, "1") + "," + line(chai, "0")), "/lines/1/quantity");
    wrong.put(order(customer, line(chai, "-1")), "/lines/0/quantity");
    wrong.put(order(customer, line(chai, "1").replace("0.19", "19")), "/lines/0/taxRate");
    wrong.put(
        order(customer, line(chai, "1").replace("taxRate", "discount").replace("0.19", "-0.1")),
        "/lines/0/discount");
    wrong.put(
        order(customer, line(chai, "1").replace("taxRate", "unitPrice").replace("0.19", "-1")),
        "/lines/0/unitPrice");
    wrong.put(order(customer, line(chai, "1").replace("taxRate", "tax")), "/lines/0/tax");
    wrong.put(
        order(customer, line(chai, "1")).replaceFirst("\\{", "{\"currency\":\"EURO\","),
        "/currency");
    wrong.put(
        order(customer, line(chai, "1")).replaceFirst("\\{", "{\"freight\":\"-1\","), "/freight");
    wrong.put(
        order(customer, line(chai, "1"))
            .replaceFirst("\\{", "{\"date\":\"2026-03-02\",\"dueDate\":\"2026-03-01\","),
        "/dueDate");
    wrong.forEach((body, pointer) -> assertWrong(office.here(), "", body, pointer));
    String id = office.placed(0, customer, line(chai, "1"));
    assertWrong(office.here(), id + "/pay", "{\"amount\":\"0\"}", "/amount");
    assertWrong(
        office.here(),
        id + "/ship",
        "{\"lines\":[{\"line\":0,\"quantity\":\"1\"}]}",
        "/lines/0/line");
    assertWrong(
        office.here(), id + "/return", "{\"lines\":[{\"line\":1,\"quantity\":\"1\"}]}", "/reason");
    assertWrong(office.here(), id + "/cancel", "{\"reason\":\" \"}", "/reason");
    assertThat(LOG.stream("content", id)).hasSize(1);
  }

  private static void assertWrong(User user, String path, String body, String pointer) {
    Answer answer = user.post("/api/sales-orders" + (path.isEmpty() ? "" : "/" + path), body);
    assertThat(answer.status()).as(body).isEqualTo(422);
    assertThat(answer.body().path("errors").path(0).path("pointer").asText())
        .as(body)
        .isEqualTo(pointer);
  }
}
