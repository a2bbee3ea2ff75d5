package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xalesin.schemas.Schemas.Published;

/**
 * Compares the committed schemas with the records. After a wanted change of a record, write them
 * anew with {@code mvn -pl schemas test -Dxalesin.schemas.write=true
 * -Dtest=SchemaFilesTest,GoldenEventsTest,PublishedSchemasTest,AsyncApiTest} and read the
 * difference: a change that an older reader does not understand needs a new version.
 */
class SchemaFilesTest {
  private static final Path FOLDER = Path.of("src/main/resources/xalesin/schemas");
  private static final boolean WRITE = Boolean.getBoolean("xalesin.schemas.write");

  static List<Published> published() {
    return Schemas.all();
  }

  @ParameterizedTest
  @MethodSource("published")
  void the_schema_in_the_repository_is_what_the_record_says(Published type) throws IOException {
    String generated = Schemas.text(type.generate());
    Path file = FOLDER.resolve(type.path());
    if (WRITE) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
    }
    assertThat(file).exists();
    assertThat(Files.readString(file)).isEqualTo(generated);
  }

  /** An older version stays for the events that were written under it. */
  @Test
  void every_version_so_far_is_kept_and_no_other_file_lies_about() throws IOException {
    List<String> known =
        Schemas.all().stream()
            .flatMap(
                type ->
                    IntStream.rangeClosed(1, type.version())
                        .mapToObj(
                            version ->
                                new Published(
                                    type.kind(), type.name(), version, type.recordClass())))
            .map(Published::path)
            .toList();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      List<String> found =
          files
              .filter(Files::isRegularFile)
              .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
              .filter(file -> !file.equals("asyncapi.json"))
              .toList();
      assertThat(found).containsExactlyInAnyOrderElementsOf(known);
    }
  }

  @Test
  void a_schema_is_found_by_its_name_and_nothing_else_is() {
    byte[] found = SchemaFiles.find(SchemaFiles.Kind.EVENTS, "StockReceived", 2);
    assertThat(found).isNotNull();
    assertThat(new String(found, UTF_8)).contains("\"/schemas/events/StockReceived/2\"");
    assertThat(SchemaFiles.find(SchemaFiles.Kind.EVENTS, "StockReceived", 3)).isNull();
    assertThat(SchemaFiles.find(SchemaFiles.Kind.EVENTS, "Unheard", 1)).isNull();
    assertThat(SchemaFiles.find(SchemaFiles.Kind.EVENTS, "../rows/stock-movements", 1)).isNull();
    assertThat(SchemaFiles.find(SchemaFiles.Kind.EVENTS, "a/b", 1)).isNull();
  }
}
