package xalesin.edge.limits;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many requests in a window: a bucket that holds as many tokens as the quota and is refilled
 * evenly, the whole of it in one window. A short window allows small bursts, a long one large ones.
 *
 * @param quota requests, 1 to {@link #MAX_QUOTA}
 * @param windowSeconds 1 to 3,600
 */
public record Policy(long quota, int windowSeconds) {
  /** Below one token a nanosecond, which is as fast as a bucket counts. */
  static final long MAX_QUOTA = 100_000_000;

  static final int MAX_WINDOW_SECONDS = 3_600;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})/(\\d{1,4})([smh])");
  private static final String FORM = "must be requests and a window such as 100/1s, 5000/10s or ";

  public Policy {
    if (quota < 1 || quota > MAX_QUOTA) {
      throw new IllegalArgumentException("must allow from 1 to " + MAX_QUOTA + " requests");
    }
    if (windowSeconds < 1 || windowSeconds > MAX_WINDOW_SECONDS) {
      throw new IllegalArgumentException("must have a window from 1s to 1h");
    }
  }

  /** From the form `5000/10s`; throws IllegalArgumentException that says what is wrong. */
  @JsonCreator
  public static Policy parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(FORM + "6000/1m");
    }
    int unitSeconds =
        switch (matcher.group(3)) {
          case "h" -> 3_600;
          case "m" -> 60;
          default -> 1;
        };
    return new Policy(
        Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)) * unitSeconds);
  }

  Duration window() {
    return Duration.ofSeconds(windowSeconds);
  }

  /** As {@link #parse} reads it. */
  @JsonValue
  @Override
  public String toString() {
    return quota + "/" + windowSeconds + "s";
  }
}
