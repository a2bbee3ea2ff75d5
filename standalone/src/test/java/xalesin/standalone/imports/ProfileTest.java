package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xalesin.schemas.CommandTypes;
import xalesin.schemas.Json;

class ProfileTest {
  private static final Path REAL_NORTHWIND = Path.of("../../shared/data/northwind");

  @TempDir private Path folder;

  private static List<Entry> northwind(Path folder) {
    return Entries.all(Input.of(List.of(folder), Profiles.load("northwind")));
  }

  @Test
  void a_product_becomes_an_item_with_its_stock() throws IOException {
    List<Entry> entries = northwind(NorthwindFolder.create(folder));
    assertThat(Entries.json(entries.get(0)))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"command": "inventory-items.create",
                 "id": "%s",
                 "idempotencyKey": "northwind/products/1/inventory-items.create",
                 "data": {"sku": "NW-0001", "name": "Product, no. 1",
                   "description": "10 boxes x 1 bags", "category": "Beverages", "unit": "each",
                   "price": {"amount": "1.5", "currency": "USD"}, "reorderLevel": "1"}}
                """
                    .formatted(NamedIds.of("northwind/products/1"))));
    assertThat(Entries.json(entries.get(1)).path("data"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"quantity": "3", "location": "main",
                 "unitCost": {"amount": "1.5", "currency": "USD"}}"""));
    assertThat(entries).allSatisfy(entry -> assertThat(entry).isInstanceOf(Entry.Command.class));
    check(entries, NorthwindFolder.PRODUCTS, NorthwindFolder.onHand(), 9);
  }

  /** The real data lies beside some checkouts only; the made-up folder stands in elsewhere. */
  @Test
  void the_real_northwind_gives_its_77_items_and_3119_on_hand() throws IOException {
    if (Files.isDirectory(REAL_NORTHWIND)) {
      check(northwind(REAL_NORTHWIND), 77, 3_119, 10);
    } else {
      check(northwind(NorthwindFolder.create(folder)), 77, NorthwindFolder.onHand(), 9);
    }
  }

  private static void check(List<Entry> entries, int items, int onHand, int inactive) {
    int created = 0;
    int deactivated = 0;
    BigDecimal received = BigDecimal.ZERO;
    Set<String> keys = new HashSet<>();
    for (Entry entry : entries) {
      JsonNode line = Entries.json(entry);
      assertThat(keys.add(line.path("idempotencyKey").asText())).isTrue();
      assertThat(body(line)).isNotNull();
      switch (line.path("command").asText()) {
        case "inventory-items.create" -> created++;
        case "inventory-items.deactivate" -> deactivated++;
        default -> received = received.add(new BigDecimal(line.at("/data/quantity").asText()));
      }
    }
    assertThat(created).isEqualTo(items);
    assertThat(received).isEqualByComparingTo(BigDecimal.valueOf(onHand));
    assertThat(deactivated).isEqualTo(inactive);
  }

  /** The record that the server will make of the line. */
  private static Object body(JsonNode line) {
    CommandTypes.Type type =
        Objects.requireNonNull(CommandTypes.byName(line.path("command").asText()));
    try {
      return Json.STRICT.treeToValue(line.path("data"), type.recordClass());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void the_same_folder_gives_the_same_bytes_each_time() throws IOException {
    NorthwindFolder.create(folder);
    assertThat(northwind(folder).stream().map(Entries::text).toList())
        .isEqualTo(northwind(folder).stream().map(Entries::text).toList());
  }

  @Test
  void ids_are_version_5_and_never_change() {
    UUID id = NamedIds.of("northwind/products/1");
    assertThat(id.version()).isEqualTo(5);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id).hasToString("5609a79d-8d94-5ff8-9a1f-556ef7fc8dc7");
    assertThat(NamedIds.of("northwind/products/2")).isNotEqualTo(id);
  }

  @Test
  void a_row_of_which_one_command_cannot_be_made_gives_none() throws IOException {
    NorthwindFolder.create(folder);
    Path products = folder.resolve("products.csv");
    Files.writeString(
        products,
        Files.readString(products)
            .replace(",2.50,6,", ",2.50,many,")
            .replace(",1,1,10 boxes x 4 bags", ",1,8,10 boxes x 4 bags")
            .replace("\n9,", "\n10,"));
    List<String> faults =
        northwind(folder).stream()
            .filter(Entry.Faulty.class::isInstance)
            .map(Entries::text)
            .toList();
    assertThat(faults)
        .containsExactly(
            "line 3: units_in_stock: \"many\" is not a decimal number",
            "line 5: category_id: the lookup category has no \"8\"",
            "line 11: the idempotency key \"northwind/products/10/inventory-items.create\" was"
                + " used in line 10");
    assertThat(northwind(folder).stream().map(Entries::text))
        .noneMatch(text -> text.contains("products/2/") || text.contains("products/4/"));
  }

  @Test
  void paths_that_cannot_be_imported_are_usage_errors() throws IOException {
    NorthwindFolder.create(folder);
    Profile profile = Profiles.load("northwind");
    assertThatThrownBy(() -> Input.of(List.of(folder), null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("needs --profile");
    assertThatThrownBy(() -> Input.of(List.of(folder.resolve("absent.ndjson")), null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> Input.of(List.of(folder.resolve("categories.csv")), profile))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("it imports products.csv");
    Files.delete(folder.resolve("products.csv"));
    assertThatThrownBy(() -> Input.of(List.of(folder), profile))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("lacks products.csv");
    Files.writeString(folder.resolve("notes.txt"), "x");
    assertThatThrownBy(() -> Input.of(List.of(folder.resolve("notes.txt")), profile))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void one_csv_file_of_a_profile_can_be_imported_alone() throws IOException {
    Path products = NorthwindFolder.create(folder).resolve("products.csv");
    assertThat(Entries.all(Input.of(List.of(products), Profiles.load("northwind"))))
        .hasSameSizeAs(northwind(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"when\"; \"whenever\"; /files/0/commands/1/whenever",
        "inventory-items.create; inventory-items.steal; no command is called",
        "{product_id}; {product_id; a brace is not closed",
        "lookup category; lookup kind; there is no lookup \"kind\"",
        "\"greaterThan\": \"0\"; \"greaterThan\": \"0\", \"is\": \"1\"; exactly one of",
        "\"greaterThan\": \"0\"; \"greaterThan\": 0; must be a decimal number as a string",
        "inventory-items.deactivate; inventory-items.receive; twice",
        "\"data\": {}; \"data\": []; must be an object",
        "\"name\": \"north; \"name\" \"north; is not JSON"
      })
  void a_wrong_profile_is_told_where(String from, String to, String message) throws IOException {
    String good;
    try (var file = ProfileTest.class.getResourceAsStream("/xalesin/profiles/northwind.json")) {
      assertThat(file).isNotNull();
      good = new String(file.readAllBytes(), UTF_8);
    }
    String wrong = good.replace(from, to);
    assertThat(wrong).isNotEqualTo(good);
    Path profile = folder.resolve("profile.json");
    Files.writeString(profile, wrong);
    assertThatThrownBy(() -> Profiles.load(profile.toString()))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("profile.json")
        .hasMessageContaining(message);
  }

  @Test
  void an_unknown_profile_is_told_with_those_there_are() {
    assertThatThrownBy(() -> Profiles.load("southwind"))
        .isInstanceOf(UsageException.class)
        .hasMessage("there is no profile southwind: neither a file nor built in (northwind)");
  }
}
