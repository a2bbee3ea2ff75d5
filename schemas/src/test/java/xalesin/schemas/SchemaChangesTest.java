package xalesin.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.schemas.SchemaFiles.Kind.COMMANDS;
import static xalesin.schemas.SchemaFiles.Kind.EVENTS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison that guards the published schemas must itself see what breaks. */
class SchemaChangesTest {
  private static final String BEFORE =
      """
      {"type": "object",
       "properties": {
         "sku": {"type": "string", "maxLength": 100, "pattern": "^a*$"},
         "kind": {"type": "string", "enum": ["a", "b"]},
         "day": {"type": ["string", "null"], "format": "date"},
         "count": {"type": "integer", "minimum": 1, "maximum": 12},
         "lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}, "maxItems": 5},
         "price": {"anyOf": [{"$ref": "#/$defs/Line"}, {"type": "null"}]}},
       "required": ["sku", "kind", "lines"],
       "additionalProperties": false,
       "$defs": {"Line": {"type": "object", "properties": {"quantity": {"type": "string"}},
                          "required": ["quantity"], "additionalProperties": false}}}""";

  @Test
  void the_same_schema_breaks_nobody() {
    assertThat(events("", "")).isEmpty();
    assertThat(commands("", "")).isEmpty();
  }

  @Test
  void a_field_must_not_go() {
    String day = "\"day\": {\"type\": [\"string\", \"null\"], \"format\": \"date\"},";
    assertThat(events(day, "")).containsExactly("/day is gone");
    assertThat(commands(day, "")).containsExactly("/day is gone");
  }

  @Test
  void a_new_field_must_be_optional() {
    String field = "\"more\": {\"type\": \"string\"}, \"sku\": {";
    assertThat(events("\"sku\": {", field)).isEmpty();
    assertThat(commands("\"sku\": {", field)).isEmpty();
    String before = BEFORE.replace("\"sku\": {", field);
    String now = before.replace("[\"sku\",", "[\"more\", \"sku\",");
    assertThat(breaking(EVENTS, BEFORE, now)).containsExactly("/more is new and required");
    assertThat(breaking(COMMANDS, BEFORE, now)).containsExactly("/more is new and required");
  }

  @Test
  void a_new_optional_part_may_have_what_it_needs() {
    String part =
        "\"more\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}},"
            + " \"required\": [\"a\"]}, \"sku\": {";
    assertThat(events("\"sku\": {", part)).isEmpty();
    assertThat(commands("\"sku\": {", part)).isEmpty();
  }

  @Test
  void what_events_promise_stays_as_it_is() {
    assertThat(events("[\"sku\", \"kind\",", "[\"kind\","))
        .containsExactly("/sku is no longer always there");
    assertThat(events("[\"sku\", \"kind\",", "[\"day\", \"sku\", \"kind\","))
        .containsExactly("/day is newly required");
  }

  @Test
  void a_command_may_ask_for_less_and_not_for_more() {
    assertThat(commands("[\"sku\", \"kind\",", "[\"kind\",")).isEmpty();
    assertThat(commands("[\"sku\", \"kind\",", "[\"day\", \"sku\", \"kind\","))
        .containsExactly("/day is newly required");
  }

  @Test
  void a_type_stays() {
    assertThat(events("\"integer\"", "\"string\""))
        .containsExactly("/count is [string], it was [integer]");
    assertThat(commands("\"integer\"", "\"string\""))
        .containsExactly("/count is [string], it was [integer]");
    assertThat(events("\"format\": \"date\"", "\"format\": \"date-time\""))
        .containsExactly("/day is [null, string:date-time], it was [null, string:date]");
    assertThat(
            events(
                "{\"quantity\": {\"type\": \"string\"}", "{\"quantity\": {\"type\": \"integer\"}"))
        .containsExactly(
            "/lines/-/quantity is [integer], it was [string]",
            "/price/quantity is [integer], it was [string]");
  }

