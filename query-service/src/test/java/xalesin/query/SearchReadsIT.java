package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.parties.PartyKind;

/** Searches over HTTP: the contract, read your writes, cursors, tenants and hostile callers. */
@ExtendWith(TestNode.Started.class)
class SearchReadsIT {
  private static final String ITEMS = "/api/inventory-items?q=";

  /** Of this process' time, which others on the machine do not take; however odd a search is. */
  private static final Duration CHEAP = Duration.ofSeconds(5);

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final TestNode node = TestNode.shared();

  private static String q(String text) {
    return Reader.encoded(text);
  }

  @Test
  void a_search_with_a_token_sees_what_was_written_the_moment_before() {
    TenantStory story = TenantStory.of("search-token", node::send);
    Reader reader = node.reader(story.tenant());
    UUID id = story.create("B-1", "steel");
    for (int i = 0; i < 30; i++) {
      story.describe(id, "Schraube number" + i, "");
      assertThat(reader.getAfter(story, ITEMS + "number" + i).ids())
          .as("round " + i)
          .containsExactly(id.toString());
      assertThat(reader.get(ITEMS + "%22number" + (i - 1) + "%22").ids()).isEmpty();
    }
    story.delete(id);
    assertThat(reader.getAfter(story, ITEMS + "schraube").ids()).isEmpty();
  }

  @Test
  void a_list_with_q_is_a_list_by_relevance() {
    TenantStory story = TenantStory.of("search-list", node::send);
    UUID typo = story.create("A-1", "steel");
    UUID beginning = story.create("A-2", "steel");
    UUID exact = story.create("A-3", "steel");
    UUID elsewhere = story.create("A-4", "brass");
    story.describe(typo, "Hexagon bold", "");
    story.describe(beginning, "Boltzmann's constant", "");
    story.describe(exact, "Hexagon bolt", "");
    story.describe(elsewhere, "Hexagon", "goes with a bolt");
    story.deactivate(beginning);
    Reader reader = node.reader(story.tenant());
    Answer answer = reader.getAfter(story, ITEMS + "bolt");
    assertThat(answer.ids()).containsExactly(ids(exact, elsewhere, beginning, typo));
    assertThat(answer.total()).isEqualTo(4);
    assertThat(answer.nextCursor()).isNull();
    assertThat(answer.json().path("items").path(0).path("sku").asText()).isEqualTo("A-3");
    assertThat(answer.requiredHeader("View-Sequence")).isNotEmpty();
    String etag = answer.requiredHeader("ETag");
    assertThat(etag).startsWith("W/");
    reader.get(ITEMS + "bolt", "If-None-Match", etag).expect(304);

    assertThat(reader.get(ITEMS + "bolt&status=inactive").ids()).containsExactly(ids(beginning));
    assertThat(reader.get(ITEMS + "bolt&category=brass,steel&status=active").total()).isEqualTo(3);
    assertThat(reader.get(ITEMS + "bolt&sort=relevance").total()).isEqualTo(4);
    assertThat(reader.get(ITEMS + q("hexagon -bolt")).ids()).containsExactly(ids(typo));
    assertThat(reader.get(ITEMS + q("\"a bolt\"")).ids()).containsExactly(ids(elsewhere));
    assertThat(reader.get(ITEMS + "a3").ids()).containsExactly(ids(exact));
    JsonNode item = reader.get(ITEMS + "a3&fields=id,name").json().path("items").path(0);
    assertThat(item.size()).isEqualTo(2);
  }

  private static String[] ids(UUID... ids) {
    String[] texts = new String[ids.length];
    for (int i = 0; i < ids.length; i++) {
      texts[i] = ids[i].toString();
    }
    return texts;
  }

  @Test
  void the_tag_of_a_search_is_that_of_what_it_says_whatever_becomes_of_its_view() {
    TenantStory story = TenantStory.of("search-tag", node::send);
    Reader reader = node.reader(story.tenant());
    UUID bolt = story.create("A-1", "steel");
    story.describe(bolt, "Hexagon bolt", "");
    String etag = reader.getAfter(story, ITEMS + "bolt").requiredHeader("ETag");
    story.describe(story.create("A-2", "steel"), "Nut", "");
    reader.getAfter(story, ITEMS + "nut").expect(200);
    reader.get(ITEMS + "bolt", "If-None-Match", etag).expect(304);
    story.describe(bolt, "Carriage bolt", "");
    reader.getAfter(story, ITEMS + "carriage").expect(200);
    reader.get(ITEMS + "bolt", "If-None-Match", etag).expect(200);
  }

