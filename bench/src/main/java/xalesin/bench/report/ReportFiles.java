package xalesin.bench.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import xalesin.schemas.Json;

/** Keeps a report: {@code <name>-<time>.json} and {@code .html} side by side. */
public final class ReportFiles {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private ReportFiles() {}

  /** Writes both files; the answer names them. */
  public static List<Path> write(Report report, Path folder) throws IOException {
    Files.createDirectories(folder);
    String name = report.name() + "-" + TIME.format(report.at());
    Path json = folder.resolve(name + ".json");
    Path html = folder.resolve(name + ".html");
    Files.write(
        json,
        Json.MAPPER
            .writer()
            .with(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsBytes(content(report)));
    Files.writeString(html, ReportHtml.of(report));
    return List.of(json, html);
  }

  private static Map<String, Object> content(Report report) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", report.name());
    content.put("question", report.question());
    content.put("baseline", report.baseline());
    content.put("method", report.method());
    content.put("commandLine", report.commandLine());
    content.put("at", report.at().toString());
    content.put("machine", report.machine());
    content.put("settings", report.settings());
    content.put("figures", report.figures().stream().map(ReportFiles::content).toList());
    content.put("doubts", report.doubts());
    content.put("evidence", report.evidence());
    return content;
  }

  private static Map<String, Object> content(Figure figure) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", figure.name());
    content.put("unit", figure.unit());
    content.put("median", figure.median());
    content.put("min", figure.min());
    content.put("max", figure.max());
    content.put("runs", figure.runs());
    Figure.Wanted wanted = figure.wanted();
    if (wanted != null) {
      content.put(wanted.atLeast() ? "wantedAtLeast" : "wantedAtMost", wanted.bound());
      content.put("met", wanted.met(figure.median()));
    }
    return content;
  }
}
