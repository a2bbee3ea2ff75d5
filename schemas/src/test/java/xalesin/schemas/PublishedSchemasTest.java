package xalesin.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A schema that was published may grow and never break anybody. What was published stands in {@code
 * published/events.txt}, {@code commands.txt} and {@code rows.txt}, the outline of each schema of
 * each version; they are written with the schemas, see {@link SchemaFilesTest}, and only when
 * nothing breaks.
 */
class PublishedSchemasTest {
  private static final Path SCHEMAS = Path.of("src/main/resources/xalesin/schemas");
  private static final Path PUBLISHED = Path.of("src/test/resources/published");
  private static final boolean WRITE = Boolean.getBoolean("xalesin.schemas.write");

  @ParameterizedTest
  @EnumSource
  void no_published_schema_has_changed_so_that_somebody_breaks(SchemaFiles.Kind kind)
      throws IOException {
    Map<String, SchemaOutline> now = outlines(kind);
    published(kind)
        .forEach(
            (name, before) -> {
              SchemaOutline after =
                  Objects.requireNonNull(now.get(name), () -> name + " was published and is gone");
              List<String> breaking = SchemaChanges.breaking(kind, before, after);
              assertThat(breaking).as(whatToDo(kind, name, breaking)).isEmpty();
            });
    if (WRITE) {
      write(kind, now);
    }
    assertThat(Files.readAllLines(file(kind)))
        .as("the outline of what is published; write it as SchemaFilesTest tells")
        .isEqualTo(lines(now));
  }

  private static String whatToDo(SchemaFiles.Kind kind, String name, List<String> breaking) {
    return """
    %s breaks who relies on it: %s.
    Give it a new version instead: raise the version in EventTypes (and add a step to Upcasters) \
    or in RowTypes; keep a command's old form acceptable. If nobody is broken, because it takes \
    all that it took, remove the lines of %s from published/%s.txt and write them anew."""
        .formatted(name, breaking, name, kind.folder());
  }

  @Test
  void an_outline_is_read_as_it_was_written() throws IOException {
    for (SchemaFiles.Kind kind : SchemaFiles.Kind.values()) {
      outlines(kind)
          .forEach(
              (name, outline) ->
                  assertThat(SchemaOutline.parse(outline.lines())).as(name).isEqualTo(outline));
    }
  }

  /** Of all versions there are, by name and version. */
  private static Map<String, SchemaOutline> outlines(SchemaFiles.Kind kind) throws IOException {
    Map<String, SchemaOutline> outlines = new TreeMap<>();
    Path folder = SCHEMAS.resolve(kind.folder());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/').replace(".json", "");
        outlines.put(name, SchemaOutline.of(Json.MAPPER.readTree(Files.readString(file))));
      }
    }
    return outlines;
  }

  private static Map<String, SchemaOutline> published(SchemaFiles.Kind kind) throws IOException {
    if (WRITE && !Files.exists(file(kind))) {
      return Map.of();
    }
    Map<String, List<String>> lines = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : Files.readAllLines(file(kind))) {
      if (line.startsWith("/")) {
        current.add(line);
      } else if (!line.isEmpty()) {
        current = new ArrayList<>();
        lines.put(line, current);
      }
    }
    Map<String, SchemaOutline> outlines = new LinkedHashMap<>();
    lines.forEach((name, places) -> outlines.put(name, SchemaOutline.parse(places)));
    return outlines;
  }

  private static List<String> lines(Map<String, SchemaOutline> outlines) {
    List<String> lines = new ArrayList<>();
    outlines.forEach(
        (name, outline) -> {
          lines.add(name);
          lines.addAll(outline.lines());
          lines.add("");
        });
    return lines;
  }

  private static void write(SchemaFiles.Kind kind, Map<String, SchemaOutline> outlines)
      throws IOException {
    Files.createDirectories(PUBLISHED);
    Files.write(file(kind), lines(outlines));
  }

  private static Path file(SchemaFiles.Kind kind) {
    return PUBLISHED.resolve(kind.folder() + ".txt");
  }
}