  @Test
  void what_a_search_does_not_serve_is_refused_and_says_what_is() {
    TenantStory story = TenantStory.of("search-refused", node::send);
    Reader reader = node.reader(story.tenant());
    assertThat(reader.get("/api/stock-movements?q=bolt").problem(400, "not-served").path("detail"))
        .asString()
        .contains("inventory-items", "parties", "sales-orders", "purchase-orders");
    reader.get(ITEMS + "bolt&sort=-updatedAt").problem(400, "not-served");
    reader.get(ITEMS + "bolt&updatedAt.gte=2025-01-01").problem(400, "not-served");
    reader.get(ITEMS + "bolt&sku=A").problem(400, "not-served");
    reader.get(ITEMS + "bolt&colour=red").problem(400, "unknown-parameter");
    reader.get(ITEMS + "bolt&q=nut").problem(400, "bad-request");
    reader.get(ITEMS + "bolt&cursor=AAAA").problem(400, "invalid-cursor");
    assertThat(reader.get(ITEMS + "-bolt").problem(400, "bad-request").path("detail").asText())
        .contains("q ", "leave out");
    assertThat(reader.get(ITEMS).problem(400, "bad-request").path("detail").asText())
        .contains("q ");
    reader.get("/api/search").problem(400, "bad-request");
    reader.get("/api/search?q=bolt&types=stock-movements").problem(400, "not-served");
    reader.get("/api/search?q=bolt&limit=101").problem(400, "bad-request");
  }

  @Test
  void the_search_over_all_resources_says_what_it_found_and_where() {
    TenantStory story = TenantStory.of("search-all", node::send);
    UUID bolt = story.create("BO-17", "steel");
    UUID nut = story.create("NU-17", "steel");
    story.describe(bolt, "<b>Bölt</b> & nut", "A bolt");
    story.describe(nut, "Nut", "for the bolt");
    Reader reader = node.reader(story.tenant());
    Answer answer = reader.getAfter(story, "/api/search?q=bolt&limit=1").expect(200);
    JsonNode all = answer.json();
    assertThat(all.path("items").size()).isEqualTo(1);
    JsonNode item = all.path("items").path(0);
    assertThat(item.path("type").asText()).isEqualTo("inventory-items");
    assertThat(item.path("id").asText()).isEqualTo(bolt.toString());
    assertThat(item.path("title").asText()).isEqualTo("<b>Bölt</b> & nut");
    assertThat(item.path("highlights").path("name").asText())
        .isEqualTo("&lt;b&gt;<mark>Bölt</mark>&lt;&#x2F;b&gt; &amp; nut");
    assertThat(item.path("highlights").path("description").asText())
        .isEqualTo("A <mark>bolt</mark>");
    assertThat(item.path("row").path("sku").asText()).isEqualTo("BO-17");
    assertThat(item.path("score").asDouble()).isPositive();
    assertThat(all.path("total").path("inventory-items").asLong()).isEqualTo(2);
    assertThat(all.path("total").path("parties").asLong()).isZero();
    JsonNode typed = reader.get("/api/search?q=17&types=inventory-items").json();
    assertThat(typed.path("total").size()).isEqualTo(1);
    assertThat(typed.path("items").size()).isEqualTo(2);
    assertThat(typed.path("items").path(0).path("highlights").path("sku").asText())
        .contains("<mark>");
  }

  @Test
  void parties_and_orders_are_found_over_http_too() {
    TenantStory story = TenantStory.of("search-trade", node::send);
    UUID party = UUID.randomUUID();
    story.happen(
        new StreamName(StreamName.PARTIES, party),
        new PartyEvent.Registered(
            new PartyEvent.Details(
                List.of(PartyKind.CUSTOMER),
                "Blauer See Delikatessen",
                "orders@blauersee.example",
                "0621-08460",
                List.of(),
                List.of(),
                null,
                30,
                null)));
    Trade trade = new Trade(story, new Random(5));
    trade.tell(6);
    Reader reader = node.reader(story.tenant());
    for (String words : List.of("delikat", "blauer see", "blauersee", "062108460")) {
      assertThat(reader.getAfter(story, "/api/parties?q=" + q(words)).ids())
          .as(words)
          .containsExactly(party.toString());
    }
    Trade.Sale sale = trade.sales.getFirst();
    assertThat(reader.getAfter(story, "/api/sales-orders?q=" + q(sale.number)).ids())
        .containsExactly(sale.id.toString());
    assertThat(
            reader
                .getAfter(story, "/api/sales-orders?q=customer&limit=500&status=" + sale.status)
                .ids())
        .contains(sale.id.toString())
        .hasSize((int) trade.sales.stream().filter(s -> s.status.equals(sale.status)).count());
    Trade.Purchase purchase = trade.purchases.getFirst();
    assertThat(reader.getAfter(story, "/api/purchase-orders?q=" + q(purchase.number)).ids())
        .containsExactly(purchase.id.toString());
    JsonNode all = reader.getAfter(story, "/api/search?q=delikatessen").json();
    assertThat(all.path("total").path("parties").asLong()).isEqualTo(1);
    assertThat(all.path("items").path(0).path("type").asText()).isEqualTo("parties");
    assertThat(all.path("items").path(0).path("title").asText())
        .isEqualTo("Blauer See Delikatessen");
  }

