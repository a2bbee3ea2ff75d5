package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xalesin.schemas.inventory.InventoryItemCommand.Create;
import xalesin.schemas.inventory.InventoryItemCommand.Issue;
import xalesin.schemas.inventory.InventoryItemCommand.Transfer;
import xalesin.schemas.inventory.InventoryItemRow;
import xalesin.schemas.inventory.StockMovementRow;

/** JSON from callers is read strictly; our own is read leniently and written in one way. */
class JsonTest {
  private static final UUID ID = UUID.fromString("0198c4de-0000-7000-8000-000000000001");
  private static final Instant TIME = Instant.parse("2026-11-22T09:30:00.123456Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null1",
        "[]",
        "\"x\"",
        "{\"quantity\":\"1\",\"location\":\"a\",\"reason\":\"b\"} {}",
        "{\"quantity\":\"1\",\"location\":\"a\",\"reason\":\"b\",\"reason\":\"c\"}",
        "{\"quantity\":\"1\",\"location\":\"a\",\"reason\":\"b\",\"extra\":1}",
        "{\"quantity\":1,\"location\":\"a\",\"reason\":\"b\"}",
        "{\"quantity\":\"1\",\"location\":7,\"reason\":\"b\"}",
        "{\"quantity\":\"1\",\"location\":true,\"reason\":\"b\"}",
        "{\"quantity\":\"1\",\"location\":[\"a\"],\"reason\":\"b\"}",
        "{\"quantity\":\"1\",\"location\":\"a\",\"reason\":null}",
        "{\"quantity\":\"1\",\"location\":\"a\",\"reason\":\"b\"",
        "{\"quantity\":\"1\",\"location\":\"a\",'reason':\"b\"}",
        "{\"quantity\":\"1\",\"location\":\"a\",\"reason\":\"b\",}",
        "{\"quantity\":\"1\",\"location\":\"a\",\"reason\":\"\u0001\"}",
        "// a comment\n{}"
      })
  void what_is_not_exactly_a_command_is_refused(String json) {
    assertThatThrownBy(() -> Json.STRICT.readValue(json, Issue.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void the_field_that_is_wrong_is_named() {
    assertThatThrownBy(
            () ->
                Json.STRICT.readValue(
                    "{\"quantity\":\"1\",\"from\":\"a\",\"to\":\"a\"}", Transfer.class))
        .hasRootCauseInstanceOf(InvalidValueException.class)
        .hasRootCauseMessage("must differ from \"from\"");
    assertThatThrownBy(
            () ->
                Json.STRICT.readValue(
                    "{\"quantity\":\"1\",\"location\":\"a\",\"reason\":\"b\",\"x\":1}",
                    Issue.class))
        .hasMessageContaining("\"x\"");
  }

  @Test
  void what_is_not_given_has_its_default() throws IOException {
    Create create =
        Json.STRICT.readValue(
            "{\"sku\":\"A\",\"name\":\"B\",\"price\":{\"amount\":\"1\",\"currency\":\"EUR\"}}",
            Create.class);
    assertThat(create)
        .isEqualTo(
            new Create(
                null,
                "A",
                "B",
                "",
                Create.NO_CATEGORY,
                Create.NO_UNIT,
                Money.of("1", "EUR"),
                Quantity.ZERO,
                false));
  }

  @Test
  void nesting_is_bounded() throws IOException {
    assertThat(Json.STRICT.readValue(nested(Json.MAX_DEPTH), JsonNode.class).isArray()).isTrue();
    for (int depth : new int[] {Json.MAX_DEPTH + 1, 1_000, 1_000_000}) {
      assertThatThrownBy(() -> Json.STRICT.readValue(nested(depth), JsonNode.class))
          .isInstanceOf(StreamConstraintsException.class);
    }
  }

  @Test
  void strings_numbers_and_names_are_bounded() {
    assertThatThrownBy(() -> Json.STRICT.readTree("\"" + "x".repeat(Json.MAX_STRING + 1) + "\""))
        .isInstanceOf(StreamConstraintsException.class);
    assertThatThrownBy(() -> Json.STRICT.readTree("9".repeat(51)))
        .isInstanceOf(StreamConstraintsException.class);
    assertThatThrownBy(() -> Json.STRICT.readTree("{\"" + "n".repeat(50_001) + "\":1}"))
        .isInstanceOf(StreamConstraintsException.class);
  }

  @Test
  void an_item_row_is_written_in_its_order_and_without_nulls() {
    InventoryItemRow row =
        new InventoryItemRow(
            ID,
            "A-1",
            "Bolt",
            "",
            "Fasteners",
            "box",
            InventoryItemRow.ACTIVE,
            Money.of("1.50", "EUR"),
            Quantity.of(5),
            Quantity.of(2),
            Quantity.of(3),
            List.of(
                new InventoryItemRow.Location(
                    "main", Quantity.of(5), Quantity.of(2), Quantity.of(3))),
            null,
            null,
            Quantity.ZERO,
            false,
            4,
            TIME,
            TIME.plusNanos(1_000));
    String json = new String(Json.write(row), UTF_8);
    assertThat(json)
        .isEqualTo(
            """
            {"id":"0198c4de-0000-7000-8000-000000000001","sku":"A-1","name":"Bolt","description":"",\
            "category":"Fasteners","unit":"box","status":"active",\
            "price":{"amount":"1.5","currency":"EUR"},"onHand":"5","reserved":"2","available":"3",\
            "locations":[{"location":"main","onHand":"5","reserved":"2","available":"3"}],\
            "reorderLevel":"0","allowBackorder":false,"version":4,\
            "createdAt":"2026-11-22T09:30:00.123456Z","updatedAt":"2026-11-22T09:30:00.123457Z"}""");
    assertThat(Schemas.problems(SchemaFiles.Kind.ROWS, "inventory-items", 1, json)).isEmpty();
    assertThat(Json.read(json.getBytes(UTF_8), InventoryItemRow.class)).isEqualTo(row);
  }

  @Test
  void a_movement_row_is_written_in_its_order_and_without_nulls() {
    StockMovementRow row =
        new StockMovementRow(
            ID,
            ID,
            "A-1",
            "Bolt",
            StockMovementRow.ISSUE,
            TIME,
            "main",
            null,
            Quantity.of("-2.5"),
            Money.of("0.333333", "EUR"),
            Money.of("-0.83", "EUR"),
            "sold",
            "sales-orders/0198c4de-0000-7000-8000-000000000001",
            Quantity.of("2.5"),
            "jo",
            3);
    String json = new String(Json.write(row), UTF_8);
    assertThat(json)
        .isEqualTo(
            """
            {"id":"0198c4de-0000-7000-8000-000000000001",\
            "item":"0198c4de-0000-7000-8000-000000000001","sku":"A-1","name":"Bolt",\
            "kind":"issue","date":"2026-11-22T09:30:00.123456Z","location":"main",\
            "quantity":"-2.5","unitCost":{"amount":"0.333333","currency":"EUR"},\
            "value":{"amount":"-0.83","currency":"EUR"},"reason":"sold",\
            "reference":"sales-orders/0198c4de-0000-7000-8000-000000000001","onHand":"2.5","user":"jo","version":3}""");
    assertThat(Schemas.problems(SchemaFiles.Kind.ROWS, "stock-movements", 1, json)).isEmpty();
    assertThat(Json.read(json.getBytes(UTF_8), StockMovementRow.class)).isEqualTo(row);
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }
}
