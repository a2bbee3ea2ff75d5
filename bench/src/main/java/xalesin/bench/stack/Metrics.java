package xalesin.bench.stack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One reading of a management port's {@code /metrics} (Prometheus text format). Immutable.
 *
 * @param samples value by series: name with its labels, as written
 */
public record Metrics(Map<String, Double> samples) {
  private static final String BUCKET = "_bucket{";

  public static Metrics parse(String text) {
    Map<String, Double> samples = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int space = line.indexOf(' ', line.lastIndexOf('}') + 1);
      if (space > 0) {
        samples.put(line.substring(0, space), number(line.substring(space + 1).strip()));
      }
    }
    return new Metrics(samples);
  }

  private static double number(String text) {
    int end = text.indexOf(' ');
    String value = end < 0 ? text : text.substring(0, end);
    return switch (value) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(value);
    };
  }

  /** The sum over all series of this name, whatever their labels; 0 when there is none. */
  public double sum(String name) {
    double sum = 0;
    for (Map.Entry<String, Double> sample : samples.entrySet()) {
      String series = sample.getKey();
      if (series.equals(name) || series.startsWith(name + "{")) {
        sum += sample.getValue();
      }
    }
    return sum;
  }

  /**
   * The sum over the series of this name that have the label.
   *
   * @param label as written: {@code name="value"}
   */
  public double sum(String name, String label) {
    double sum = 0;
    for (Map.Entry<String, Double> sample : samples.entrySet()) {
      String series = sample.getKey();
      if (series.startsWith(name + "{") && series.contains(label)) {
        sum += sample.getValue();
      }
    }
    return sum;
  }

  /** What the histogram of this name counted between an earlier reading and this one. */
  public Buckets since(Metrics before, String name) {
    TreeMap<Double, Double> earlier = before.cumulative(name);
    TreeMap<Double, Double> counts = cumulative(name);
    counts.replaceAll(
        (bound, count) -> {
          // A bucket that was not there yet held what the one below it did.
          Map.Entry<Double, Double> then = earlier.floorEntry(bound);
          return then == null ? count : count - then.getValue();
        });
    return new Buckets(counts);
  }

  private TreeMap<Double, Double> cumulative(String name) {
    TreeMap<Double, Double> counts = new TreeMap<>();
    samples.forEach(
        (series, value) -> {
          if (series.startsWith(name + BUCKET)) {
            counts.merge(number(label(series, "le")), value, Double::sum);
          }
        });
    return counts;
  }

  private static String label(String series, String label) {
    int start = series.indexOf(label + "=\"") + label.length() + 2;
    return series.substring(start, series.indexOf('"', start));
  }

  /**
   * A histogram of Prometheus: how many were at or below each bound.
   *
   * @param cumulative count by upper bound, in the metric's own unit
   */
  public record Buckets(TreeMap<Double, Double> cumulative) {
    public double count() {
      return cumulative.isEmpty() ? 0 : cumulative.lastEntry().getValue();
    }

    /**
     * The value at a quantile, interpolated within its bucket as Prometheus' histogram_quantile
     * does; NaN when nothing was counted.
     */
    public double quantile(double quantile) {
      double rank = quantile * count();
      if (count() <= 0) {
        return Double.NaN;
      }
      double lowerBound = 0;
      double lowerCount = 0;
      for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
        double bound = bucket.getKey();
        double count = bucket.getValue();
        if (count >= rank) {
          if (Double.isInfinite(bound) || count == lowerCount) {
            return lowerBound;
          }
          return lowerBound + (bound - lowerBound) * (rank - lowerCount) / (count - lowerCount);
        }
        lowerBound = bound;
        lowerCount = count;
      }
      return lowerBound;
    }
  }
}
