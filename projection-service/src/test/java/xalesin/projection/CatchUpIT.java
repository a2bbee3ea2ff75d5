package xalesin.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.embedded.EmbeddedKafka;
import xalesin.embedded.KafkaOptions;
import xalesin.embedded.KafkaServer;
import xalesin.projection.ViewsState.Status;
import xalesin.schemas.RecordedEvent;

/** On a broker of its own: the log begins empty, and ends with the marks of transactions. */
class CatchUpIT {
  private static final Instant START = Instant.parse("2020-11-01T10:00:00Z");
  private static final int EVENTS = 3_000;
  private static final int TRANSACTION = 500;

  @TempDir private Path folder;
  private KafkaServer kafka;

  @BeforeEach
  void startKafka() {
    kafka = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")));
  }

  @AfterEach
  void stopKafka() {
    kafka.close();
  }

  @Test
  void views_are_read_whole_or_not_at_all_while_they_are_built_anew() throws Exception {
    List<RecordedEvent> first = new RandomEvents(1, "first", START).next(EVENTS);
    List<RecordedEvent> second = new RandomEvents(2, "second", START).next(EVENTS);
    Map<String, Long> all = Map.of("first", (long) EVENTS, "second", (long) EVENTS);
    try (ProjectionService node = Nodes.start(fresh("empty"))) {
      Nodes.await().until(() -> node.health().status() == Status.RUNNING);
      node.requireWholeLog();
      Nodes.await().until(() -> node.health().ready());
      try (TenantViews views = node.views().snapshot("first")) {
        assertThat(views.sequence()).isZero();
      }
      assertThat(node.views().freshness("first").asOf()).isNull();
    }
    try (EventLog log = new EventLog(kafka.bootstrapServers())) {
      for (int from = 0; from < EVENTS; from += TRANSACTION) {
        List<RecordedEvent> both = new ArrayList<>(first.subList(from, from + TRANSACTION));
        both.addAll(second.subList(from, from + TRANSACTION));
        log.writeInOneTransaction(both);
      }
      log.takeBack(List.of(first.getFirst(), second.getFirst()));
    }
    try (ProjectionService node = Nodes.start(fresh("alone"))) {
      expectWholeOrNotAtAll(List.of(node), all);
      node.requireWholeLog();
      Nodes.await().until(() -> node.health().status() == Status.RUNNING);
      assertThat(node.views().tenants()).containsExactly("first", "second");
      try (TenantViews views = node.views().snapshot("second")) {
        new BruteForce().fold(second).assertEqual(views);
      }
    }
    ProjectionConfig one = fresh("one");
    ProjectionConfig other =
        ProjectionConfig.of(kafka.bootstrapServers(), folder.resolve("other"))
            .rebuild(one.rebuild());
    try (ProjectionService node = Nodes.start(one);
        ProjectionService late = Nodes.start(other)) {
      expectWholeOrNotAtAll(List.of(node, late), all);
    }
  }

  @Test
  void who_requires_the_whole_log_is_ready_only_with_all_that_it_has() throws Exception {
    List<RecordedEvent> events = new RandomEvents(3, "later", START).next(EVENTS);
    try (EventLog log = new EventLog(kafka.bootstrapServers());
        ProjectionService node = Nodes.start(fresh("whole"))) {
      Nodes.await().until(() -> node.health().ready());
      log.writeInOneTransaction(events);
      node.requireWholeLog();
      Nodes.await().until(() -> node.health().ready());
      try (TenantViews views = node.views().snapshot("later")) {
        assertThat(views.sequence()).isEqualTo(EVENTS);
      }
    }
  }

  private ProjectionConfig fresh(String name) {
    return Nodes.fresh(kafka.bootstrapServers(), folder.resolve(name));
  }

  /** Reads on and on until each tenant has been read; bounded by what there is to apply. */
  private static void expectWholeOrNotAtAll(
      List<ProjectionService> nodes, Map<String, Long> sequences) {
    Set<String> seen = new HashSet<>();
    Nodes.await()
        .until(
            () -> {
              for (ProjectionService node : nodes) {
                sequences.forEach((tenant, sequence) -> look(node, tenant, sequence, seen));
              }
              return seen.containsAll(sequences.keySet())
                  && nodes.stream().allMatch(node -> node.health().ready());
            });
  }

  private static void look(ProjectionService node, String tenant, long sequence, Set<String> seen) {
    try (TenantViews views = node.views().snapshot(tenant)) {
      assertThat(views.sequence()).as("%s, %s", tenant, node.health()).isEqualTo(sequence);
      seen.add(tenant);
    } catch (ViewsUnavailableException e) {
      assertThat(e).hasMessageContaining("partition");
    }
  }
}
