package xalesin.bench.past;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.sales.SalesOrderEvent.Placed;

class PastsTest {
  private static final int ROWS = 5_000;
  private static final Instant END = Instant.parse("2026-11-22T00:00:00Z");
  private static final List<UUID> ACCOUNTS =
      IntStream.range(0, 9).mapToObj(i -> new UUID(7, i)).toList();

  private static Past past(Resource resource, int rows, long seed) {
    return resource.past(rows, seed, END, ACCOUNTS);
  }

  private static List<Happening> told(Past past) {
    List<Happening> happenings = new ArrayList<>();
    while (!past.isOver()) {
      past.next(happenings);
    }
    return happenings;
  }

  @ParameterizedTest
  @EnumSource
  void every_stream_has_its_versions_without_gaps_and_every_event_its_form(Resource resource) {
    Past past = past(resource, ROWS, 1);
    Map<String, Long> versions = new HashMap<>();
    List<Happening> happenings = told(past);
    for (Happening each : happenings) {
      assertThat(each.version()).isEqualTo(versions.merge(each.stream(), 1L, Long::sum));
      assertThat(each.at()).isBetween(END.minus(Past.SPAN), END);
      EventTypes.Type type = EventTypes.of(each.event());
      assertThat(EventTypes.read(type.name(), type.schemaVersion(), Json.write(each.event())))
          .isEqualTo(each.event());
    }
    assertThat(happenings.size()).isBetween(ROWS, ROWS + ROWS / 8);
    assertThat(past.told()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void the_same_seed_tells_the_same_and_another_seed_something_else(Resource resource) {
    assertThat(told(past(resource, 300, 1))).isEqualTo(told(past(resource, 300, 1)));
    assertThat(told(past(resource, 300, 2))).isNotEqualTo(told(past(resource, 300, 1)));
  }

  @ParameterizedTest
  @EnumSource
  void the_questions_are_the_same_at_every_size(Resource resource) {
    assertThat(past(resource, 400, 1).questions())
        .extracting(Question::name)
        .isEqualTo(past(resource, ROWS, 1).questions().stream().map(Question::name).toList())
        .isNotEmpty();
  }

  @Test
  void one_customer_has_a_tenth_of_the_orders_and_the_others_some_dozens() {
    for (int rows : new int[] {2_000, 20_000}) {
      Map<UUID, Long> orders =
          told(new SalesOrderPast(rows, 1, END)).stream()
              .map(Happening::event)
              .filter(Placed.class::isInstance)
              .collect(groupingBy(event -> ((Placed) event).customer(), counting()));
      List<Long> counts = orders.values().stream().sorted().toList();
      assertThat(counts.getLast()).isBetween(rows / 12L, rows / 8L);
      assertThat(counts.get(counts.size() / 2)).isBetween(60L, 120L);
    }
  }

  @Test
  void no_two_brands_have_one_name() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      assertThat(names.add(Names.brand(i))).isTrue();
    }
  }
}
