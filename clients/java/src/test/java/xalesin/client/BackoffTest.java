package xalesin.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
  /** Draws the most each time. */
  private static final class Highest implements RandomGenerator {
    @Override
    public long nextLong() {
      return Long.MAX_VALUE;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }

  @Test
  void waits_double_from_what_the_server_says_up_to_the_cap_and_begin_anew() {
    Backoff backoff = new Backoff(Duration.ofSeconds(5), new Highest());
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
    backoff.reset();
    backoff.startAt(800);
    assertThat(List.of(backoff.next(), backoff.next(), backoff.next(), backoff.next()))
        .containsExactly(
            Duration.ofMillis(800),
            Duration.ofMillis(1_600),
            Duration.ofMillis(3_200),
            Duration.ofSeconds(5));
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(5));
    }
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(800));
  }

  @Test
  void waits_are_drawn_from_nothing_on() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), new java.util.SplittableRandom(1));
    List<Long> waits =
        java.util.stream.Stream.generate(() -> backoff.next().toMillis()).limit(1_000).toList();
    assertThat(waits).allMatch(wait -> wait >= 0 && wait <= 1_000);
    assertThat(waits).anyMatch(wait -> wait < 100).anyMatch(wait -> wait > 900);
  }

  @Test
  void a_server_cannot_make_the_first_wait_longer_than_the_cap() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), new Highest());
    backoff.startAt(999_999_999);
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void retry_after_is_seconds_or_a_date_and_bounded() {
    assertThat(retryAfter("7")).contains(Duration.ofSeconds(7));
    assertThat(retryAfter("999999")).contains(Duration.ofMinutes(5));
    assertThat(retryAfter("Wed, 21 Oct 2015 07:28:00 GMT")).contains(Duration.ZERO);
    assertThat(retryAfter("Sat, 21 Oct 2215 07:28:00 GMT")).contains(Duration.ofMinutes(5));
    assertThat(retryAfter("soon")).isEmpty();
    assertThat(RetryAfter.of(HttpHeaders.of(Map.of(), (_, _) -> true))).isEmpty();
  }

  private static java.util.Optional<Duration> retryAfter(String value) {
    return RetryAfter.of(HttpHeaders.of(Map.of("Retry-After", List.of(value)), (_, _) -> true));
  }
}
