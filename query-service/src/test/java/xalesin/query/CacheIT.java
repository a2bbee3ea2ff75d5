package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.query.Reader.await;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kept answers: there when nothing has changed, and never there when something has. */
@ExtendWith(TestNode.Started.class)
class CacheIT {
  private static final String ITEMS = "/api/inventory-items?status=active";
  private static final String PARTIES = "/api/parties";
  private static final long SEED = 20_261_122;

  /** So often something happens while others read. */
  private static final int ROUNDS = 150;

  private final TestNode node = TestNode.shared();
  private final TenantStory story = TenantStory.of("cache", node::send);
  private final TestNode.Door door = node.door(UnaryOperator.identity(), InstantSource.system());
  private final Reader reader = door.reader(story.tenant());

  @AfterEach
  void close() {
    door.close();
  }

  /** Reads until the answer is a kept one: the first may fall into the moment of a write. */
  private static Answer hit(Reader reader, String path) {
    return await().until(() -> reader.get(path).expect(200), CacheIT::isHit);
  }

  private static boolean isHit(Answer answer) {
    return answer.requiredHeader("Cache-Status").equals("xalesin; hit");
  }

  @Test
  void a_list_is_kept_until_its_view_changes() {
    UUID id = story.create("A-1", "Tea");
    Answer first = reader.getAfter(story, ITEMS).expect(200);
    assertThat(first.requiredHeader("Cache-Status")).startsWith("xalesin; fwd=miss");
    Answer kept = hit(reader, ITEMS);
    assertThat(kept.text()).isEqualTo(first.text());
    assertThat(kept.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(hit(reader, "/api/inventory-items?%73tatus=active").text()).isEqualTo(first.text());
    story.receive(id, 4);
    Answer changed = reader.getAfter(story, ITEMS).expect(200);
    assertThat(changed.requiredHeader("Cache-Status")).startsWith("xalesin; fwd=stale");
    assertThat(changed.json().at("/items/0/onHand").asText()).isEqualTo("4");
    assertThat(changed.header("ETag")).isNotEqualTo(first.header("ETag"));
  }

  @Test
  void a_change_of_another_view_leaves_it_and_its_tag() {
    UUID id = story.create("A-1", "Tea");
    reader.getAfter(story, PARTIES).expect(200);
    Answer before = hit(reader, PARTIES);
    for (int i = 0; i < 20; i++) {
      story.after(1).receive(id, 1);
      reader.getAfter(story, "/api/inventory-items/" + id).expect(200);
      Answer after = hit(reader, PARTIES);
      assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
      assertThat(after.text()).isEqualTo(before.text());
      assertThat(after.header("View-Sequence")).isEqualTo(Integer.toString(i + 2));
      reader.get(PARTIES, "If-None-Match", before.requiredHeader("ETag")).expect(304);
    }
    assertThat(door.sum("query.cache.requests", "result", "stale")).isLessThanOrEqualTo(20);
  }

  @Test
  void tenants_have_their_own_answers() {
    TenantStory other = TenantStory.of("cache-other", node::send);
    Reader others = door.reader(other.tenant());
    story.create("A-1", "Tea");
    other.create("B-1", "Salt");
    reader.getAfter(story, ITEMS).expect(200);
    others.getAfter(other, ITEMS).expect(200);
    Answer ours = hit(reader, ITEMS);
    assertThat(ours.json().at("/items/0/sku").asText()).isEqualTo("A-1");
    Answer theirs = hit(others, ITEMS);
    assertThat(theirs.json().at("/items/0/sku").asText()).isEqualTo("B-1");
    assertThat(theirs.header("ETag")).isNotEqualTo(ours.header("ETag"));
    others.get(ITEMS, "If-None-Match", ours.requiredHeader("ETag")).expect(200);
    other.create("B-2", "Salt");
    others.getAfter(other, ITEMS).expect(200);
    assertThat(isHit(reader.get(ITEMS))).isTrue();
  }

  private List<String> questions(UUID id) {
    return List.of(
        ITEMS,
        "/api/inventory-items?category=Tea&limit=3",
        "/api/inventory-items?sort=sku&fields=sku,onHand",
        "/api/inventory-items/anchors?step=50",
        "/api/inventory-items/" + id,
        "/api/inventory-items?id=" + id,
        "/api/inventory-items/" + id + "/history?limit=5",
        "/api/inventory-items/" + id + "?asOf=1",
        "/api/stock-movements?limit=7",
        "/api/audit-logs?limit=5",
        PARTIES,
        "/api/trial-balance",
        "/api/overview?today=2026-11-22");
  }

  private void something(Random random, List<UUID> ids) {
    UUID any = ids.get(random.nextInt(ids.size()));
    story.after(random.nextInt(3));
    switch (random.nextInt(6)) {
      case 0 -> ids.add(story.create("SKU-" + ids.size(), random.nextBoolean() ? "Tea" : "Salt"));
      case 1 -> story.recategorise(any, random.nextBoolean() ? "Tea" : "Salt");
      case 2 -> story.deactivate(any);
      case 3 -> story.activate(any);
      default -> story.receive(any, 1 + random.nextInt(5));
    }
  }

  @Test
  void every_answer_is_what_the_store_gives() {
    Random random = new Random(SEED);
    List<UUID> ids = new ArrayList<>(List.of(story.create("A-1", "Tea")));
    for (int round = 0; round < 60; round++) {
      something(random, ids);
      List<String> questions = questions(ids.getFirst());
      reader.getAfter(story, questions.get(random.nextInt(questions.size()))).expect(200);
      // Nothing is written now, so what is asked twice is kept.
      hit(reader, PARTIES);
      for (int i = 0; i < 8; i++) {
        String question = questions.get(random.nextInt(questions.size()));
        Answer answer = reader.get(question).expect(200);
        Answer read = reader.get(question, "Cache-Control", "no-store").expect(200);
        assertThat(read.header("Cache-Status")).isEqualTo("xalesin; fwd=request");
        assertThat(answer.text()).as(question).isEqualTo(read.text());
        assertThat(answer.header("View-Sequence")).isEqualTo(read.header("View-Sequence"));
      }
    }
    assertThat(door.sum("query.cache.requests", "result", "hit")).isGreaterThan(160);
  }

  @Test
  void while_events_are_applied_a_tag_stands_for_one_answer_and_writes_are_seen() throws Exception {
    Random random = new Random(SEED + 1);
    List<UUID> ids = new ArrayList<>(List.of(story.create("A-1", "Tea")));
    UUID first = ids.getFirst();
    reader.getAfter(story, ITEMS).expect(200);
    Map<String, String> byTag = new ConcurrentHashMap<>();
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Random own = new Random(SEED + 10 + i);
        readers.add(threads.submit(() -> compare(byTag, done, own, questions(first))));
      }
      try {
        for (int i = 0; i < ROUNDS; i++) {
          // Readers see something new for each time that something happens, however fast either is.
          int least = i;
          await().until(() -> byTag.size() >= least || readers.stream().anyMatch(Future::isDone));
          something(random, ids);
          story.receive(first, 1);
          Answer row = reader.getAfter(story, "/api/inventory-items/" + first).expect(200);
          assertThat(row.json().path("version").asLong()).isEqualTo(story.item(first).version);
          Answer list = reader.getAfter(story, "/api/inventory-items?id=" + first).expect(200);
          assertThat(list.json().at("/items/0/version").asLong())
              .isEqualTo(story.item(first).version);
        }
      } finally {
        done.set(true);
      }
      for (Future<?> each : readers) {
        each.get(Reader.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
    assertThat(byTag.size()).isGreaterThanOrEqualTo(ROUNDS - 1);
  }

  private void compare(
      Map<String, String> byTag, AtomicBoolean done, Random random, List<String> questions) {
    long sequence = 0;
    while (!done.get()) {
      String question = questions.get(random.nextInt(questions.size()));
      Answer answer = reader.get(question).expect(200);
      // The tag of a row is its version, whatever has become of the names that it takes from
      // others.
      String tag = question + ' ' + answer.requiredHeader("ETag");
      String before = byTag.putIfAbsent(tag, answer.text());
      assertThat(before == null ? answer.text() : before).as(tag).isEqualTo(answer.text());
      long now = Long.parseLong(answer.requiredHeader("View-Sequence"));
      assertThat(now).as("reads of one caller go on").isGreaterThanOrEqualTo(sequence);
      sequence = now;
    }
  }

  @Test
  void of_many_who_ask_at_once_one_reads() throws Exception {
    story.create("A-1", "Tea");
    reader.getAfter(story, ITEMS).expect(200);
    hit(reader, ITEMS);
    double before = door.sum("query.cache.requests", "result", "miss");
    String question = "/api/inventory-items?limit=77";
    int many = 64;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> asked = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        asked.add(threads.submit(() -> reader.get(question)));
      }
      for (Future<Answer> each : asked) {
        assertThat(each.get(Reader.PATIENCE.toSeconds(), TimeUnit.SECONDS).expect(200).total())
            .isEqualTo(1);
      }
    }
    assertThat(door.sum("query.cache.requests", "result", "miss") - before).isEqualTo(1);
  }

