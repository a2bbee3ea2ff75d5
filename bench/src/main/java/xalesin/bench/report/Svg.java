package xalesin.bench.report;

import java.util.List;
import java.util.Locale;

/** Draws plots as SVG elements that need nothing else: no script, no font, no other file. */
final class Svg {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 300;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int TOP = 16;
  private static final int BOTTOM = 46;
  private static final int TICKS = 5;
  private static final int BAR_HEIGHT = 30;
  private static final int BAR_LEFT = 250;

  /** Told apart also by those who do not see red and green apart (after Okabe and Ito). */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#555555");

  private Svg() {}

  static String draw(Plot plot) {
    return switch (plot) {
      case Plot.Lines lines -> lines(lines);
      case Plot.Bars bars -> bars(bars);
    };
  }

  private static String lines(Plot.Lines plot) {
    double maxX = 0;
    double maxY = 0;
    for (Plot.Line line : plot.lines()) {
      for (Plot.Point point : line.points()) {
        maxX = Math.max(maxX, place(plot, point.x()));
        maxY = Math.max(maxY, point.y());
      }
    }
    Scale scale = new Scale(maxX == 0 ? 1 : maxX, niceCeiling(maxY));
    StringBuilder svg = open(HEIGHT + 20 * plot.lines().size(), plot.title());
    axes(svg, plot, scale);
    int number = 0;
    for (Plot.Line line : plot.lines()) {
      String colour = COLOURS.get(number % COLOURS.size());
      StringBuilder path = new StringBuilder();
      for (Plot.Point point : line.points()) {
        path.append("%.1f,%.1f ".formatted(scale.x(place(plot, point.x())), scale.y(point.y())));
      }
      add(
          svg,
          String.format(
              Locale.ROOT,
              "<polyline fill='none' stroke='%s' stroke-width='1.8' points='%s'/>",
              colour,
              path.toString().strip()));
      int y = HEIGHT + 20 * number;
      add(
          svg,
          String.format(
              Locale.ROOT,
              "<rect x='%d' y='%d' width='14' height='4' fill='%s'/>",
              LEFT,
              y,
              colour));
      text(svg, LEFT + 22, y + 7, "start", line.name());
      number++;
    }
    return svg.append("</svg>").toString();
  }

  private static void axes(StringBuilder svg, Plot.Lines plot, Scale scale) {
    for (int i = 0; i <= TICKS; i++) {
      double y = scale.maxY * i / TICKS;
      add(
          svg,
          String.format(
              Locale.ROOT,
              "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>",
              LEFT,
              WIDTH - RIGHT,
              scale.y(y),
              scale.y(y)));
      text(svg, LEFT - 8, scale.y(y) + 4, "end", Numbers.text(y));
    }
    int count = plot.nines() ? (int) Math.ceil(scale.maxX) : TICKS;
    for (int i = 0; i <= count; i++) {
      double x = plot.nines() ? i : scale.maxX * i / TICKS;
      if (x <= scale.maxX) {
        String label = plot.nines() ? quantileLabel(i) : Numbers.text(x);
        text(svg, scale.x(x), HEIGHT - BOTTOM + 18, "middle", label);
      }
    }
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + 36, "middle", plot.x());
    text(svg, 4, TOP - 3, "start", plot.unit());
  }

  private static String quantileLabel(int nines) {
    return nines == 0
        ? "0"
        : nines == 1 ? "90 %" : "99" + (nines > 2 ? "." + "9".repeat(nines - 2) : "") + " %";
  }

  private static double place(Plot.Lines plot, double x) {
    return plot.nines() ? -Math.log10(1 - Math.min(x, 1 - 1e-9)) : x;
  }

  private static String bars(Plot.Bars plot) {
    double max = niceCeiling(plot.bars().stream().mapToDouble(Plot.Bar::max).max().orElse(1));
    int height = TOP + BAR_HEIGHT * plot.bars().size() + 10;
    StringBuilder svg = open(height, plot.title());
    double perUnit = (WIDTH - BAR_LEFT - 130) / max;
    int y = TOP;
    for (Plot.Bar bar : plot.bars()) {
      double middle = y + BAR_HEIGHT / 2.0 - 4;
      text(svg, BAR_LEFT - 10, middle + 4, "end", bar.name());
      add(
          svg,
          String.format(
              Locale.ROOT,
              "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>",
              BAR_LEFT,
              y,
              bar.median() * perUnit,
              BAR_HEIGHT - 8,
              COLOURS.getFirst()));
      add(
          svg,
          String.format(
              Locale.ROOT,
              "<line x1='%.1f' x2='%.1f' y1='%.1f' y2='%.1f' stroke='#d55e00' stroke-width='3'/>",
              BAR_LEFT + bar.min() * perUnit,
              BAR_LEFT + bar.max() * perUnit,
              middle,
              middle));
      String label = Numbers.text(bar.median()) + " " + plot.unit();
      text(svg, BAR_LEFT + bar.max() * perUnit + 8, middle + 4, "start", label);
      y += BAR_HEIGHT;
    }
    return svg.append("</svg>").toString();
  }

  private static StringBuilder open(int height, String title) {
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        String.format(
            Locale.ROOT,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img' aria-label='%s'>",
            WIDTH,
            height,
            escape(title)));
    return svg;
  }

  private static void add(StringBuilder svg, String element) {
    svg.append(element).append('\n');
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
    add(
        svg,
        String.format(
            Locale.ROOT,
            "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>",
            x,
            y,
            anchor,
            escape(words)));
  }

  /** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below the value. */
  static double niceCeiling(double value) {
    if (value <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double step : new double[] {1, 2, 2.5, 5}) {
      if (value <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }

  /** From values to places on the drawing. */
  private record Scale(double maxX, double maxY) {
    double x(double value) {
      return LEFT + value / maxX * (WIDTH - LEFT - RIGHT);
    }

    double y(double value) {
      return HEIGHT - BOTTOM - value / maxY * (HEIGHT - TOP - BOTTOM);
    }
  }
}
