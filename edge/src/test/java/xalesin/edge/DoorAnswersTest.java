package xalesin.edge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.edge.TestDoor.await;
import static xalesin.edge.TestDoor.get;
import static xalesin.edge.TestDoor.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import xalesin.edge.limits.WorkConfig;
import xalesin.edge.limits.WorkConfig.Places;

/** Clients that do not take what they have asked for. */
class DoorAnswersTest {
  private static final int MIB = 1 << 20;
  private static final int LARGE = 8 * MIB;
  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration NEVER = TestDoor.PATIENCE;

  private final CountDownLatch go = new CountDownLatch(1);
  private @Nullable TestDoor opened;

  @AfterEach
  void shut() {
    go.countDown();
    door().close();
  }

  private void open(Places reads, long memoryBytes, Duration answersWithin) {
    WorkConfig usual = WorkConfig.USUAL;
    HttpDoorConfig config =
        HttpDoorConfig.of(0)
            .withWork(new WorkConfig(usual.command(), reads, usual.search(), usual.live(), NEVER))
            .withBodyLimits(64 << 10, memoryBytes)
            .withTimeouts(NEVER, answersWithin, Duration.ofSeconds(5));
    opened =
        new TestDoor(
            config,
            List.of(
                get(
                    "/api/held",
                    Role.VIEWER,
                    x -> {
                      go.await(NEVER.toSeconds(), TimeUnit.SECONDS);
                      x.json(200, new byte[MIB]);
                    }),
                get("/api/small", Role.VIEWER, x -> x.json(200, Map.of())),
                get("/api/mib", Role.VIEWER, x -> x.json(200, new byte[MIB])),
                get("/api/large", Role.VIEWER, x -> x.json(200, new byte[LARGE]))));
  }

  private TestDoor door() {
    return requireNonNull(opened);
  }

  private String[] token(String tenant) {
    return new String[] {"authorization", "Bearer " + door().tokenOf(tenant, "ann")};
  }

  private HttpResponse<String> small(String tenant) throws Exception {
    return door()
        .send(
            door()
                .request("/api/small")
                .header("Authorization", "Bearer " + door().tokenOf(tenant, "ann"))
                .GET());
  }

  private double unsent() {
    return door().registry.get("http.server.answers.unsent").gauge().value();
  }

  private double cutOff() {
    return door().registry.get("http.server.answers.cut.off").counter().count();
  }

  @Test
  void answers_that_are_not_taken_hold_no_place_to_work() throws Exception {
    open(new Places(2, 100), 1L << 30, NEVER);
    try (RawHttp2 slow = new RawHttp2(door().port())) {
      slow.window(0);
      for (int i = 0; i < 10; i++) {
        slow.request(1 + 2 * i, true, "GET", "/api/mib", token("slow"));
      }
      await().until(() -> unsent() >= 10 * MIB);
      assertThat(door().registry.get("http.server.work").tag("class", "read").gauge().value())
          .isZero();
      assertThat(small("other").statusCode()).isEqualTo(200);
      assertThat(small("slow").statusCode()).isEqualTo(200);
    }
    await().until(() -> unsent() == 0);
  }

