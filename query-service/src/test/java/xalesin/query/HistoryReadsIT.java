package xalesin.query;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.projection.finance.Accounts;
import xalesin.projection.finance.FinancialTransactions;
import xalesin.projection.inventory.InventoryItems;
import xalesin.projection.view.View;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountType;

/** Histories and rows as they were, against the events that were told and a fold by hand. */
@ExtendWith(TestNode.Started.class)
class HistoryReadsIT {
  private final TestNode node = TestNode.shared();
  private final TenantStory story = TenantStory.of("history", node::send);
  private final Reader reader = node.reader(story.tenant());

  private static StreamName item(UUID id) {
    return new StreamName(StreamName.INVENTORY_ITEMS, id);
  }

  /** An item with a life of a hundred events, some of them at one instant. */
  private UUID lively() {
    Random random = new Random(42);
    UUID id = story.create("A-1", "Tea");
    for (int i = 0; i < 100; i++) {
      story.after(random.nextInt(3) * 500L);
      switch (random.nextInt(5)) {
        case 0 -> story.deactivate(id);
        case 1 -> story.activate(id);
        case 2 -> story.recategorise(id, "Category " + i);
        case 3 -> story.issue(id, 1);
        default -> story.receive(id, 10);
      }
    }
    return id;
  }

  private List<JsonNode> walk(String path) {
    List<JsonNode> events = new ArrayList<>();
    String cursor = null;
    do {
      Answer answer = reader.get(cursor == null ? path : path + "&cursor=" + cursor).expect(200);
      answer.json().path("items").forEach(events::add);
      cursor = answer.nextCursor();
    } while (cursor != null);
    return events;
  }

  @Test
  void a_history_is_the_streams_events_in_order_with_who_when_and_why() throws IOException {
    UUID id = lively();
    story.create("B-1", "Other");
    String path = "/api/inventory-items/%s/history".formatted(id);
    Answer first = reader.getAfter(story, path).expect(200);
    List<RecordedEvent> told = story.events(item(id));
    assertThat(first.total()).isEqualTo(told.size());
    for (int limit : new int[] {7, 500}) {
      List<JsonNode> served = walk(path + "?limit=" + limit);
      assertThat(served).hasSameSizeAs(told);
      for (int i = 0; i < told.size(); i++) {
        JsonNode event = served.get(i);
        RecordedEvent expected = told.get(i);
        assertThat(event.path("id").asText()).isEqualTo(expected.id().toString());
        assertThat(event.path("version").asLong()).isEqualTo(i + 1);
        assertThat(event.path("type").asText()).isEqualTo(expected.type());
        assertThat(event.path("user").asText()).isEqualTo("tester");
        assertThat(Instant.parse(event.path("date").asText())).isEqualTo(expected.recordedAt());
        assertThat(event.path("correlationId").asText()).isEqualTo("story");
        assertThat(event.path("causationId").asText()).isEqualTo("command-" + (i + 1));
        assertThat(event.path("data")).isEqualTo(Json.MAPPER.readTree(expected.data()));
      }
    }
  }

  @Test
  void a_history_outlives_its_row_and_belongs_to_its_tenant() {
    UUID id = story.create("A-1", "Tea");
    story.delete(id);
    String path = "/api/inventory-items/%s/history".formatted(id);
    assertThat(reader.getAfter(story, path + "?limit=1").total()).isEqualTo(2);
    String cursor = reader.get(path + "?limit=1").nextCursor();
    node.reader("history-stranger").get(path).problem(404, "not-found");
    TenantStory other = TenantStory.of("history-other", node::send);
    other.create(id, "X-9", "Coffee");
    Reader stranger = node.reader(other.tenant());
    assertThat(stranger.getAfter(other, path).total()).isEqualTo(1);
    stranger.get(path + "?cursor=" + cursor).problem(400, "invalid-cursor");
    reader
        .get("/api/inventory-items/%s/history".formatted(UUID.randomUUID()))
        .problem(404, "not-found");
    reader.get("/api/inventory-items/no-uuid/history").problem(404, "not-found");
    reader.get("/api/stock-movements/%s/history".formatted(id)).problem(404, "unknown-route");
    reader.get(path + "?limit=0").problem(400, "bad-request");
  }

  @Test
  void a_row_as_it_was_is_the_fold_up_to_then() {
    UUID id = lively();
    String path = "/api/inventory-items/%s?asOf=".formatted(id);
    List<RecordedEvent> told = story.events(item(id));
    reader.getAfter(story, path + "1").expect(200);
    for (int version : new int[] {1, 2, 33, 77, told.size()}) {
      Answer answer = reader.get(path + version).expect(200);
      assertThat(answer.response().body())
          .isEqualTo(folded(InventoryItems.VIEW, id, told.subList(0, version)));
      assertThat(answer.header("ETag")).isEqualTo("\"%d\"".formatted(version));
    }
    for (int at : new int[] {0, 12, 50, told.size() - 1}) {
      Instant time = told.get(at).recordedAt();
      List<RecordedEvent> until = told.stream().filter(e -> !e.recordedAt().isAfter(time)).toList();
      assertThat(reader.get(path + time).expect(200).response().body())
          .isEqualTo(folded(InventoryItems.VIEW, id, until));
    }
    assertThat(reader.get(path + "2999-01-01T00:00:00Z").expect(200).response().body())
        .isEqualTo(reader.get("/api/inventory-items/" + id).response().body());
    assertThat(reader.get(path + "3&fields=version").expect(200).text())
        .isEqualTo("{\"version\":3}");
    reader.get(path + "3", "If-None-Match", "\"3\"").expect(304);
  }

