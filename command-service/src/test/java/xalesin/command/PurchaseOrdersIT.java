package xalesin.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xalesin.command.CommandNode.Answer;
import xalesin.command.CommandNode.User;
import xalesin.command.inventory.InventoryItem;
import xalesin.command.settings.DefaultCompany;
import xalesin.edge.Role;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent;

/** Purchase orders from HTTP to the table, at one service and at two. */
class PurchaseOrdersIT {
  private static final Database DATABASE = TestServers.freshDatabase("purchase_orders");
  private static final Log LOG = new Log(DATABASE);
  private static final CommandNode ONE = new CommandNode(DATABASE);
  private static final CommandNode OTHER = new CommandNode(DATABASE);

  @AfterAll
  static void stop() {
    ONE.close();
    OTHER.close();
  }

  /** A tenant with a supplier and an item, and its two users. */
  private record Buyer(String tenant, String supplier, String item, User ann, User bob) {
    static Buyer of(String tenant) {
      User ann = user(ONE, tenant, "ann");
      String item = ann.created("CHAI");
      UUID supplier = UUID.randomUUID();
      append(
          tenant,
          new StreamName(StreamName.PARTIES, supplier),
          1,
          new PartyEvent.Registered(
              new PartyEvent.Details(
                  List.of(PartyKind.SUPPLIER),
                  "Exotic Liquids",
                  null,
                  null,
                  List.of(),
                  List.of(),
                  null,
                  30,
                  null)));
      return new Buyer(tenant, supplier.toString(), item, ann, user(ONE, tenant, "bob"));
    }

    String line(String quantity, String unitCost) {
      return "{\"item\":\"%s\",\"quantity\":\"%s\",\"unitCost\":\"%s\",\"taxRate\":\"0.19\"}"
          .formatted(item, quantity, unitCost);
    }

    String order(String... lines) {
      return "{\"supplier\":\"%s\",\"date\":\"2026-11-02\",\"lines\":[%s]}"
          .formatted(supplier, String.join(",", lines));
    }

    String placed(String... lines) {
      Answer answer = ann.post("/api/purchase-orders", order(lines));
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
      return answer.body().path("id").asText();
    }

    String approved(String... lines) {
      String id = placed(lines);
      assertThat(verb(bob, id, "approve", "").status()).isEqualTo(200);
      return id;
    }

    /** Debits less credits of an account of the default chart. */
    BigDecimal balance(String accountName) {
      BigDecimal balance = BigDecimal.ZERO;
      UUID account = account(accountName);
      for (Log.Row row : LOG.tenant(tenant)) {
        if (row.event() instanceof FinancialTransactionEvent.Posted entry) {
          for (Posting posting : entry.postings()) {
            BigDecimal amount = posting.money().amount();
            balance =
                !posting.account().equals(account)
                    ? balance
                    : posting.debit() == null ? balance.subtract(amount) : balance.add(amount);
          }
        }
      }
      return balance;
    }
  }

  private static User user(CommandNode node, String tenant, String name) {
    return new User(node, CommandNode.token(tenant, name, Role.CLERK));
  }

  private static Answer verb(User user, String id, String verb, String body) {
    return user.post("/api/purchase-orders/" + id + "/" + verb, body);
  }

  private static UUID account(String name) {
    return DefaultCompany.FOUNDING.events().stream()
        .filter(part -> part.events().getFirst().toString().contains("name=" + name + ","))
        .findAny()
        .orElseThrow()
        .stream()
        .id();
  }

