package xalesin.bench.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.bench.inventory.Item;
import xalesin.bench.inventory.Tenant;

class AudienceTest {
  private static final Tenant TENANT = Tenant.of(URI.create("http://127.0.0.1:1"), "acme", "token");
  private static final Item ITEM = new Item(TENANT, "a", "A", "parts", "/api/inventory-items/a");

  private final Audience audience = new Audience(List.of(ITEM));
  private final Follower first = new Follower(audience, 0);
  private final Follower second = new Follower(audience, 1);

  private static ServerEvent frame(String kind, long sequence, String rows)
      throws ProtocolException {
    byte[] bytes =
        """
        id: %d
        event: %s
        data: {"sequence":%d,"changes":[{"view":"inventory-items","upserts":[%s],"deletes":[]}]}"""
            .formatted(sequence, kind, sequence, rows)
            .getBytes(UTF_8);
    ServerEvent event = new ServerEvent();
    event.read(bytes, 0, bytes.length);
    return event;
  }

  private static String row(String id, long version) {
    return "{\"id\":\"%s\",\"version\":%d}".formatted(id, version);
  }

  private static void show(Follower follower, long sequence, long version, long nanos)
      throws ProtocolException {
    follower.takes(frame("batch", sequence, row("a", version)), nanos);
  }

  private void everybodyJoins() throws ProtocolException {
    for (Follower follower : List.of(first, second)) {
      assertThat(follower.takes(frame("snapshot", 10, row("a", 2)), 0)).isTrue();
    }
  }

  private @Nullable Watched begin() {
    return audience.begin(new SplittableRandom(1));
  }

  private Watched begun() {
    return Objects.requireNonNull(begin(), "an item that is free");
  }

  @Test
  void a_command_takes_until_the_last_follower_has_its_frame() throws Exception {
    everybodyJoins();
    assertThat(audience.answered(begun(), 3, 1_000_000)).isTrue();
    show(first, 11, 3, 5_000_000);
    assertThat(audience.take().missing()).isEqualTo(1);

    assertThat(audience.answered(begun(), 4, 10_000_000)).isTrue();
    show(second, 12, 4, 50_000_000);
    show(first, 12, 4, 30_000_000);
    Audience.Seen seen = audience.take();
    assertThat(seen.last().getTotalCount()).isEqualTo(1);
    assertThat(seen.last().getMaxValue()).isBetween(40_000_000L, 40_100_000L);
    assertThat(seen.changes()).isEqualTo(2);
    assertThat(seen.missing()).isZero();
  }

  private Audience.Seen twoCommandsThenOneFrameOf(long version) throws ProtocolException {
    everybodyJoins();
    audience.answered(begun(), 3, 1_000_000);
    audience.answered(begun(), 4, 2_000_000);
    show(first, 12, version, 9_000_000);
    show(second, 12, version, 9_000_000);
    return audience.take();
  }

  @Test
  void one_frame_may_bring_several_commands() throws Exception {
    Audience.Seen seen = twoCommandsThenOneFrameOf(4);
    assertThat(seen.last().getTotalCount()).isEqualTo(2);
    assertThat(seen.changes()).isEqualTo(4);
    assertThat(seen.missing()).isZero();
  }

  @Test
  void a_frame_of_an_older_version_brings_no_newer_command() throws Exception {
    Audience.Seen seen = twoCommandsThenOneFrameOf(3);
    assertThat(seen.last().getTotalCount()).isEqualTo(1);
    assertThat(seen.changes()).isEqualTo(2);
    assertThat(seen.missing()).isEqualTo(2);
  }

  @Test
  void a_frame_before_the_answer_counts_as_no_time() throws Exception {
    everybodyJoins();
    Watched item = begun();
    show(first, 11, 3, 4_000_000);
    show(second, 11, 3, 4_000_000);
    assertThat(audience.answered(item, 3, 5_000_000)).isTrue();
    Audience.Seen seen = audience.take();
    assertThat(seen.early()).isEqualTo(1);
    assertThat(seen.last().getMaxValue()).isZero();
  }

  @Test
  void a_lost_follower_misses_what_it_was_not_shown_and_is_waited_for_no_more() throws Exception {
    everybodyJoins();
    audience.answered(begun(), 3, 1_000_000);
    show(first, 11, 3, 2_000_000);
    second.lost();
    audience.answered(begun(), 4, 3_000_000);
    show(first, 12, 4, 4_000_000);
    Audience.Seen seen = audience.take();
    assertThat(seen.last().getTotalCount()).isEqualTo(2);
    assertThat(seen.missing()).isEqualTo(1);
  }

  @Test
  void an_item_takes_one_command_at_a_time_and_none_after_a_failed_one() throws Exception {
    assertThat(begin()).isNull();
    everybodyJoins();
    Watched item = begun();
    assertThat(begin()).isNull();
    assertThat(audience.answered(item, 5, 1_000_000)).isFalse();
    assertThat(begin()).isNull();
    assertThat(audience.take().missing()).isZero();
  }

  @Test
  void frames_out_of_order_and_frames_that_are_none_are_refused() throws Exception {
    everybodyJoins();
    show(first, 12, 3, 0);
    for (ServerEvent wrong :
        List.of(
            frame("batch", 12, row("a", 3)),
            frame("batch", 11, row("a", 3)),
            frame("snapshot", 13, row("a", 3)),
            frame("reset", 13, row("a", 3)),
            frame("batch", 13, "{"))) {
      assertThatThrownBy(() -> first.takes(wrong, 0)).isInstanceOf(ProtocolException.class);
    }
    Follower late = new Follower(audience, 2);
    assertThatThrownBy(() -> late.takes(frame("batch", 13, row("a", 3)), 0))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void frames_of_the_same_id_that_differ_are_told_apart() throws Exception {
    everybodyJoins();
    audience.answered(begun(), 3, 1_000_000);
    first.takes(frame("batch", 11, row("b", 9)), 2_000_000);
    show(second, 11, 3, 3_000_000);
    Audience.Seen seen = audience.take();
    assertThat(seen.changes()).isEqualTo(1);
    assertThat(seen.missing()).isEqualTo(1);
  }
}
