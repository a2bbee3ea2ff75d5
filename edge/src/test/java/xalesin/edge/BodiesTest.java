package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.edge.Problem.FieldError;
import xalesin.schemas.Check;
import xalesin.schemas.Json;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;

class BodiesTest {
  enum Kind {
    GOODS,
    @JsonProperty("paid-service")
    SERVICE
  }

  record Line(String item, Quantity quantity, Money price) {
    Line {
      Check.text("item", item, Check.CODE);
      Check.positive("quantity", quantity);
      Check.required("price", price);
    }
  }

  record Order(
      @Nullable UUID id,
      @Nullable Kind kind,
      @Nullable Instant at,
      @Nullable Integer count,
      @Nullable Boolean urgent,
      @Nullable List<Line> lines,
      @Nullable List<String> tags) {
    Order {
      if (lines != null) {
        lines = Check.list("lines", lines, 3);
      }
      if (tags != null) {
        tags = Check.list("tags", tags, 3);
        Check.distinct("tags", tags);
      }
    }
  }

  private static final String A_UUID =
      "must be a UUID, such as 0198c4de-7b1f-7c52-9d44-8a3c1f0e2b6d";
  private static final String GOOD =
      "{\"item\": \"A\", \"quantity\": \"1\", \"price\": {\"amount\": \"2\", \"currency\": \"EUR\"}}";

  private static Problem refusal(String json) {
    return refusal(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Problem refusal(byte[] json) {
    return catchThrowableOfType(ProblemException.class, () -> Bodies.read(json, Order.class))
        .problem();
  }

  private static void isInvalid(String json, String pointer, String detail) {
    Problem problem = refusal(json);
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.type()).isEqualTo("/problems/invalid-content");
    assertThat(problem.errors()).containsExactly(new FieldError(pointer, detail));
  }

  private static void isMalformed(String json, String detail) {
    Problem problem = refusal(json);
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.type()).isEqualTo("/problems/malformed-json");
    assertThat(problem.detail()).contains(detail);
  }

  @Test
  void an_element_that_a_record_refuses_is_pointed_at() {
    isInvalid("{\"tags\": [\"a\", \"b\", \"a\"]}", "/tags/2", "is there twice");
    isInvalid("{\"tags\": [\"a\", null]}", "/tags/1", "is required");
  }

  @Test
  void a_valid_body_is_read() {
    Order order =
        Bodies.read(
            """
        {"id": "0198c0de-0000-7000-8000-000000000001", "kind": "GOODS", "at": "2026-11-22T09:30:00Z", "count": 2,
         "urgent": true, "lines": [{"item": "A", "quantity": "1.5", "price": {"amount": "2", "currency": "EUR"}}]}"""
                .getBytes(StandardCharsets.UTF_8),
            Order.class);
    assertThat(order.lines())
        .containsExactly(new Line("A", Quantity.of("1.5"), Money.of("2", "EUR")));
  }

  @Test
  void wrong_types_are_named_by_pointer_and_by_what_is_wanted() {
    isInvalid("{\"id\": \"123\"}", "/id", A_UUID);
    isInvalid("{\"id\": 5}", "/id", A_UUID);
    isInvalid("{\"kind\": \"SERVICE\"}", "/kind", "must be one of GOODS, paid-service");
    isInvalid("{\"kind\": \"goods\"}", "/kind", "must be one of GOODS, paid-service");
    isInvalid(
        "{\"at\": \"yesterday\"}",
        "/at",
        "must be a time as in RFC 3339, such as 2026-11-22T09:30:00Z");
    isInvalid("{\"count\": \"2\"}", "/count", "must be a whole number within its range");
    isInvalid("{\"count\": 99999999999}", "/count", "must be a whole number within its range");
    isInvalid("{\"count\": {}}", "/count", "must be a whole number within its range");
    isInvalid("{\"urgent\": \"true\"}", "/urgent", "must be true or false");
    isInvalid("{\"urgent\": 1}", "/urgent", "must be true or false");
    isInvalid("{\"lines\": {}}", "/lines", "must be an array");
    isInvalid("{\"lines\": [1]}", "/lines/0", "must be an object");
    isInvalid("[]", "", "must be an object");
    isInvalid("\"text\"", "", "must be an object");
    isInvalid("null", "", "must not be null");
  }