  private static void append(String tenant, StreamName stream, long version, DomainEvent event) {
    try (Connection connection = DATABASE.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into xalesin.events (tenant, stream, version, id, type, schema_version, data,
                  recorded_at, actor, correlation_id)
                values (?, ?, ?, gen_random_uuid(), ?, 1, cast(? as json), now(), 'ann', 'c')
                """)) {
      insert.setString(1, tenant);
      insert.setString(2, stream.toString());
      insert.setLong(3, version);
      insert.setString(4, EventTypes.of(event).name());
      insert.setString(5, new String(Json.write(event), UTF_8));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void setApprovalLimit(String tenant, Money limit) {
    TenantSettings now =
        DefaultCompany.FOUNDING.events().stream()
            .flatMap(part -> part.events().stream())
            .filter(event -> event instanceof TenantSettingsEvent.Established)
            .map(event -> ((TenantSettingsEvent.Established) event).settings())
            .findAny()
            .orElseThrow();
    append(
        tenant,
        DefaultCompany.FOUNDING.mark(),
        2,
        new TenantSettingsEvent.Changed(
            new TenantSettings(
                now.baseCurrency(),
                now.fiscalYearStart(),
                now.locations(),
                now.taxRates(),
                now.numberFormats(),
                now.defaultAccounts(),
                limit)));
  }

  private static InventoryItem.Live stock(Buyer buyer) {
    InventoryItem item = InventoryItem.NONE;
    for (Log.Row row : LOG.stream(buyer.tenant(), buyer.item())) {
      item = InventoryItem.evolve(item, (InventoryItemEvent) row.event());
    }
    return (InventoryItem.Live) item;
  }

  private static List<String> types(Answer answer) {
    List<String> types = new ArrayList<>();
    answer.body().path("events").forEach(type -> types.add(type.asText()));
    return types;
  }

  @Test
  void an_order_goes_through_its_whole_life() {
    Buyer buyer = Buyer.of("life");
    User ann = buyer.ann();
    Answer placed = ann.post("/api/purchase-orders", buyer.order(buyer.line("5", "2.5")));
    assertThat(placed.status()).isEqualTo(201);
    String id = placed.body().path("id").asText();
    assertThat(placed.header("Location")).isEqualTo("/api/purchase-orders/" + id);
    assertThat(types(placed)).containsExactly("PurchaseOrderPlaced");

    Answer changed =
        ann.send(
            "PUT",
            "/api/purchase-orders/" + id + "/lines",
            "{\"lines\":[%s,%s]}".formatted(buyer.line("10", "2.5"), buyer.line("4", "3")));
    assertThat(types(changed)).containsExactly("PurchaseOrderLinesChanged");
    assertThat(types(verb(buyer.bob(), id, "approve", "")))
        .containsExactly("PurchaseOrderApproved");

    Answer some = verb(ann, id, "receive", "{\"lines\":[{\"line\":1,\"quantity\":\"4\"}]}");
    assertThat(types(some))
        .containsExactly("PurchaseOrderReceived", "StockReceived", "TransactionPosted");
    assertThat(some.version()).isEqualTo(4);
    assertThat(types(verb(ann, id, "receive", ""))).hasSize(4);
    assertThat(verb(ann, id, "receive", "").problem()).isEqualTo("/problems/nothing-to-receive");
    assertThat(types(verb(ann, id, "bill", "{\"date\":\"2026-11-05\"}")))
        .containsExactly("PurchaseOrderBilled", "TransactionPosted");
    assertThat(types(verb(ann, id, "pay", "{\"amount\":\"30\"}")))
        .containsExactly("PurchaseOrderPaid", "TransactionPosted");
    Answer tooMuch = verb(ann, id, "pay", "{\"amount\":\"14.04\"}");
    assertThat(tooMuch.status()).isEqualTo(409);
    assertThat(tooMuch.problem()).isEqualTo("/problems/payment-exceeds-open");
    assertThat(tooMuch.body().path("open").asText()).isEqualTo("14.03");
    assertThat(verb(ann, id, "pay", "").version()).isEqualTo(8);
    assertThat(verb(ann, id, "cancel", "{\"reason\":\"late\"}").problem())
        .isEqualTo("/problems/order-has-receipts");

    assertThat(LOG.stream("life", id))
        .extracting(Log.Row::version)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(stock(buyer).onHand()).isEqualTo(Quantity.of(14));
    assertThat(stock(buyer).value()).isEqualTo(Money.of("37", "EUR"));
    assertThat(buyer.balance("Inventory")).isEqualByComparingTo("37");
    assertThat(buyer.balance("Goods received, not billed")).isEqualByComparingTo("0");
    assertThat(buyer.balance("Accounts payable")).isEqualByComparingTo("0");
    assertThat(buyer.balance("Input tax")).isEqualByComparingTo("7.03");
    assertThat(buyer.balance("Bank")).isEqualByComparingTo("-44.03");
  }

  @Test
  void an_order_above_the_limit_is_approved_by_another_than_its_authors() {
    Buyer buyer = Buyer.of("four-eyes");
    setApprovalLimit("four-eyes", Money.of("100", "EUR"));
    String small = buyer.placed(buyer.line("1", "80"));
    assertThat(verb(buyer.ann(), small, "approve", "").status()).isEqualTo(200);

    String id = buyer.placed(buyer.line("1", "90"));
    Answer refused = verb(buyer.ann(), id, "approve", "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("/problems/approval-by-author");
    assertThat(refused.body().path("approver").asText()).isEqualTo("ann");
    assertThat(refused.body().path("limit").path("amount").asText()).isEqualTo("100");
    buyer
        .bob()
        .send(
            "PUT",
            "/api/purchase-orders/" + id + "/lines",
            "{\"lines\":[%s]}".formatted(buyer.line("1", "95")));
    assertThat(verb(buyer.bob(), id, "approve", "").problem())
        .isEqualTo("/problems/approval-by-author");
    assertThat(verb(user(OTHER, "four-eyes", "carl"), id, "approve", "").status()).isEqualTo(200);
  }

  @Test
  void what_is_not_there_is_not_found_and_what_it_names_is_refused() {
    Buyer buyer = Buyer.of("missing");
    Answer missing = verb(buyer.ann(), UUID.randomUUID().toString(), "approve", "");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.problem()).isEqualTo("/problems/order-not-found");
    String nothing = UUID.randomUUID().toString();
    Answer unknown =
        buyer
            .ann()
            .post(
                "/api/purchase-orders",
                buyer.order(
                    buyer.line("1", "1"), buyer.line("1", "1").replace(buyer.item(), nothing)));
    assertThat(unknown.status()).isEqualTo(409);
    assertThat(unknown.problem()).isEqualTo("/problems/unknown-item");
    assertThat(unknown.body().path("lines").toString())
        .isEqualTo("[{\"line\":2,\"item\":\"%s\"}]".formatted(nothing));
  }

  @Test
  void of_receipts_at_two_services_at_once_no_more_comes_than_was_ordered() throws Exception {
    Buyer buyer = Buyer.of("race");
    User there = user(OTHER, "race", "ann");
    for (int round = 0; round < 5; round++) {
      String id = buyer.approved(buyer.line("10", "1"), buyer.line("2", "1"));
      List<Answer> answers =
          Together.run(
              16,
              i ->
                  () ->
                      verb(
                          i % 2 == 0 ? buyer.ann() : there,
                          id,
                          "receive",
                          "{\"lines\":[{\"line\":1,\"quantity\":\"3\"}]}"));
      assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(3);
      assertThat(answers)
          .filteredOn(answer -> answer.problem().equals("/problems/receipt-exceeds-order"))
          .hasSize(13)
          .allMatch(answer -> answer.body().path("lines").path(0).path("line").asInt() == 1);
      assertThat(LOG.stream("race", id)).hasSize(5);
      assertThat(stock(buyer).onHand()).isEqualTo(Quantity.of(9L * (round + 1)));
    }
    assertThat(buyer.balance("Inventory")).isEqualByComparingTo("45");
    assertThat(buyer.balance("Goods received, not billed")).isEqualByComparingTo("-45");
  }

  @Test
  void orders_placed_at_two_services_at_once_have_numbers_without_gaps() throws Exception {
    Buyer buyer = Buyer.of("numbers");
    User there = user(OTHER, "numbers", "ann");
    List<Answer> answers =
        Together.run(
            24,
            i ->
                () ->
                    (i % 2 == 0 ? buyer.ann() : there)
                        .post("/api/purchase-orders", buyer.order(buyer.line("1", "1"))));
    TreeSet<String> numbers = new TreeSet<>();
    for (Answer answer : answers) {
      assertThat(answer.status()).isEqualTo(201);
      String data = LOG.stream("numbers", answer.body().path("id").asText()).getFirst().data();
      numbers.add(data.replaceAll(".*\"number\":\"([^\"]+)\".*", "$1"));
    }
    assertThat(numbers).hasSize(24);
    assertThat(numbers.first()).isEqualTo("PO-2026-000001");
    assertThat(numbers.last()).isEqualTo("PO-2026-000024");
  }

  @Test
  void content_that_cannot_be_is_refused_with_where_it_stands() {
    Buyer buyer = Buyer.of("content");
    String good = buyer.line("1", "1");
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("{\"lines\":[%s]}".formatted(good), "/supplier");
    wrong.put(buyer.order(good).replace(buyer.supplier(), "x"), "/supplier");
    wrong.put(buyer.order(good).replace("2026-11-02", "2026-02-30"), "/date");
    wrong.put(buyer.order(good).replace("2026-11-02", "1026-11-02"), "/date");
    wrong.put(buyer.order(), "/lines");
    wrong.put(buyer.order(Collections.nCopies(201, good).toArray(String[]::new)), "/lines");
    wrong.put(buyer.order(good, "null"), "/lines/1");
    wrong.put(buyer.order(good, buyer.line("0", "1")), "/lines/1/quantity");
    wrong.put(buyer.order(good, buyer.line("1", "-1")), "/lines/1/unitCost");
    wrong.put(buyer.order(good, buyer.line("1", "0.0000001")), "/lines/1/unitCost");
    wrong.put(buyer.order(good.replace("0.19", "1.19")), "/lines/0/taxRate");
    wrong.put(buyer.order(good.replace("}", ",\"itm\":1}")), "/lines/0/itm");
    wrong.put(
        buyer.order(good).replace("\"lines\"", "\"currency\":\"EURO\",\"lines\""), "/currency");
    wrong.put(
        buyer.order(good).replace("\"lines\"", "\"reference\":\" \",\"lines\""), "/reference");
    wrong.forEach((body, at) -> assertInvalid(buyer.ann().post("/api/purchase-orders", body), at));

    String id = buyer.approved(good);
    assertInvalid(verb(buyer.ann(), id, "receive", "{\"lines\":[]}"), "/lines");
    assertInvalid(
        verb(buyer.ann(), id, "receive", "{\"lines\":[{\"line\":0,\"quantity\":\"1\"}]}"),
        "/lines/0/line");
    assertInvalid(
        verb(
            buyer.ann(),
            id,
            "receive",
            "{\"lines\":[{\"line\":1,\"quantity\":\"1\"},{\"line\":1,\"quantity\":\"1\"}]}"),
        "/lines/1");
    assertInvalid(verb(buyer.ann(), id, "bill", "{\"date\":\"yesterday\"}"), "/date");
    assertInvalid(verb(buyer.ann(), id, "pay", "{\"amount\":\"0\"}"), "/amount");
    assertInvalid(verb(buyer.ann(), id, "pay", "{\"account\":\"bank\"}"), "/account");
    assertInvalid(verb(buyer.ann(), id, "cancel", "{}"), "/reason");
    assertThat(LOG.stream("content", id)).hasSize(2);
  }

  private static void assertInvalid(Answer answer, String pointer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
    assertThat(answer.body().path("errors").path(0).path("pointer").asText()).isEqualTo(pointer);
  }
}
