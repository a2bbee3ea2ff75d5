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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xalesin.schemas.inventory.InventoryItemEvent.Activated;
import xalesin.schemas.inventory.InventoryItemEvent.Created;
import xalesin.schemas.inventory.InventoryItemEvent.Deactivated;
import xalesin.schemas.inventory.InventoryItemEvent.Deleted;
import xalesin.schemas.inventory.InventoryItemEvent.DetailsChanged;
import xalesin.schemas.inventory.InventoryItemEvent.PriceChanged;
import xalesin.schemas.inventory.InventoryItemEvent.StockAdjusted;
import xalesin.schemas.inventory.InventoryItemEvent.StockIssued;
import xalesin.schemas.inventory.InventoryItemEvent.StockReceived;
import xalesin.schemas.inventory.InventoryItemEvent.StockReservationReleased;
import xalesin.schemas.inventory.InventoryItemEvent.StockReserved;
import xalesin.schemas.inventory.InventoryItemEvent.StockTransferred;

/**
 * Events as they once went into the log, in {@code golden/events}: these files are never changed or
 * removed, because logs hold such events. A new schema version adds a file.
 */
class GoldenEventsTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/events");

  /** What each golden file means, by its name without the ending. */
  private static final Map<String, DomainEvent> MEANING =
      Map.ofEntries(
          Map.entry(
              "InventoryItemCreated.1",
              new Created(
                  "NW-0001",
                  "Chai – “special” blend",
                  "10 boxes x 30 bags",
                  "Beverages",
                  "each",
                  Money.of("18.5", "USD"),
                  Quantity.of(10),
                  false)),
          Map.entry(
              "InventoryItemDetailsChanged.1",
              new DetailsChanged(
                  "NW-0001", "Chai", "", "Hot beverages", "box", Quantity.of("12.5"), true)),
          Map.entry(
              "InventoryItemPriceChanged.1",
              new PriceChanged(Money.of("19.25", "USD"), Money.of("18.5", "USD"))),
          Map.entry("InventoryItemActivated.1", new Activated()),
          Map.entry("InventoryItemDeactivated.1", new Deactivated()),
          Map.entry("InventoryItemDeleted.1", new Deleted("NW-0001")),
          Map.entry(
              "StockReceived.1",
              new StockReceived(
                  "main", Quantity.of(39), Money.of("18", "USD"), Money.of("17.333333", "USD"))),
          Map.entry(
              "StockIssued.1",
              new StockIssued(
                  "main",
                  Quantity.of("0.000001"),
                  "damaged in store",
                  Money.of("17.333333", "USD"))),
          Map.entry("StockTransferred.1", new StockTransferred("main", "outlet", Quantity.of(4))),
          Map.entry(
              "StockAdjusted.1",
              new StockAdjusted("main", Quantity.of("-2.75"), "stock taking", null)),
          Map.entry("StockReserved.1", new StockReserved("main", Quantity.of(3), "SO-2026-0007")),
          Map.entry(
              "StockReservationReleased.1",
              new StockReservationReleased("main", Quantity.of(3), "SO-2026-0007")));

  /** A golden file. */
  record Golden(String type, int version, String json) {
    @Override
    public String toString() {
      return type + "." + version;
    }
  }

  static List<Golden> golden() throws IOException {
    List<Golden> golden = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER).sorted()) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        int point = name.lastIndexOf('.');
        golden.add(
            new Golden(
                name.substring(0, point),
                Integer.parseInt(name.substring(point + 1)),
                Files.readString(file).stripTrailing()));
      }
    }
    return golden;
  }

  @Test
  void every_event_has_a_golden_file_for_each_of_its_versions() throws IOException {
    List<String> expected = new ArrayList<>();
    for (EventTypes.Type type : EventTypes.all()) {
      for (int version = 1; version <= type.schemaVersion(); version++) {
        expected.add(type.name() + "." + version);
      }
    }
    assertThat(golden().stream().map(Golden::toString))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(MEANING.keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void it_still_means_what_it_meant(Golden golden) {
    DomainEvent event = read(golden);
    assertThat(event).isEqualTo(MEANING.get(golden.toString()));
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
    assertThatThrownBy(() -> EventTypes.read("StockReceived", 2, "{}".getBytes(UTF_8)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("version 2 of StockReceived is newer");
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
