package xalesin.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one run measured.
 *
 * @param seconds length of the window; when a run ended by its count, until its last answer
 * @param completed exchanges done as expected, those after the window's end too
 * @param completedInWindow those done before the window's end: the throughput's numerator
 * @param failed exchanges that ended otherwise, those never answered included
 * @param failures how many failed, by reason
 * @param samples a few failed answers in full
 * @param series durations in nanoseconds by name; {@link #EXCHANGE} is always there
 * @param perSecond exchanges done in each second of the run
 * @param clientCpuNanos CPU time of the client's threads
 * @param requests sent
 * @param bytesRead of answers
 * @param maxBacklog most exchanges that were due and had no free connection (open loop)
 * @param neverSent exchanges that were due in the window and found no free connection until the
 *     end; their waiting counts in {@link #EXCHANGE}
 * @param reconnects connections opened again
 * @param stopped why the run ended before its bounds, or null
 */
public record Outcome(
    double seconds,
    long completed,
    long completedInWindow,
    long failed,
    Map<String, Long> failures,
    List<String> samples,
    Map<String, Histogram> series,
    List<Long> perSecond,
    long clientCpuNanos,
    long requests,
    long bytesRead,
    long maxBacklog,
    long neverSent,
    long reconnects,
    @Nullable String stopped) {
  /** From the intended beginning (open loop) or the first byte sent (closed) to the last answer. */
  public static final String EXCHANGE = "exchange";

  /** How much later than intended the first byte went out: what the client itself adds. */
  public static final String SENT_LATE = "sent late";

  /** Lateness at p99 above which an open loop says that it did not keep its schedule. */
  private static final long LATE_NANOS = 10_000_000;

  public double perSecondRate() {
    return seconds == 0 ? 0 : completedInWindow / seconds;
  }

  public double clientCpuMicrosPerRequest() {
    return requests == 0 ? 0 : clientCpuNanos / 1e3 / requests;
  }

  public Histogram exchange() {
    return series(EXCHANGE);
  }

  /** The named series; empty when nothing was recorded under it. */
  public Histogram series(String name) {
    Histogram histogram = series.get(name);
    return histogram == null ? Tally.newHistogram() : histogram;
  }

  /** Why the numbers of this run should not be taken at face value; empty when they can. */
  public List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    if (stopped != null) {
      doubts.add("stopped early: " + stopped);
    }
    if (failed > 0) {
      doubts.add(failed + " exchanges failed: " + failures);
    }
    if (neverSent > 0) {
      doubts.add(
          "could not keep the schedule: " + neverSent + " exchanges never found a free connection");
    }
    Histogram late = series(SENT_LATE);
    if (late.getTotalCount() > 0 && late.getValueAtPercentile(99) > LATE_NANOS) {
      doubts.add(
          String.format(
              Locale.ROOT,
              "could not keep the schedule: sent %.1f ms late at p99, at most %d waiting",
              late.getValueAtPercentile(99) / 1e6,
              maxBacklog));
    }
    return doubts;
  }

  /** Both parts of one run that went on at the same time. */
  Outcome plus(Outcome other) {
    Map<String, Long> reasons = new TreeMap<>(failures);
    other.failures.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    Map<String, Histogram> all = new TreeMap<>();
    for (Map<String, Histogram> part : List.of(series, other.series)) {
      part.forEach((name, h) -> all.computeIfAbsent(name, _ -> Tally.newHistogram()).add(h));
    }
    List<String> bodies = new ArrayList<>(samples);
    bodies.addAll(other.samples);
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < Math.max(perSecond.size(), other.perSecond.size()); i++) {
      counts.add(
          (i < perSecond.size() ? perSecond.get(i) : 0)
              + (i < other.perSecond.size() ? other.perSecond.get(i) : 0));
    }
    return new Outcome(
        Math.max(seconds, other.seconds),
        completed + other.completed,
        completedInWindow + other.completedInWindow,
        failed + other.failed,
        reasons,
        bodies,
        all,
        counts,
        clientCpuNanos + other.clientCpuNanos,
        requests + other.requests,
        bytesRead + other.bytesRead,
        maxBacklog + other.maxBacklog,
        neverSent + other.neverSent,
        reconnects + other.reconnects,
        stopped == null ? other.stopped : stopped);
  }
}
