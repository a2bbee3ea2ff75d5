package xalesin.client;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The `Retry-After` of an answer: seconds or a date (RFC 9110, 10.2.3). */
final class RetryAfter {
  /** Nobody is sent away for longer. */
  private static final Duration MOST = Duration.ofMinutes(5);

  private static final int MAX_DIGITS = 9;

  private RetryAfter() {}

  static Optional<Duration> of(HttpHeaders headers) {
    return headers.firstValue("Retry-After").flatMap(text -> parse(text.strip()));
  }

  private static Optional<Duration> parse(String text) {
    if (!text.isEmpty()
        && text.length() <= MAX_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(bounded(Duration.between(Clock.systemUTC().instant(), date)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration pause) {
    if (pause.isNegative()) {
      return Duration.ZERO;
    }
    return pause.compareTo(MOST) < 0 ? pause : MOST;
  }
}
