package xalesin.bench.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts one run of one loop. Not thread-safe: only the loop's thread touches it. */
final class Tally {
  /** A run with more failures than this is not worth going on with. */
  static final int MAX_FAILURES = 10_000;

  private static final int MAX_SAMPLES = 5;
  private static final int MAX_REASONS = 50;
  private static final int SAMPLE_LENGTH = 2_000;
  private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(30);

  private final long startNanos;
  private final long endNanos;
  private final Histogram exchange = newHistogram();
  private final Map<String, Histogram> series = new HashMap<>();
  private final Map<String, Long> failures = new TreeMap<>();
  private final List<String> samples = new ArrayList<>();
  private long[] perSecond = new long[64];
  private int seconds;
  private long lastDoneNanos;
  private long completedInWindow;

  long completed;
  long failed;
  long requests;
  long bytesRead;
  long maxBacklog;
  long neverSent;
  long reconnects;
  @Nullable String stopped;

  Tally(long startNanos, long endNanos) {
    this.startNanos = startNanos;
    this.endNanos = endNanos;
    this.lastDoneNanos = startNanos;
    series.put(Outcome.EXCHANGE, exchange);
  }

  /** One microsecond to half an hour, three digits. */
  static Histogram newHistogram() {
    return new Histogram(1_000, HIGHEST_NANOS, 3);
  }

  void record(String name, long nanos) {
    put(series.computeIfAbsent(name, _ -> newHistogram()), nanos);
  }

  private static void put(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, HIGHEST_NANOS));
  }

  void done(long nanos, long doneNanos) {
    completed++;
    put(exchange, nanos);
    lastDoneNanos = doneNanos;
    if (doneNanos - endNanos <= 0) {
      completedInWindow++;
    }
    int second = (int) ((doneNanos - startNanos) / 1_000_000_000L);
    if (second >= perSecond.length) {
      perSecond = Arrays.copyOf(perSecond, Math.max(second + 1, perSecond.length * 2));
    }
    perSecond[second]++;
    seconds = Math.max(seconds, second + 1);
  }

  /** An exchange that failed after the given time, which is recorded like any other's. */
  void failed(String reason, long nanos) {
    failed++;
    put(exchange, nanos);
    String known = failures.size() < MAX_REASONS || failures.containsKey(reason) ? reason : "other";
    failures.merge(known, 1L, Long::sum);
    if (failed >= MAX_FAILURES && stopped == null) {
      stopped = "more than " + MAX_FAILURES + " failures";
    }
  }

  void sample(Answer answer) {
    if (samples.size() < MAX_SAMPLES) {
      String body = answer.body();
      samples.add(
          answer.status()
              + " "
              + body.substring(0, Math.min(body.length(), SAMPLE_LENGTH)).strip());
    }
  }

  /**
   * @param byCount whether the run ended by its count, so that its window ends with its last answer
   */
  Outcome outcome(boolean byCount, long clientCpuNanos) {
    double window = ((byCount ? lastDoneNanos : endNanos) - startNanos) / 1e9;
    return new Outcome(
        window,
        completed,
        completedInWindow,
        failed,
        Map.copyOf(failures),
        List.copyOf(samples),
        Map.copyOf(series),
        Arrays.stream(perSecond, 0, seconds).boxed().toList(),
        clientCpuNanos,
        requests,
        bytesRead,
        maxBacklog,
        neverSent,
        reconnects,
        stopped);
  }
}