  @Test
  void a_tenant_that_takes_nothing_has_half_of_the_memory_and_then_only_waits_for_itself()
      throws Exception {
    open(new Places(4, 100), 4L * MIB, NEVER);
    try (RawHttp2 slow = new RawHttp2(door().port())) {
      slow.window(0);
      for (int i = 0; i < 2; i++) {
        slow.request(1 + 2 * i, true, "GET", "/api/mib", token("slow"));
      }
      await().until(() -> unsent() >= 2 * MIB);
      JsonNode refused = problem(small("slow"), 503, "overloaded");
      assertThat(refused.path("detail").asText()).contains("not taken");
      assertThat(small("other").statusCode()).isEqualTo(200);

      slow.takeMore(0, MIB);
      slow.takeMore(1, MIB);
      assertThat(slow.statusOf(1)).isEqualTo(200);
      await().until(() -> unsent() < 2 * MIB);
      assertThat(small("slow").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void those_who_waited_for_a_place_find_the_memory_as_it_is_then() throws Exception {
    open(new Places(2, 20), 2L * MIB, NEVER);
    try (RawHttp2 slow = new RawHttp2(door().port())) {
      slow.window(1000);
      for (int i = 0; i < 5; i++) {
        slow.request(1 + 2 * i, true, "GET", "/api/held", token("slow"));
      }
      await()
          .until(
              () ->
                  door()
                          .registry
                          .get("http.server.work.waiting")
                          .tag("class", "read")
                          .gauge()
                          .value()
                      == 4);
      go.countDown();
      Set<Integer> refused = new HashSet<>();
      while (refused.size() < 4) {
        refused.add(slow.await(frame -> frame.stream() > 0 && frame.ends(frame.stream())).stream());
      }
      for (int stream : refused) {
        assertThat(slow.statuses).containsEntry(stream, 503);
      }
    }
  }

  @Test
  void when_all_of_the_memory_is_not_taken_everybody_waits() throws Exception {
    open(new Places(4, 100), 2L * MIB, NEVER);
    try (RawHttp2 slow = new RawHttp2(door().port())) {
      slow.window(0);
      slow.request(1, true, "GET", "/api/mib", token("slow"));
      slow.request(3, true, "GET", "/api/mib", token("slower"));
      await().until(() -> unsent() >= 2 * MIB);
      problem(small("other"), 503, "overloaded");
    }
    await().until(() -> unsent() == 0);
    assertThat(small("other").statusCode()).isEqualTo(200);
  }

  @Test
  void refusals_that_are_not_taken_are_bounded_and_the_next_is_broken_off() throws Exception {
    int most = 3;
    open(new Places(4, 100), 4L * most * UnsentAnswers.EACH_BYTES, NEVER);
    try (RawHttp2 stranger = new RawHttp2(door().port())) {
      stranger.window(0);
      for (int i = 0; i < most; i++) {
        stranger.request(1 + 2 * i, true, "GET", "/api/small");
        int sent = 1 + i;
        await().until(() -> unsent() > sent * UnsentAnswers.EACH_BYTES);
      }
      int next = 1 + 2 * most;
      stranger.request(next, true, "GET", "/api/small");
      assertThat(stranger.await(frame -> frame.ends(next)).error()).isEqualTo(RawHttp2.CANCEL);
      assertThat(stranger.statuses).doesNotContainKey(next);
      assertThat(small("other").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void an_answer_that_is_taken_byte_by_byte_is_cut_off_in_its_time() throws Exception {
    open(new Places(4, 100), 1L << 30, SOON);
    try (RawHttp2 slow = new RawHttp2(door().port())) {
      slow.window(0);
      slow.request(1, true, "GET", "/api/mib", token("slow"));
      Trickle trickle = Trickle.start(() -> slow.takeMore(1, 1));
      assertThat(slow.await(frame -> frame.ends(1)).error()).isEqualTo(RawHttp2.CANCEL);
      trickle.endAndWait();
      assertThat(cutOff()).isEqualTo(1);
      await().until(() -> unsent() == 0);
    }
  }

  @Test
  void an_answer_that_is_not_read_at_all_is_cut_off_in_its_time() throws Exception {
    open(new Places(4, 100), 1L << 30, SOON);
    try (RawHttp slow = new RawHttp(door().port())) {
      slow.send(
          "GET /api/large HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
              + token("slow")[1]
              + "\r\n\r\n");
      await().until(() -> cutOff() == 1 && unsent() == 0);
      door().awaitNoConnections();
    }
  }

  @Test
  void a_connection_that_takes_nothing_ends_with_its_answers() throws Exception {
    open(new Places(4, 100), 1L << 30, SOON);
    try (RawHttp2 slow = new RawHttp2(door().port())) {
      askForMore(slow);
      await().until(() -> cutOff() == 1 && unsent() == 0);
      door().awaitNoConnections();
    }
  }

  /** There is room for all of it, but nobody reads from the socket. */
  private void askForMore(RawHttp2 slow) throws IOException {
    slow.window(Integer.MAX_VALUE);
    slow.takeMore(0, 1 << 30);
    slow.request(1, true, "GET", "/api/large", token("slow"));
  }
}
