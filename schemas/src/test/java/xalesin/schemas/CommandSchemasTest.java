package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A command's schema and its record must take and refuse the same bodies. */
class CommandSchemasTest {
  /** A body with every field, for each command. */
  private static final Map<String, String> FULL =
      Map.ofEntries(
          Map.entry(
              "inventory-items.create",
              """
              {"id": "0198c4de-0000-7000-8000-000000000001", "sku": "A-1", "name": "Bolt",
               "description": "", "category": "Fasteners", "unit": "box",
               "price": {"amount": "1.5", "currency": "EUR"}, "reorderLevel": "0",
               "allowBackorder": true}"""),
          Map.entry(
              "inventory-items.change-details",
              """
              {"sku": "A-1", "name": "Bolt", "description": "M8", "category": "Fasteners",
               "unit": "box", "reorderLevel": "10", "allowBackorder": false}"""),
          Map.entry(
              "inventory-items.change-price",
              """
              {"price": {"amount": "1.5", "currency": "EUR"}}"""),
          Map.entry("inventory-items.activate", "{}"),
          Map.entry("inventory-items.deactivate", "{}"),
          Map.entry("inventory-items.delete", "{}"),
          Map.entry(
              "inventory-items.receive",
              """
              {"quantity": "5", "location": "main",
               "unitCost": {"amount": "0.75", "currency": "EUR"}}"""),
          Map.entry(
              "inventory-items.issue",
              """
              {"quantity": "5", "location": "main", "reason": "sold"}"""),
          Map.entry(
              "inventory-items.transfer",
              """
              {"quantity": "5", "from": "main", "to": "outlet"}"""),
          Map.entry(
              "inventory-items.adjust",
              """
              {"quantity": "-5", "location": "main", "reason": "counted"}"""),
          Map.entry(
              "inventory-items.reserve",
              """
              {"quantity": "5", "location": "main", "reference": "SO-1"}"""),
          Map.entry(
              "inventory-items.release",
              """
              {"quantity": "5", "location": "main", "reference": "SO-1"}"""));

  /** JSON values that one field or another refuses. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "1",
          "-1",
          "1.5",
          "[]",
          "{}",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\" x\"",
          "\"x \"",
          "\"a\\u0000b\"",
          "\"a\\nb\"",
          "\"a\\u007fb\"",
          "\"" + "x".repeat(Check.CODE) + "\"",
          "\"" + "x".repeat(Check.CODE + 1) + "\"",
          "\"" + "x".repeat(Check.NAME) + "\"",
          "\"" + "x".repeat(Check.NAME + 1) + "\"",
          "\"" + "x".repeat(Check.TEXT + 1) + "\"",
          "\"0\"",
          "\"-0\"",
          "\"00.50\"",
          "\"5\"",
          "\"-5\"",
          "\"+5\"",
          "\"5.\"",
          "\".5\"",
          "\"1e3\"",
          "\"1,5\"",
          "\"٣\"",
          "\"0.000001\"",
          "\"0.0000001\"",
          "\"0.000001000000\"",
          "\"0.0000010000000\"",
          "\"999999999999.999999\"",
          "\"1000000000000\"",
          "\"000000999999999999\"",
          "\"0000000999999999999\"",
          "\"0198c4de-0000-7000-8000-000000000001\"",
          "\"0198C4DE-0000-7000-8000-00000000000A\"",
          "\"0198c4de\"",
          "\"+198c4de-0000-7000-8000-000000000001\"",
          "\"00198c4de-000-7000-8000-000000000001\"",
          "\"AZjE3gAAcACAAAAAAAAAAQ==\"",
          "{\"amount\": \"1\", \"currency\": \"EUR\"}",
          "{\"amount\": \"-1\", \"currency\": \"EUR\"}",
          "{\"amount\": 1, \"currency\": \"EUR\"}",
          "{\"amount\": \"999999999999999\", \"currency\": \"EUR\"}",
          "{\"amount\": \"1000000000000000\", \"currency\": \"EUR\"}",
          "{\"amount\": \"1\", \"currency\": \"eur\"}",
          "{\"amount\": \"1\", \"currency\": null}",
          "{\"amount\": \"1\"}",
          "{\"currency\": \"EUR\"}",
          "{\"amount\": \"1\", \"currency\": \"EUR\", \"more\": 1}");

  static List<CommandTypes.Type> commands() {
    List<CommandTypes.Type> commands = new ArrayList<>();
    CommandTypes.all().forEach(commands::add);
    return commands;
  }

  @Test
  void every_command_is_found_by_its_name() {
    for (CommandTypes.Type type : CommandTypes.all()) {
      assertThat(CommandTypes.byName(type.name())).isEqualTo(type);
      assertThat(type.name()).startsWith(type.resource() + ".");
    }
    assertThat(CommandTypes.byName("inventory-items.steal")).isNull();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_full_body_is_taken_by_both(CommandTypes.Type type) throws IOException {
    assertThat(problems(type, body(type))).isEmpty();
    assertThat(isTaken(type, body(type))).isTrue();
    assertThat(body(type).size()).isEqualTo(type.recordClass().getRecordComponents().length);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void both_agree_on_every_odd_value_in_every_field(CommandTypes.Type type) throws IOException {
    ObjectNode body = body(type);
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      for (String value : VALUES) {
        ObjectNode odd = body.deepCopy();
        odd.set(field.getKey(), Json.MAPPER.readTree(value));
        agree(type, odd);
      }
      ObjectNode without = body.deepCopy();
      without.remove(field.getKey());
      agree(type, without);
    }
    ObjectNode unknown = body.deepCopy();
    unknown.put("unknown", 1);
    agree(type, unknown);
  }

  private static void agree(CommandTypes.Type type, ObjectNode body) {
    List<String> problems = problems(type, body);
    assertThat(isTaken(type, body))
        .as("%s with %s is taken; the schema says %s", type.name(), body, problems)
        .isEqualTo(problems.isEmpty());
  }

  private static boolean isTaken(CommandTypes.Type type, ObjectNode body) {
    try {
      Json.STRICT.readValue(body.toString().getBytes(UTF_8), type.recordClass());
      return true;
    } catch (JsonProcessingException refused) {
      return false;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> problems(CommandTypes.Type type, ObjectNode body) {
    return Schemas.problems(
        SchemaFiles.Kind.COMMANDS, type.name(), Schemas.COMMAND_VERSION, body.toString());
  }

  private static ObjectNode body(CommandTypes.Type type) throws IOException {
    return (ObjectNode) Json.MAPPER.readTree(FULL.get(type.name()));
  }
}