  @Test
  void rows_that_stand_still_are_met_once_while_others_move() throws Exception {
    TenantStory story = TenantStory.of("search-walk", node::send);
    Set<String> still = new HashSet<>();
    List<UUID> moving = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      UUID id = story.create("W-%03d".formatted(i), i % 2 == 0 ? "even" : "odd");
      story.describe(id, "Walker" + (i % 5 == 0 ? " of many more words" : ""), "walks");
      if (i % 3 == 0) {
        moving.add(id);
      } else {
        still.add(id.toString());
      }
    }
    Reader reader = node.reader(story.tenant());
    reader.getAfter(story, ITEMS + "walker").expect(200);
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer = Thread.ofPlatform().start(() -> move(story, moving, stop));
    try {
      for (String search : List.of("walker", "walk", "walkre", "w-0", "walker&category=even,odd")) {
        List<String> met = reader.walk(ITEMS + search + "&limit=7");
        assertThat(met.stream().filter(still::contains))
            .as(search)
            .doesNotHaveDuplicates()
            .hasSizeGreaterThan(0);
        if (!search.equals("w-0")) {
          assertThat(met.stream().filter(still::contains)).as(search).hasSameSizeAs(still);
        }
      }
    } finally {
      stop.set(true);
      writer.join();
    }
  }

  /** Stock moves and statuses change all the time; now and then a name does. */
  private static void move(TenantStory story, List<UUID> moving, AtomicBoolean stop) {
    Random random = new Random(11);
    for (int i = 0; i < 200_000 && !stop.get(); i++) {
      UUID id = moving.get(random.nextInt(moving.size()));
      story.after(1);
      switch (random.nextInt(10)) {
        case 0 -> story.deactivate(id);
        case 1 -> story.activate(id);
        case 2 -> story.describe(id, "Walker " + i, "walks");
        default -> story.receive(id, 1);
      }
    }
  }

  @Test
  void a_cursor_belongs_to_its_words_and_tenants_are_kept_apart() {
    TenantStory one = TenantStory.of("search-apart", node::send);
    TenantStory two = TenantStory.of("search-apart", node::send);
    for (int i = 0; i < 10; i++) {
      one.describe(one.create("O-" + i, "c"), "Shared word", "secret of one");
      two.describe(two.create("T-" + i, "c"), "Shared word", "secret of two");
    }
    Reader first = node.reader(one.tenant());
    Reader second = node.reader(two.tenant());
    String cursor = first.getAfter(one, ITEMS + "shared&limit=3").nextCursor();
    second.getAfter(two, ITEMS + "shared&limit=3").expect(200);
    assertThat(first.get(ITEMS + "shared&limit=7&cursor=" + cursor).ids()).hasSize(7);
    second.get(ITEMS + "shared&cursor=" + cursor).problem(400, "invalid-cursor");
    first.get(ITEMS + "word&cursor=" + cursor).problem(400, "invalid-cursor");
    first.get(ITEMS + "shared&status=active&cursor=" + cursor).problem(400, "invalid-cursor");
    first.get("/api/inventory-items?cursor=" + cursor).problem(400, "invalid-cursor");
    assertThat(first.get(ITEMS + "two").total()).isZero();
    assertThat(first.get(ITEMS + "t-1").total()).isZero();
    assertThat(first.get(ITEMS + "secrte").total()).isEqualTo(10);
    assertThat(second.get("/api/search?q=shared").json().path("total").path("inventory-items"))
        .hasToString("10");
    assertThat(second.get("/api/search?q=shared").text()).doesNotContain("of one");
  }

  @Test
  void a_hostile_search_is_answered_or_refused_quickly() {
    TenantStory story = TenantStory.of("search-hostile", node::send);
    for (int i = 0; i < 50; i++) {
      story.describe(story.create("H-" + i, "c"), "Hammer number " + i, "x".repeat(i));
    }
    Reader reader = node.reader(story.tenant());
    reader.getAfter(story, ITEMS + "hammer").expect(200);
    List<String> hostile =
        List.of(
            "a".repeat(6_000),
            "a ".repeat(2_000),
            "hammer ".repeat(12),
            "\"" + "a ".repeat(200) + "\"",
            "*",
            "*:*",
            "ham* OR h?mmer~2^1000",
            "name:hammer AND (",
            "/(a+)+$/",
            "\"",
            "\"\"\"",
            "hammer \" \"",
            "-\"",
            "--hammer",
            "hammer -",
            "\u0000\u0001\u001b[2J",
            "hammer\u0000",
            "\ud83d\udd28",
            "\u202ehammer",
            "x̂".repeat(200),
            "' OR 1=1 --",
            "<script>alert(1)</script>",
            "{\"query\":{\"match_all\":{}}}",
            "%",
            "０１２",
            "東京".repeat(6));
    for (String text : hostile) {
      for (String path : List.of(ITEMS, "/api/search?q=")) {
        long begin = PROCESS.getProcessCpuTime();
        Answer answer = reader.get(path + q(text));
        assertThat(answer.status()).as("%s of <%s>", path, text).isIn(200, 400);
        assertThat(Duration.ofNanos(PROCESS.getProcessCpuTime() - begin))
            .as(text)
            .isLessThan(CHEAP);
      }
    }
    assertThat(reader.get(ITEMS + "%ED%A0%80hammer").status()).isIn(200, 400);
    assertThat(new String(reader.get(ITEMS + "hammer").response().body(), UTF_8)).contains("H-1");
  }
}