  @Test
  void a_command_may_take_null_and_not_refuse_it() {
    String plain = "\"count\": {\"type\": \"integer\"";
    String orNull = "\"count\": {\"type\": [\"integer\", \"null\"]";
    assertThat(commands(plain, orNull)).isEmpty();
    assertThat(breaking(COMMANDS, BEFORE.replace(plain, orNull), BEFORE))
        .containsExactly("/count is [integer], it was [integer, null]");
    assertThat(
            commands(
                "{\"anyOf\": [{\"$ref\": \"#/$defs/Line\"}, {\"type\": \"null\"}]}",
                "{\"$ref\": \"#/$defs/Line\"}"))
        .containsExactly("/price is [object], it was [null, object]");
  }

  @Test
  void a_value_must_not_go() {
    assertThat(events("[\"a\", \"b\"]", "[\"a\", \"c\"]"))
        .containsExactly("/kind may no longer be [b]");
    assertThat(commands("[\"a\", \"b\"]", "[\"a\"]")).containsExactly("/kind may no longer be [b]");
    assertThat(events("[\"a\", \"b\"]", "[\"a\", \"b\", \"c\"]")).isEmpty();
    assertThat(commands("\"maxLength\": 100", "\"maxLength\": 100, \"enum\": [\"x\"]"))
        .containsExactly("/sku may only be [x], it could be any");
    assertThat(events(", \"enum\": [\"a\", \"b\"]", ""))
        .containsExactly("/kind may be anything, it was one of [a, b]");
    assertThat(commands(", \"enum\": [\"a\", \"b\"]", "")).isEmpty();
  }

  @Test
  void the_limits_of_a_command_may_widen_and_not_narrow() {
    assertThat(commands("\"maxLength\": 100", "\"maxLength\": 99"))
        .containsExactly("/sku has maxLength 99, it was 100");
    assertThat(commands("\"maxLength\": 100", "\"maxLength\": 101")).isEmpty();
    assertThat(commands("\"maxLength\": 100", "\"maxLength\": 100, \"minLength\": 1"))
        .containsExactly("/sku has minLength 1, it was null");
    assertThat(commands("\"minimum\": 1", "\"minimum\": 0")).isEmpty();
    assertThat(commands("\"minimum\": 1", "\"minimum\": 2"))
        .containsExactly("/count has minimum 2, it was 1");
    assertThat(commands("\"maxItems\": 5", "\"maxItems\": 4"))
        .containsExactly("/lines has maxItems 4, it was 5");
    assertThat(commands("\"maxItems\": 5", "\"maxItems\": 5, \"uniqueItems\": true"))
        .containsExactly("/lines has uniqueItems true, it was null");
    assertThat(commands("\"^a*$\"", "\"^a+$\""))
        .containsExactly("/sku has pattern ^a+$, it was ^a*$");
    assertThat(commands(", \"pattern\": \"^a*$\"", "")).isEmpty();
    assertThat(commands("\"required\": [\"sku\",", "\"not\": {}, \"required\": [\"sku\","))
        .containsExactly("/ has not {}, it was null");
    assertThat(breaking(COMMANDS, BEFORE.replace("false", "true"), BEFORE))
        .contains("/ has additionalProperties false, it was true");
  }

  @Test
  void the_limits_of_what_is_written_stay() {
    assertThat(events("\"maximum\": 12", "\"maximum\": 13"))
        .containsExactly("/count has maximum 13, it was 12");
    assertThat(events("\"^a*$\"", "\"^a+$\""))
        .containsExactly("/sku has pattern ^a+$, it was ^a*$");
  }

  private static List<String> events(String part, String changed) {
    assertThat(BEFORE).contains(part);
    return breaking(EVENTS, BEFORE, BEFORE.replace(part, changed));
  }

  private static List<String> commands(String part, String changed) {
    assertThat(BEFORE).contains(part);
    return breaking(COMMANDS, BEFORE, BEFORE.replace(part, changed));
  }

  private static List<String> breaking(SchemaFiles.Kind kind, String before, String now) {
    return SchemaChanges.breaking(kind, outline(before), outline(now));
  }

  private static SchemaOutline outline(String schema) {
    try {
      JsonNode tree = Json.MAPPER.readTree(schema);
      return SchemaOutline.of(tree);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