  @Test
  void the_records_own_checks_are_named_down_to_the_field() {
    isInvalid(
        "{\"lines\": [" + GOOD + ", {\"item\": \" A\"}]}",
        "/lines/1/item",
        "must not begin or end with white space");
    isInvalid(
        "{\"lines\": [" + GOOD.replace("\"1\"", "\"-1\"") + "]}",
        "/lines/0/quantity",
        "must be greater than zero");
    isInvalid(
        "{\"lines\": [" + GOOD.replace("EUR", "EURO") + "]}",
        "/lines/0/price/currency",
        "must be an ISO 4217 currency code, such as \"EUR\"");
    isInvalid(
        "{\"lines\": [" + GOOD.replace("\"1\"", "1.5") + "]}",
        "/lines/0/quantity",
        "must be a decimal number as a string, such as \"12.5\"");
    isInvalid("{\"lines\": [{\"item\": 7}]}", "/lines/0/item", "must be a string");
    isInvalid("{\"lines\": [{}]}", "/lines/0/item", "is required");
    isInvalid("{\"lines\": [" + GOOD + ", null]}", "/lines/1", "is required");
  }

  @Test
  void only_utf_8_is_read() {
    for (String charset : List.of("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE")) {
      byte[] body = "{\"count\": 2}".getBytes(Charset.forName(charset));
      Problem problem =
          catchThrowableOfType(ProblemException.class, () -> Bodies.read(body, Order.class))
              .problem();
      assertThat(problem.type()).as(charset).isEqualTo("/problems/malformed-json");
      assertThat(problem.detail()).as(charset).isEqualTo("the body must be in UTF-8");
    }
  }

  @Test
  void unknown_fields_are_refused_and_the_known_ones_named() {
    isInvalid(
        "{\"lines\": [" + GOOD.replace("}}", "}, \"itm\": 1}") + "]}",
        "/lines/0/itm",
        "unknown field, known are item, price, quantity");
    isInvalid(
        "{\"a/b~c\": 1}",
        "/a~1b~0c",
        "unknown field, known are at, count, id, kind, lines, tags, urgent");
  }

  @Test
  void what_is_not_json_is_told_with_line_and_column() {
    isMalformed("{\"count\": 1,\n  \"urgent\": tru}", "(line 2, column ");
    isMalformed("{\"count\": 1", "(line 1, column ");
    isMalformed("{'count': 1}", "line 1");
    isMalformed("{\"count\": NaN}", "line 1");
    isMalformed("{\"count\": 01}", "line 1");
    isMalformed("{\"count\": 1} // why", "line 1");
    isMalformed(
        "{\"count\": 1} {}", "something follows the end of the JSON value (line 1, column 14)");
    isMalformed("{\"lines\": [{\"item\": }]}", "line 1");
    isMalformed("", "the body is empty");
    isMalformed("   ", "");
  }

  @Test
  void a_field_given_twice_is_refused_at_every_depth() {
    isMalformed("{\"count\": 1, \"count\": 2}", "uplicate");
    isMalformed("{\"lines\": [{\"item\": \"A\", \"item\": \"B\"}]}", "uplicate");
  }

  @Test
  void bytes_that_are_not_utf8_are_refused() {
    byte[] latin1 = "{\"kind\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(refusal(latin1).status()).isEqualTo(400);
  }

  @Test
  void depth_and_lengths_are_bounded() {
    for (String deep :
        List.of("[".repeat(1000), "{\"lines\":".repeat(1000), "{\"a\":".repeat(1000))) {
      assertThat(refusal(deep).status()).isIn(400, 422);
    }
    Problem nested = refusal("{\"lines\": " + "[".repeat(1000) + "]".repeat(1000) + "}");
    assertThat(nested.status()).isIn(400, 422);
    assertThat(refusal("{\"count\": " + "9".repeat(1000) + "}").type())
        .isEqualTo("/problems/json-limits");
    assertThat(refusal("{\"kind\": \"" + "x".repeat(300_000) + "\"}").type())
        .isEqualTo("/problems/json-limits");
    assertThat(refusal("{\"" + "x".repeat(1000) + "\": 1}").status()).isIn(400, 422);
  }

  @Test
  void no_problem_names_a_class_of_ours_or_of_a_library() {
    for (String json :
        List.of(
            "{\"id\": {}}",
            "{\"lines\": 3}",
            "{\"kind\": []}",
            "{\"count\": 1} x",
            "{\"x\": 1}",
            "{\"at\": [1]}",
            "[".repeat(1000),
            "{\"count\": 1e400}",
            "{\"urgent\": null, \"count\": \"x\"}")) {
      Problem problem = refusal(json);
      assertThat(problem.toString())
          .doesNotContain("xalesin.", "jackson", "java.", "BodiesTest", "StreamRead");
    }
  }

  @Test
  void a_line_of_a_larger_text_and_a_tree_are_read_alike() throws Exception {
    byte[] lines = "{\"count\": 1}\n{\"count\": 2}\n".getBytes(StandardCharsets.UTF_8);
    assertThat(Bodies.read(lines, 13, 12, Order.class).count()).isEqualTo(2);
    JsonNode tree = Json.STRICT.readTree("{\"count\": \"x\"}");
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> Bodies.read(tree, Order.class, "/data"));
    assertThat(refused.problem().errors().getFirst().pointer()).isEqualTo("/data/count");
  }
}
