package xalesin.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A report as plain text for a terminal. */
public final class ReportTable {
  private static final List<String> HEAD =
      List.of("", "median", "min", "max", "runs", "unit", "wanted", "");

  private ReportTable() {}

  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(report.name()).append(": ").append(report.question()).append('\n');
    text.append("baseline: ").append(report.baseline()).append("\n\n");
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    report.figures().forEach(figure -> rows.add(row(figure)));
    text.append(aligned(rows));
    report.doubts().forEach(doubt -> text.append("\nDOUBT ").append(doubt));
    return text.append(report.doubts().isEmpty() ? "" : "\n").toString();
  }

  static List<String> row(Figure figure) {
    Boolean met = figure.met();
    return List.of(
        figure.name(),
        Numbers.text(figure.median()),
        Numbers.text(figure.min()),
        Numbers.text(figure.max()),
        Integer.toString(figure.runs().size()),
        figure.unit(),
        figure.wanted() == null ? "" : figure.wanted().toString(),
        met == null ? "" : met ? "met" : "MISSED");
  }

  static List<String> head() {
    return HEAD;
  }

  private static String aligned(List<List<String>> rows) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        boolean number = i >= 1 && i <= 4;
        char[] blanks = new char[widths[i] - row.get(i).length()];
        Arrays.fill(blanks, ' ');
        line.append(number ? new String(blanks) + row.get(i) : row.get(i) + new String(blanks));
        line.append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
