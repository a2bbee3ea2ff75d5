package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xalesin.schemas.golden.GoldenEvents;
import xalesin.schemas.inventory.InventoryItemEvent;

/**
 * Events as they once went into the log, in {@code golden/events}: these files are never changed or
 * removed, because logs hold such events. A new schema version adds a file: say in {@link
 * GoldenEvents} what it is to mean and run this test once as {@link SchemaFilesTest} tells.
 */
class GoldenEventsTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/events");

  private static final boolean WRITE = Boolean.getBoolean("xalesin.schemas.write");

  private static final Map<String, DomainEvent> MEANING = GoldenEvents.all();

  /** A golden file. */
  record Golden(String name, String type, int version, String json) {
    @Override
    public String toString() {
      return name;
    }

    static Golden read(Path file) throws IOException {
      String name = file.getFileName().toString().replaceFirst("\\.json$", "");
      String[] typeAndVersion = name.replaceFirst("-.*", "").split("\\.", 2);
      return new Golden(
          name,
          typeAndVersion[0],
          Integer.parseInt(typeAndVersion[1]),
          Files.readString(file).stripTrailing());
    }
  }

  static List<Golden> golden() throws IOException {
    if (WRITE) {
      writeMissing();
    }
    List<Golden> golden = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER).sorted()) {
      for (Path file : files.toList()) {
        golden.add(Golden.read(file));
      }
    }
    return golden;
  }

  private static void writeMissing() throws IOException {
    for (Map.Entry<String, DomainEvent> event : MEANING.entrySet()) {
      Path file = FOLDER.resolve(event.getKey() + ".json");
      if (!Files.exists(file)) {
        Files.writeString(file, new String(Json.write(event.getValue()), UTF_8) + "\n");
      }
    }
  }

  @Test
  void every_event_has_a_golden_file_for_each_of_its_versions() throws IOException {
    Set<String> expected = new TreeSet<>();
    for (EventTypes.Type type : EventTypes.all()) {
      for (int version = 1; version <= type.schemaVersion(); version++) {
        expected.add(type.name() + "." + version);
      }
    }
    Set<String> found = new TreeSet<>();
    golden().forEach(golden -> found.add(golden.type() + "." + golden.version()));
    assertThat(found).isEqualTo(expected);
    assertThat(golden().stream().map(Golden::name))
        .containsExactlyInAnyOrderElementsOf(MEANING.keySet());
  }

  static List<EventTypes.Type> types() {
    List<EventTypes.Type> types = new ArrayList<>();
    EventTypes.all().forEach(types::add);
    return types;
  }

  /** A part that may be missing is there in one file and missing in another. */
  @ParameterizedTest
  @MethodSource("types")
  void every_optional_part_is_shown_with_and_without(EventTypes.Type type) throws IOException {
    OptionalParts parts = new OptionalParts();
    for (Golden golden : golden()) {
      if (golden.type().equals(type.name()) && golden.version() == type.schemaVersion()) {
        parts.look(read(golden));
      }
    }
    assertThat(parts.present()).as("present in a file").isEqualTo(parts.all());
    assertThat(parts.missing()).as("missing in a file").isEqualTo(parts.all());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void it_still_means_what_it_meant(Golden golden) {
    DomainEvent event = read(golden);
    assertThat(event).isEqualTo(MEANING.get(golden.name()));
    assertThat(EventTypes.of(event).name()).isEqualTo(golden.type());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void it_is_written_as_it_was(Golden golden) {
    if (golden.version() == EventTypes.of(read(golden)).schemaVersion()) {
      assertThat(new String(Json.write(read(golden)), UTF_8)).isEqualTo(golden.json());
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void it_is_valid_under_its_schema(Golden golden) {
    assertThat(
            Schemas.problems(
                SchemaFiles.Kind.EVENTS, golden.type(), golden.version(), golden.json()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void a_field_of_a_newer_writer_is_passed_over(Golden golden) {
    String newer =
        golden.json().equals("{}")
            ? "{\"addedLater\":{\"a\":[1]}}"
            : golden.json().replaceFirst("}$", ",\"addedLater\":{\"a\":[1]}}");
    assertThat(EventTypes.read(golden.type(), golden.version(), newer.getBytes(UTF_8)))
        .isEqualTo(read(golden));
  }

  @Test
  void an_unknown_type_or_a_newer_version_is_refused_by_name() {
    assertThatThrownBy(() -> EventTypes.read("StockVanished", 1, "{}".getBytes(UTF_8)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("StockVanished");
    assertThatThrownBy(() -> EventTypes.read("StockReceived", 3, "{}".getBytes(UTF_8)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("version 3 of StockReceived is newer");
  }

  @Test
  void version_1_of_a_movement_of_stock_is_read_with_its_value() {
    String received =
        """
        {"location": "main", "quantity": "3", "unitCost": {"amount": "0.335", "currency": "EUR"},
         "averageCost": {"amount": "0.335", "currency": "EUR"}}""";
    String adjusted =
        """
        {"location": "main", "quantity": "-0.5", "reason": "counted",
         "unitCost": {"amount": "3", "currency": "JPY"}}""";
    assertThat(EventTypes.read("StockReceived", 1, received.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            InventoryItemEvent.StockReceived.class,
            event -> {
              assertThat(event.value()).isEqualTo(Money.of("1.01", "EUR"));
              assertThat(event.reference()).isNull();
            });
    assertThat(EventTypes.read("StockAdjusted", 1, adjusted.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            InventoryItemEvent.StockAdjusted.class,
            event -> assertThat(event.value()).isEqualTo(Money.of("-2", "JPY")));
  }

  @Test
  void an_event_with_a_broken_number_cannot_be_read() {
    byte[] data = "{\"from\":\"a\",\"to\":\"b\",\"quantity\":\"1e3\"}".getBytes(UTF_8);
    assertThatThrownBy(() -> EventTypes.read("StockTransferred", 1, data))
        .isInstanceOf(java.io.UncheckedIOException.class);
  }

  private static DomainEvent read(Golden golden) {
    return EventTypes.read(golden.type(), golden.version(), golden.json().getBytes(UTF_8));
  }
}
