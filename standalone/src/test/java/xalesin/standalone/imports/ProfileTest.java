package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xalesin.schemas.Json;

class ProfileTest {
  @TempDir private Path folder;

  private static List<Entry> northwind(Path folder) {
    return Entries.all(Input.of(List.of(folder), Profiles.load("northwind")));
  }

  /** The commands of that kind, in order. */
  private static List<JsonNode> commands(List<Entry> entries, String command) {
    return entries.stream()
        .map(Entries::json)
        .filter(line -> line.path("command").asText().equals(command))
        .toList();
  }

  @Test
  void a_product_becomes_an_item_with_its_stock() throws IOException {
    NorthwindFolder.create(folder);
    Files.write(
        folder.resolve("order_details.csv"),
        List.of(
            "order_id,product_id,unit_price,quantity,discount",
            "10248,1,1.2,10,0",
            "10249,1,1.5,7.5,0"));
    List<Entry> entries = northwind(folder);
    assertThat(commands(entries, "inventory-items.create").getFirst())
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
    assertThat(commands(entries, "inventory-items.receive").getFirst().path("data"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"quantity": "20.5", "location": "main",
                 "unitCost": {"amount": "1.5", "currency": "USD"}}"""));
  }

  @Test
  void a_customer_becomes_a_party() throws IOException {
    NorthwindFolder.create(folder);
    Files.write(
        folder.resolve("customers.csv"),
        List.of(
            "customer_id,company_name,contact_name,contact_title,address,city,region,postal_code,"
                + "country,phone,fax",
            "ANTON,Antonio Moreno,Antonio,Owner,Mataderos 2312,México D.F.,,05023,Mexico,555,"));
    assertThat(commands(northwind(folder), "parties.create").getFirst())
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"command": "parties.create", "id": "%s",
                 "idempotencyKey": "northwind/customers/ANTON/parties.create",
                 "data": {"kinds": ["customer"], "name": "Antonio Moreno", "phone": "555",
                   "addresses": [{"label": "main", "lines": ["Mataderos 2312"],
                     "city": "México D.F.", "postalCode": "05023", "country": "MX"}],
                   "contacts": [{"name": "Antonio", "role": "Owner"}]}}
                """
                    .formatted(NamedIds.of("northwind/customers/ANTON"))));
  }

  @Test
  void an_order_becomes_one_with_its_lines_that_goes_as_far_as_it_went() throws IOException {
    NorthwindFolder.create(folder);
    Files.write(
        folder.resolve("orders.csv"),
        List.of(
            "order_id,customer_id,order_date,required_date,shipped_date,freight",
            "10248,VINET,1996-07-04,1996-08-01,1996-07-16,32.38",
            "10249,TOMSP,1996-07-05,1996-07-01,,"));
    Files.write(
        folder.resolve("order_details.csv"),
        List.of(
            "order_id,product_id,unit_price,quantity,discount",
            "10248,11,14.00,12,0",
            "10249,9,18.6,9,",
            "10248,42,9.8,10,0.05"));
    List<JsonNode> orders =
        northwind(folder).stream()
            .map(Entries::json)
            .filter(line -> line.path("command").asText().startsWith("sales-orders."))
            .toList();
    assertThat(orders)
        .extracting(order -> order.path("command").asText().substring("sales-orders.".length()))
        .containsExactly("place", "confirm", "ship", "invoice", "pay", "place", "confirm");
    assertThat(orders.subList(0, 5))
        .allMatch(
            order ->
                order.path("id").asText().equals(NamedIds.of("northwind/orders/10248").toString()));
    assertThat(orders.get(0).path("data"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"customer": "%s", "date": "1996-07-04", "dueDate": "1996-08-01",
                 "currency": "USD", "freight": "32.38", "reference": "10248",
                 "lines": [
                   {"item": "%s", "quantity": "12", "unitPrice": "14", "discount": "0"},
                   {"item": "%s", "quantity": "10", "unitPrice": "9.8", "discount": "0.05"}]}
                """
                    .formatted(
                        NamedIds.of("northwind/customers/VINET"),
                        NamedIds.of("northwind/products/11"),
                        NamedIds.of("northwind/products/42"))));
    assertThat(orders.subList(2, 5))
        .allMatch(order -> order.path("data").toString().equals("{\"date\":\"1996-07-16\"}"));
    assertThat(orders.get(5).path("data").has("dueDate")).isFalse();
    assertThat(orders.get(5).path("data").path("freight").asText()).isEqualTo("0");
  }

  @Test
  void each_line_of_a_whole_company_is_a_command_under_a_key_of_its_own() throws IOException {
    Set<String> keys = new HashSet<>();
    for (Entry entry : northwind(NorthwindFolder.realOr(folder))) {
      JsonNode line = Entries.json(entry);
      assertThat(keys.add(line.path("idempotencyKey").asText())).isTrue();
      assertThat(BooksOfTrade.body(line)).isNotNull();
    }
  }

  /** Orders need active items, so discontinued ones go last. */
  @Test
  void a_file_may_be_read_twice() throws IOException {
    List<Entry> entries = northwind(NorthwindFolder.create(folder));
    assertThat(commands(entries, "inventory-items.deactivate")).hasSize(9);
    assertThat(entries.subList(entries.size() - 9, entries.size()))
        .extracting(entry -> Entries.json(entry).path("command").asText())
        .containsOnly("inventory-items.deactivate");
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
            .replace(",1,10 boxes x 4 bags", ",8,10 boxes x 4 bags")
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
  void what_is_wrong_with_a_joined_row_is_told_with_its_place() throws IOException {
    NorthwindFolder.create(folder);
    Files.write(
        folder.resolve("orders.csv"),
        List.of(
            "order_id,customer_id,order_date,required_date,shipped_date,freight",
            "1,VINET,1996-07-04,,,1",
            "2,VINET,1996-07-04,,,much",
            "3,VINET,1996-07-04"));
    Files.write(
        folder.resolve("order_details.csv"),
        List.of(
            "order_id,product_id,unit_price,quantity,discount",
            "2,11,14.00,12,0",
            "1,11,14.00,12,half",
            "4,9,18.6,9,"));
    List<String> faults =
        northwind(folder).stream()
            .filter(Entry.Faulty.class::isInstance)
            .map(Entries::text)
            .toList();
    assertThat(faults)
        .containsExactly(
            "line 2: order_details.csv, line 3: discount: \"half\" is not a decimal number",
            "line 3: freight: \"much\" is not a decimal number",
            "line 4: has 3 columns, the header has 6",
            "line 4: no row of orders.csv has the order_id \"4\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "10248,1,1,2,0; 10248,1; line 2: has 2 columns, the header has 5",
        "10248,1,1,2,0; 10248,1,1,two,0; line 2: quantity: \"two\" is not a decimal number",
        "quantity; amount; the header lacks quantity"
      })
  void a_file_that_others_refer_to_must_be_sound(String from, String to, String message)
      throws IOException {
    NorthwindFolder.create(folder);
    Files.writeString(
        folder.resolve("order_details.csv"),
        "order_id,product_id,unit_price,quantity,discount\n10248,1,1,2,0\n".replace(from, to));
    assertThatThrownBy(() -> northwind(folder))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("order_details.csv")
        .hasMessageContaining(message);
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
        .hasMessageContaining("it imports customers.csv, suppliers.csv, products.csv, orders.csv");
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
    List<Entry> whole = northwind(folder);
    whole.removeIf(entry -> !entry.place().file().equals(products));
    assertThat(Entries.all(Input.of(List.of(products), Profiles.load("northwind"))))
        .extracting(Entries::text)
        .isEqualTo(whole.stream().map(Entries::text).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"when\"; \"whenever\"; /files/2/commands/1/whenever",
        "inventory-items.create; inventory-items.steal; no command is called",
        "{product_id}; {product_id; a brace is not closed",
        "lookup category; lookup kind; there is no lookup \"kind\"",
        "\"greaterThan\": \"0\"; \"greaterThan\": \"0\", \"is\": \"1\"; exactly one of",
        "\"greaterThan\": \"0\"; \"greaterThan\": 0; must be a decimal number as a string",
        "inventory-items.deactivate; inventory-items.receive; twice",
        "\"$each\": \"lines\"; \"$each\": \"rows\"; there is no join \"rows\"",
        "\"$each\": \"lines\"; \"$each\": 1; must name a join",
        "\"addresses\": [; \"$each\": \"x\", \"addresses\": [; belongs into an object in a list",
        "{product_id|id products}; {product_id|id}; id needs what the names",
        "\"sum\": \"quantity\"; \"sum\": \"quantity\", \"value\": \"x\"; /lookups/ordered",
        "\"sum\": \"quantity\"; \"of\": \"quantity\"; /lookups/ordered",
        "\"values\": {; \"file\": \"x.csv\", \"values\": {; stand alone",
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
