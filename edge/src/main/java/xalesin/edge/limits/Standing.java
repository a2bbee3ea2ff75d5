package xalesin.edge.limits;

import io.github.bucket4j.ConsumptionProbe;

/**
 * How one bucket stands after a request.
 *
 * @param remaining requests left, counted for all nodes together
 * @param resetNanos until it is full
 */
record Standing(Limit limit, long remaining, long resetNanos) {
  private static final long NANOS = 1_000_000_000;

  static Standing after(Limit limit, ConsumptionProbe probe) {
    return new Standing(
        limit, requests(limit, probe.getRemainingTokens()), probe.getNanosToWaitForReset());
  }

  /** Of a bucket from which nothing was taken. */
  static Standing of(Limit limit, Meter meter) {
    return new Standing(
        limit, requests(limit, meter.remainingTokens()), meter.nanosUntil(limit.policy().quota()));
  }

  /** A part of a request's cost is not a request. */
  private static long requests(Limit limit, long tokens) {
    return tokens < limit.cost() ? 0 : tokens;
  }

  /** No bucket needs more than its window; more could only be met while its policy changes. */
  static int secondsUp(long nanos) {
    long seconds = nanos / NANOS + (nanos % NANOS == 0 ? 0 : 1);
    return (int) Math.min(seconds, Policy.MAX_WINDOW_SECONDS);
  }

  long resetSeconds() {
    return secondsUp(resetNanos);
  }

  /** An item of `RateLimit`. */
  StringBuilder addTo(StringBuilder header) {
    return header
        .append('"')
        .append(limit.name())
        .append("\";r=")
        .append(remaining)
        .append(";t=")
        .append(resetSeconds());
  }
}