  @Test
  void a_caller_who_has_the_answer_is_told_so_without_a_look_into_the_store() {
    UUID id = story.create("A-1", "Tea");
    String row = "/api/inventory-items/" + id;
    try (TestNode.Door without = node.door(config -> config.withCache(0), InstantSource.system())) {
      Reader forgetful = without.reader(story.tenant());
      String tag = forgetful.getAfter(story, ITEMS).expect(200).requiredHeader("ETag");
      await().until(() -> forgetful.get(ITEMS, "If-None-Match", tag).status() == 304);
      double reads = without.sum("query.store.reads");
      Answer unchanged = forgetful.get(ITEMS, "If-None-Match", tag).expect(304);
      assertThat(without.sum("query.store.reads")).isEqualTo(reads);
      assertThat(unchanged.header("ETag")).isEqualTo(tag);
      assertThat(unchanged.header("Vary")).isEqualTo("Authorization, Accept-Encoding");
      assertThat(unchanged.header("Cache-Status")).isEqualTo("xalesin; hit");
      forgetful.get(ITEMS + "&limit=3", "If-None-Match", tag).expect(200);
    }
    reader.getAfter(story, row).expect(200);
    String version = hit(reader, row).requiredHeader("ETag");
    double reads = door.sum("query.store.reads");
    reader.get(row, "If-None-Match", version).expect(304);
    assertThat(door.sum("query.store.reads")).isEqualTo(reads);
    story.receive(id, 1);
    reader.getAfter(story, row, "If-None-Match", version).expect(200);
    reader.get("/api/inventory-items/" + UUID.randomUUID(), "If-None-Match", "*").expect(404);
  }

