package xalesin.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** A picture of a report, before it is drawn. */
public sealed interface Plot {
  String title();

  String unit();

  /**
   * Curves over a common horizontal axis.
   *
   * @param x what the horizontal axis is
   * @param nines whether x is a quantile, drawn so that each further nine takes the same width
   */
  record Lines(String title, String unit, String x, boolean nines, List<Line> lines)
      implements Plot {}

  /** One curve. */
  record Line(String name, List<Point> points) {}

  /** A point of a curve. */
  record Point(double x, double y) {}

  /** Bars of medians with the range of their runs. */
  record Bars(String title, String unit, List<Bar> bars) implements Plot {}

  /** One bar. */
  record Bar(String name, double median, double min, double max) {}

  static Bars bars(String title, List<Figure> figures) {
    List<Bar> bars =
        figures.stream().map(f -> new Bar(f.name(), f.median(), f.min(), f.max())).toList();
    return new Bars(title, figures.getFirst().unit(), bars);
  }

  /** Latencies in milliseconds by quantile, to the last that the count supports. */
  static Line quantiles(String name, Histogram nanos) {
    List<Point> points = new ArrayList<>();
    for (HistogramIterationValue value : nanos.percentiles(5)) {
      double quantile = value.getPercentileLevelIteratedTo() / 100;
      if (quantile < 1) {
        points.add(new Point(quantile, value.getValueIteratedTo() / 1e6));
      }
    }
    return new Line(name, points);
  }

  static Lines latencies(String title, List<Line> lines) {
    return new Lines(title, "ms", "quantile", true, lines);
  }

  /** Something counted in each second of a run. */
  static Line bySecond(String name, List<Long> counts) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      points.add(new Point(i + 0.5, counts.get(i)));
    }
    return new Line(name, points);
  }

  static Lines timeline(String title, String unit, List<Line> lines) {
    return new Lines(title, unit, "second of the run", false, lines);
  }
}
