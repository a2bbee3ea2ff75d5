package xalesin.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number that a benchmark answers with: the median of its runs, with the runs beside it.
 *
 * @param name what it is, such as {@code get, 64 connections}
 * @param unit such as {@code requests/s}
 * @param runs the value of each run, in order; at least one
 * @param wanted what the project asks of it, or null
 */
public record Figure(String name, String unit, List<Double> runs, @Nullable Wanted wanted) {
  public Figure {
    runs = List.copyOf(runs);
    if (runs.isEmpty() || runs.stream().anyMatch(run -> !Double.isFinite(run))) {
      throw new IllegalArgumentException("a figure needs runs, all of them numbers: " + name);
    }
  }

  /**
   * What is asked of a figure.
   *
   * @param bound the value to keep
   * @param atLeast whether more is better
   */
  public record Wanted(double bound, boolean atLeast) {
    public static Wanted atLeast(double bound) {
      return new Wanted(bound, true);
    }

    public static Wanted atMost(double bound) {
      return new Wanted(bound, false);
    }

    boolean met(double value) {
      return atLeast ? value >= bound : value <= bound;
    }

    @Override
    public String toString() {
      return (atLeast ? "≥ " : "≤ ") + Numbers.text(bound);
    }
  }

  public static Figure of(String name, String unit, List<Double> runs) {
    return new Figure(name, unit, runs, null);
  }

  public static Figure single(String name, String unit, double value) {
    return new Figure(name, unit, List.of(value), null);
  }

  /** Something counted, exact as far as a double is. */
  public static Figure count(String name, String unit, long value) {
    return single(name, unit, (double) value);
  }

  public Figure wanting(Wanted bound) {
    return new Figure(name, unit, runs, bound);
  }

  public double median() {
    return Numbers.median(runs);
  }

  public double min() {
    return runs.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double max() {
    return runs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Whether the median is as wanted; null when nothing is. */
  public @Nullable Boolean met() {
    return wanted == null ? null : wanted.met(median());
  }
}