  @Test
  void a_caller_may_demand_that_the_store_is_read() {
    story.create("A-1", "Tea");
    reader.getAfter(story, PARTIES).expect(200);
    hit(reader, PARTIES);
    String fresh = "/api/parties?limit=9";
    String never = "/api/parties?limit=8";
    assertThat(reader.get(never, "Cache-Control", "no-store").header("Cache-Status"))
        .isEqualTo("xalesin; fwd=request");
    assertThat(isHit(reader.get(never))).isFalse();
    assertThat(reader.get(fresh, "Cache-Control", "max-age=0, No-Cache").header("Cache-Status"))
        .isEqualTo("xalesin; fwd=request; stored");
    assertThat(isHit(reader.get(fresh, "Cache-Control", "max-age=0"))).isTrue();
  }

  @Test
  void memory_is_bounded_and_what_is_pushed_out_is_read_again() {
    UUID id = story.create("A-1", "Tea");
    int bound = 64 * 1024;
    try (TestNode.Door small =
        node.door(config -> config.withCache(bound), InstantSource.system())) {
      Reader own = small.reader(story.tenant());
      own.getAfter(story, PARTIES).expect(200);
      hit(own, PARTIES);
      for (int limit = 1; limit <= 200; limit++) {
        Answer answer = own.get("/api/inventory-items?limit=" + limit).expect(200);
        assertThat(answer.ids()).containsExactly(id.toString());
        assertThat(small.sum("query.cache.size")).isLessThanOrEqualTo(bound);
      }
      assertThat(small.sum("query.cache.evictions")).isPositive();
      own.get("/api/inventory-items?limit=1").expect(200);
    }
  }

  @Test
  void at_midnight_the_overview_is_another() {
    story.create("A-1", "Tea");
    Instant[] now = {Instant.parse("2026-11-22T23:59:59Z")};
    try (TestNode.Door timed = node.door(UnaryOperator.identity(), () -> now[0])) {
      Reader own = timed.reader(story.tenant());
      own.getAfter(story, "/api/overview").expect(200);
      Answer before = hit(own, "/api/overview");
      assertThat(before.json().path("today").asText()).isEqualTo("2026-11-22");
      now[0] = Instant.parse("2026-11-23T00:00:00Z");
      Answer after =
          own.get("/api/overview", "If-None-Match", before.requiredHeader("ETag")).expect(200);
      assertThat(after.json().path("today").asText()).isEqualTo("2026-11-23");
    }
  }

  @Test
  void what_was_refused_is_refused_again() {
    story.create("A-1", "Tea");
    reader.getAfter(story, PARTIES).expect(200);
    for (int i = 0; i < 3; i++) {
      reader.get("/api/parties?limit=0").expect(400);
      reader.get("/api/parties/" + UUID.randomUUID()).expect(404);
    }
  }
}
