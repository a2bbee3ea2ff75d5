package xalesin.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of all events in {@code docs/events.md}. */
record EventDocs(Map<String, Row> rows) {
  private static final Path FILE = Path.of("../docs/events.md");
  private static final Pattern ROW = Pattern.compile("\\| `([A-Za-z]+)` \\| ([0-9]+) \\| (.+) \\|");
  private static final Pattern STREAM = Pattern.compile("### `([a-z-]+)`.*");

  /**
   * @param resource of the stream it is in
   * @param version that is written now
   * @param words what happened
   */
  record Row(String resource, int version, String words) {}

  static EventDocs read() {
    Map<String, Row> rows = new LinkedHashMap<>();
    String resource = "";
    try {
      for (String line : Files.readAllLines(FILE)) {
        Matcher stream = STREAM.matcher(line);
        Matcher row = ROW.matcher(line);
        if (stream.matches()) {
          resource = stream.group(1);
        } else if (row.matches()) {
          rows.put(row.group(1), new Row(resource, Integer.parseInt(row.group(2)), row.group(3)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EventDocs(rows);
  }

  String words(String type) {
    Row row = rows.get(type);
    if (row == null) {
      throw new AssertionError("say in docs/events.md what " + type + " is");
    }
    return row.words();
  }
}