  @Test
  void events_whose_times_fall_count_with_those_before_them() {
    UUID id = story.create("A-1", "Tea");
    Instant born = story.now();
    story.after(2_000).receive(id, 5);
    Instant late = story.now();
    story.after(-1_000).receive(id, 7);
    Instant earlier = story.now();
    story.after(Past.OUT_OF_ORDER.toMillis() + 5_000).receive(id, 9);
    String path = "/api/inventory-items/%s?fields=onHand&asOf=".formatted(id);
    assertThat(reader.getAfter(story, path + born).expect(200).text())
        .isEqualTo("{\"onHand\":\"0\"}");
    for (Instant time : List.of(earlier, late)) {
      assertThat(reader.get(path + time).expect(200).text()).isEqualTo("{\"onHand\":\"12\"}");
    }
    assertThat(reader.get(path + story.now()).expect(200).text()).isEqualTo("{\"onHand\":\"21\"}");
  }

  @Test
  void what_did_not_exist_then_is_not_found() {
    Instant before = story.now();
    story.after(1_000);
    UUID id = story.create("A-1", "Tea");
    Instant born = story.now();
    story.after(1_000).delete(id);
    String path = "/api/inventory-items/%s?asOf=".formatted(id);
    reader.getAfter(story, path + before).problem(404, "not-found");
    reader.get(path + born).expect(200);
    reader.get(path + "1").expect(200);
    reader.get(path + "2").problem(404, "not-found");
    reader.get(path + "3").problem(404, "not-found");
    reader.get(path + story.now()).problem(404, "not-found");
    reader
        .get("/api/inventory-items/%s?asOf=1".formatted(UUID.randomUUID()))
        .problem(404, "not-found");
    node.reader("history-stranger").get(path + "1").problem(404, "not-found");
  }

  @Test
  void as_of_takes_a_version_or_a_time_of_things_that_have_a_history() {
    UUID id = story.create("A-1", "Tea");
    String path = "/api/inventory-items/%s?asOf=".formatted(id);
    reader.getAfter(story, path + "1").expect(200);
    for (String wrong : List.of("", "0", "-1", "yesterday", "2026-11-22", "9".repeat(30))) {
      reader.get(path + wrong).problem(400, "bad-request");
    }
    reader.get("/api/stock-movements/%s?asOf=1".formatted(id)).problem(400, "unknown-parameter");
  }

  @Test
  void a_row_of_more_events_than_are_folded_is_refused() {
    UUID id = story.create("A-1", "Tea");
    for (int i = 0; i < Past.MAX_FOLDED_EVENTS; i++) {
      story.receive(id, 1);
    }
    String path = "/api/inventory-items/%s?asOf=".formatted(id);
    int most = Past.MAX_FOLDED_EVENTS;
    assertThat(reader.getAfter(story, path + most).expect(200).json().path("onHand").asInt())
        .isEqualTo(most - 1);
    assertThat(
            reader.get(path + (most + 1)).problem(400, "too-many-events").path("detail").asText())
        .contains("10000 events at most");
  }

  @Test
  void accounts_and_entries_have_a_past_too() {
    Ledger ledger = new Ledger(story);
    UUID cash = UUID.randomUUID();
    UUID sales = UUID.randomUUID();
    ledger.tell(new Random(3), List.of(cash, sales), 5);
    ledger.open(UUID.randomUUID(), "9999", AccountType.EQUITY);
    Ledger.Entry entry = ledger.entries().getFirst();
    if (story.events(transaction(entry.id())).size() == 1) {
      ledger.reverse(entry, LocalDate.parse("2026-11-22"));
    }
    ledger.rename(cash, "1234");
    ledger.close(cash);
    List<RecordedEvent> account = story.events(new StreamName(StreamName.ACCOUNTS, cash));
    String path = "/api/accounts/%s".formatted(cash);
    reader.getAfter(story, path).expect(200);
    for (int version = 1; version <= account.size(); version++) {
      assertThat(reader.get(path + "?asOf=" + version).expect(200).response().body())
          .isEqualTo(folded(Accounts.VIEW, cash, account.subList(0, version)));
    }
    assertThat(reader.get(path + "/history").total()).isEqualTo(account.size());
    List<RecordedEvent> posted = story.events(transaction(entry.id()));
    assertThat(posted).hasSize(2);
    String transactionPath = "/api/financial-transactions/" + entry.id();
    assertThat(reader.get(transactionPath + "?asOf=1").expect(200).response().body())
        .isEqualTo(folded(FinancialTransactions.VIEW, entry.id(), posted.subList(0, 1)));
    assertThat(reader.get(transactionPath + "?asOf=2").expect(200).response().body())
        .isEqualTo(reader.get(transactionPath).expect(200).response().body());
  }

  private static StreamName transaction(UUID id) {
    return new StreamName(StreamName.FINANCIAL_TRANSACTIONS, id);
  }

  /** The row after the events, by the view alone. */
  private static byte[] folded(View<?> view, UUID id, List<RecordedEvent> events) {
    Map<UUID, Object> rows = new HashMap<>();
    View.Rows before =
        new View.Rows() {
          @Override
          public <T> @Nullable T get(View<T> other, UUID otherId) {
            return other.rowClass().cast(rows.get(otherId));
          }
        };
    for (RecordedEvent event : events) {
      for (View.Change<?> change : view.fold(event, EventTypes.read(event), before)) {
        if (change.row() == null) {
          rows.remove(change.id());
        } else {
          rows.put(change.id(), change.row());
        }
      }
    }
    return Json.write(requireNonNull(rows.get(id)));
  }
}
