package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountType;

/** The audit log against everything that was told. */
@ExtendWith(TestNode.Started.class)
class AuditReadsIT {
  private static final List<String> USERS = List.of("ada", "grace", "j. o'brien, sales");

  private static final Comparator<RecordedEvent> NEWEST =
      Comparator.comparing(RecordedEvent::recordedAt)
          .reversed()
          .thenComparing(event -> event.id().toString());
  private static final Comparator<RecordedEvent> NEWEST_OF_STREAM =
      Comparator.comparing(RecordedEvent::recordedAt)
          .reversed()
          .thenComparing(Comparator.comparingLong(RecordedEvent::version).reversed());

  private static TenantStory story;
  private static Reader reader;

  @BeforeAll
  static void a_company_where_three_people_work() {
    TestNode node = TestNode.shared();
    story = TenantStory.of("audit", node::send);
    tell(story, new Random(9));
    tell(TenantStory.of("audit-other", node::send), new Random(10));
    reader = node.reader(story.tenant());
    reader.getAfter(story, "/api/audit-logs?limit=1").expect(200);
  }

  private static void tell(TenantStory story, Random random) {
    Ledger ledger = new Ledger(story);
    List<UUID> items = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      story.after(random.nextInt(3) * 3_600_000L).by(USERS.get(random.nextInt(USERS.size())));
      items.add(story.create("SKU-" + i, "Tea"));
      story.receive(items.get(random.nextInt(items.size())), 5);
      if (i % 10 == 0) {
        ledger.open(UUID.randomUUID(), "%04d".formatted(i), AccountType.INCOME);
      }
    }
  }

  private static void holds(
      String path, Predicate<RecordedEvent> which, Comparator<RecordedEvent> order) {
    List<String> expected =
        story.events().stream().filter(which).sorted(order).map(e -> e.id().toString()).toList();
    String separator = path.contains("?") ? "&" : "?";
    for (int limit : new int[] {50, 500}) {
      String page = path + separator + "limit=" + limit;
      assertThat(reader.get(page).expect(200).total()).as(page).isEqualTo(expected.size());
      assertThat(reader.walk(page)).as(page).isEqualTo(expected);
    }
  }

  @Test
  void everything_newest_first_and_within_times() {
    holds("/api/audit-logs", _ -> true, NEWEST);
    Instant from = story.events().get(70).recordedAt();
    Instant to = story.events().get(250).recordedAt();
    holds(
        "/api/audit-logs?date.gte=%s&date.lt=%s".formatted(from, to),
        e -> !e.recordedAt().isBefore(from) && e.recordedAt().isBefore(to),
        NEWEST);
  }

  @Test
  void by_user_and_time() {
    Instant from = story.events().get(70).recordedAt();
    for (String user : USERS) {
      String filter = Reader.encoded(user.replace(",", "\\,"));
      holds("/api/audit-logs?user=" + filter, e -> e.actor().equals(user), NEWEST);
      holds(
          "/api/audit-logs?date.gt=%s&user=%s".formatted(from, filter),
          e -> e.actor().equals(user) && e.recordedAt().isAfter(from),
          NEWEST);
    }
    holds("/api/audit-logs?user=nobody", _ -> false, NEWEST);
  }

  @Test
  void by_subject_and_by_stream() {
    UUID item = story.movements().get(3).item();
    String stream = new StreamName(StreamName.INVENTORY_ITEMS, item).toString();
    holds("/api/audit-logs?subject=" + item, e -> e.stream().equals(stream), NEWEST_OF_STREAM);
    holds(
        "/api/audit-logs?sort=-date&subject=" + item,
        e -> e.stream().equals(stream),
        NEWEST_OF_STREAM);
    holds(
        "/api/audit-logs?resource=inventory-items&subject=" + item,
        e -> e.stream().equals(stream),
        Comparator.comparingLong(RecordedEvent::version));
    holds("/api/audit-logs?resource=accounts&subject=" + item, _ -> false, NEWEST);
  }

  @Test
  void another_tenants_log_is_its_own() {
    Reader nobody = TestNode.shared().reader("audit-nobody");
    assertThat(nobody.get("/api/audit-logs").ids()).isEmpty();
    nobody.get("/api/audit-logs/" + story.events().getFirst().id()).problem(404, "not-found");
    reader.get("/api/audit-logs/" + story.events().getFirst().id()).expect(200);
  }
}
