package xalesin.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of events in whatever order they come. */
class FramesTest {
  private final Counters counters = new Counters();
  private final List<String> told = new ArrayList<>();
  private final Frames frames =
      new Frames(counters, new Backoff(Duration.ofSeconds(1), new Random(1)), this::tell);

  private boolean tell(LiveState all) {
    return told.add(
        all.sequence()
            + all.rows("items").stream()
                .map(row -> " " + row.path("id").asText() + row.path("n").asInt())
                .reduce("", String::concat));
  }

  /** Such as {@code snapshot 3 a1 b1}, {@code reset 2}, {@code ping 4}; {@code connect} begins. */
  private FramesTest given(String... events) throws ProtocolException {
    for (String event : events) {
      List<String> words = List.of(event.split(" "));
      switch (words.getFirst()) {
        case "connect" -> frames.begin();
        case "ping" -> frames.event("message", words.get(1), new byte[0]);
        case "reset" -> frames.event("reset", null, data(words.get(1), ""));
        default -> frames.event(words.getFirst(), words.get(1), data(words.get(1), changes(words)));
      }
    }
    return this;
  }

  private static String changes(List<String> words) {
    List<String> rows =
        words.stream()
            .skip(2)
            .map(row -> "{\"id\":\"%s\",\"n\":%s}".formatted(row.charAt(0), row.substring(1)))
            .toList();
    return "{\"view\":\"items\",\"upserts\":[%s],\"deletes\":[]}".formatted(String.join(",", rows));
  }

  private static byte[] data(@Nullable String sequence, String changes) {
    return "{\"sequence\":%s,\"changes\":[%s]}".formatted(sequence, changes).getBytes(UTF_8);
  }

  private void tells(String... expected) {
    assertThat(told).containsExactly(expected);
  }

  @Test
  void frames_are_applied_in_their_order() throws Exception {
    given("connect", "snapshot 1 a1", "batch 2 a2", "batch 5 b1").tells("1 a1", "2 a2", "5 a2 b1");
    assertThat(counters.frames.sum()).isEqualTo(3);
    assertThat(frames.begin()).isEqualTo(5);
  }

  @Test
  void what_is_older_than_the_newest_of_the_connection_is_passed_over() throws Exception {
    given("connect", "snapshot 1 a1", "batch 3 a3", "batch 2 a2", "snapshot 1 a1", "reset 1")
        .tells("1 a1", "3 a3");
    assertThat(counters.repeats.sum()).isEqualTo(2);
    assertThat(counters.resets.sum()).isZero();
  }

  @Test
  void a_sign_of_life_moves_what_is_old() throws Exception {
    given("connect", "snapshot 1 a1", "ping 4", "batch 3 a3", "batch 5 a5").tells("1 a1", "5 a5");
    assertThat(given("ping 7", "ping 6", "ping none").frames.begin()).isEqualTo(7);
  }

  @Test
  void a_sign_of_life_before_the_first_frame_says_nothing() throws Exception {
    assertThat(given("connect", "ping 4").frames.begin()).isNegative();
    given("snapshot 1 a1").tells("1 a1");
  }

  @Test
  void after_a_loss_changes_go_on_and_old_ones_are_passed_over() throws Exception {
    given("connect", "snapshot 5 a1", "connect", "batch 4 a9", "batch 6 a2").tells("5 a1", "6 a2");
  }

  @Test
  void another_node_may_know_less_and_sends_all_again() throws Exception {
    given("connect", "snapshot 50 a1", "connect", "reset 40", "snapshot 40 b1", "batch 41 b2")
        .tells("50 a1", "40 b1", "41 b2");
    assertThat(counters.resets.sum()).isOne();
  }

  @Test
  void changes_of_nothing_do_not_fit() {
    assertThatThrownBy(() -> given("connect", "batch 2 a2"))
        .isInstanceOf(InconsistentFrameException.class);
    tells();
  }

  @Test
  void an_order_of_unknown_rows_does_not_fit_and_all_is_asked_for_again() throws Exception {
    given("connect", "snapshot 1 a1");
    byte[] unknown = data("2", "{\"view\":\"items\",\"upserts\":[],\"order\":[\"z\"],\"total\":1}");
    assertThatThrownBy(() -> frames.event("batch", "2", unknown))
        .isInstanceOf(InconsistentFrameException.class);
    assertThat(frames.begin()).isNegative();
    tells("1 a1");
  }

  @Test
  void what_is_no_frame_is_refused_and_what_is_of_later_versions_is_not() throws Exception {
    for (String data : List.of("", "{", "{}", "{\"sequence\":-1}", "{\"sequence\":1} x", "[]")) {
      assertThatThrownBy(() -> frames.event("snapshot", "1", data.getBytes(UTF_8)))
          .as(data)
          .isInstanceOf(ProtocolException.class);
    }
    frames.event("of-a-later-version", "1", new byte[0]);
    tells();
  }
}
