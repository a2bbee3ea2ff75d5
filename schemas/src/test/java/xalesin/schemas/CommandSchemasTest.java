package xalesin.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A command's schema and its record must take and refuse the same bodies. */
class CommandSchemasTest {
  /** Good bodies of each command; the first has every field. */
  private static final Path SAMPLES = Path.of("src/test/resources/samples/commands");

  /** So that half a character reaches both readers. */
  private static final ObjectWriter ASCII =
      Json.MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

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
  void a_good_body_is_taken_by_both(CommandTypes.Type type) {
    for (ObjectNode body : samples(type)) {
      assertThat(problems(type, json(body))).as(body.toString()).isEmpty();
      assertThat(isTaken(type, json(body))).as(body.toString()).isTrue();
    }
    assertThat(samples(type).getFirst().size())
        .isEqualTo(type.recordClass().getRecordComponents().length);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void both_agree_on_every_odd_value_in_every_place(CommandTypes.Type type) {
    AtomicInteger refused = new AtomicInteger();
    for (ObjectNode sample : samples(type)) {
      OddValues.each(
          sample,
          body -> {
            if (!agree(type, json(body))) {
              refused.incrementAndGet();
            }
          });
    }
    assertThat(refused.get()).as("bodies that both refused").isPositive();
  }

  /** What lies between two fields, or in a table of the world, is left to the record. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          inventory-items.transfer    | {"quantity": "1", "from": "main", "to": "main"}
          inventory-items.change-price | {"price": {"amount": "1", "currency": "XXY"}}
          tenant-settings.change      | {"baseCurrency": "XXY"}
          tenant-settings.change      | {"taxRates": [{"name": "a", "rate": "0"}, {"name": "a", "rate": "1"}]}
          sales-orders.place          | {"customer": "0198c4de-0000-7000-8000-000000000001", "lines": [{"item": "0198c4de-0000-7000-8000-000000000001", "quantity": "1"}], "date": "2026-03-09", "dueDate": "2026-03-08"}
          sales-orders.ship           | {"lines": [{"line": 1, "quantity": "1"}, {"line": 1, "quantity": "1"}]}
          sales-orders.return         | {"lines": [{"line": 1, "quantity": "1"}, {"line": 1, "quantity": "1"}], "reason": "x"}
          purchase-orders.receive     | {"lines": [{"line": 1, "quantity": "1"}, {"line": 1, "quantity": "1"}]}
          """)
  void only_this_is_refused_by_the_record_alone(String name, String body) {
    CommandTypes.Type type = java.util.Objects.requireNonNull(CommandTypes.byName(name));
    assertThat(problems(type, body)).isEmpty();
    assertThat(isTaken(type, body)).isFalse();
  }

  /** Whether both take it. */
  private static boolean agree(CommandTypes.Type type, String body) {
    List<String> problems = problems(type, body);
    boolean taken = isTaken(type, body);
    if (taken != problems.isEmpty()) {
      assertThat(taken)
          .as("%s with %s is taken; the schema says %s", type.name(), body, problems)
          .isEqualTo(problems.isEmpty());
    }
    return taken;
  }

  private static boolean isTaken(CommandTypes.Type type, String body) {
    try {
      Json.STRICT.readValue(body, type.recordClass());
      return true;
    } catch (JsonProcessingException refused) {
      return false;
    }
  }

  private static List<String> problems(CommandTypes.Type type, String body) {
    return Schemas.problems(SchemaFiles.Kind.COMMANDS, type.name(), Schemas.COMMAND_VERSION, body);
  }

  private static String json(ObjectNode body) {
    try {
      return ASCII.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ObjectNode> samples(CommandTypes.Type type) {
    try {
      List<ObjectNode> samples = new ArrayList<>();
      Path file = SAMPLES.resolve(type.name() + ".json");
      for (JsonNode sample : Json.MAPPER.readTree(Files.readString(file))) {
        samples.add((ObjectNode) sample);
      }
      return samples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
