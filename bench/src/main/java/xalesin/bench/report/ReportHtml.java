package xalesin.bench.report;

import java.util.List;
import java.util.Map;

/** A report as one HTML page that loads nothing else. */
public final class ReportHtml {
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; \
      padding: 0 1rem; color: #222; background: #fff }
      h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem }
      table { border-collapse: collapse; width: 100% }
      th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #ddd }
      td.n { text-align: right; font-variant-numeric: tabular-nums }
      .missed { color: #b00020; font-weight: 600 } .met { color: #00695c }
      .doubt { background: #fff3cd; padding: .4rem .8rem }
      svg { width: 100%; height: auto; font: 12px system-ui, sans-serif }
      svg text { fill: #222 } svg .grid { stroke: #e3e3e3 }
      code { background: #f3f3f3; padding: .1rem .3rem }
      """;

  private ReportHtml() {}

  public static String of(Report report) {
    StringBuilder html = new StringBuilder();
    String title = "Xalesin benchmark: " + report.name();
    html.append("<!doctype html>\n<html lang='en'>\n<meta charset='utf-8'>\n")
        .append("<meta name='viewport' content='width=device-width'>\n<title>")
        .append(Svg.escape(title))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n");
    element(html, "h1", title);
    element(html, "p", report.question());
    element(html, "p", "Baseline: " + report.baseline());
    for (String doubt : report.doubts()) {
      html.append("<p class='doubt'>").append(Svg.escape(doubt)).append("</p>\n");
    }
    figures(html, report.figures());
    for (Plot plot : report.plots()) {
      element(html, "h2", plot.title());
      html.append(Svg.draw(plot)).append('\n');
    }
    element(html, "h2", "How it was measured");
    html.append("<p><code>").append(Svg.escape(report.commandLine())).append("</code>, ");
    html.append(report.at()).append("</p>\n<ul>\n");
    report.method().forEach(sentence -> element(html, "li", sentence));
    html.append("</ul>\n");
    pairs(html, "Settings", report.settings());
    pairs(html, "Machine", report.machine());
    return html.append("</html>\n").toString();
  }

  private static void figures(StringBuilder html, List<Figure> figures) {
    html.append("<table>\n<tr>");
    ReportTable.head().forEach(name -> element(html, "th", name));
    html.append("</tr>\n");
    for (Figure figure : figures) {
      List<String> row = ReportTable.row(figure);
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        String style = i >= 1 && i <= 4 ? "n" : i == 7 ? verdict(figure) : "";
        html.append("<td class='").append(style).append("'>");
        html.append(Svg.escape(row.get(i))).append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private static String verdict(Figure figure) {
    return Boolean.FALSE.equals(figure.met()) ? "missed" : "met";
  }

  private static void pairs(StringBuilder html, String title, Map<String, String> pairs) {
    element(html, "h2", title);
    html.append("<table>\n");
    pairs.forEach(
        (name, value) -> {
          html.append("<tr>");
          element(html, "td", name);
          element(html, "td", value);
          html.append("</tr>\n");
        });
    html.append("</table>\n");
  }

  private static void element(StringBuilder html, String name, String text) {
    html.append('<').append(name).append('>').append(Svg.escape(text));
    html.append("</").append(name).append(">\n");
  }
}
