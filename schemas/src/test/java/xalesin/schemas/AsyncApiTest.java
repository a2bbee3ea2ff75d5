package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The AsyncAPI document says what the program does, and has the form that version 3.0.0 of the
 * specification asks for. It is written anew with the schemas, see {@link SchemaFilesTest}.
 */
class AsyncApiTest {
  private static final Path FILE = Path.of("src/main/resources/xalesin/schemas/asyncapi.json");
  private static final boolean WRITE = Boolean.getBoolean("xalesin.schemas.write");
  private static final Pattern KEY = Pattern.compile("[\\w.-]+");
  private static final Pattern SCHEMA =
      Pattern.compile("/schemas/(events|commands|rows)/([^/]+)/([0-9]+)");

  @Test
  void the_document_in_the_repository_is_what_the_program_says() throws IOException {
    String generated = Schemas.text(AsyncApiGenerator.generate());
    if (WRITE) {
      Files.writeString(FILE, generated);
    }
    assertThat(Files.readString(FILE)).isEqualTo(generated);
  }

  @Test
  void it_is_found_as_a_resource() throws IOException {
    assertThat(new String(AsyncApi.document(), UTF_8)).isEqualTo(Files.readString(FILE));
  }

  @Test
  void it_has_the_parts_of_an_asyncapi_document() throws IOException {
    JsonNode document = document();
    onlyHas(
        document, "asyncapi", "info", "defaultContentType", "channels", "operations", "components");
    assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
    onlyHas(document.path("info"), "title", "version", "description");
    assertThat(document.at("/info/title").asText()).isNotEmpty();
    assertThat(document.at("/info/version").asText()).isNotEmpty();
    onlyHas(document.path("components"), "messages", "schemas", "correlationIds");
    for (String part : List.of("/channels", "/operations", "/components/messages")) {
      document.at(part).fieldNames().forEachRemaining(key -> assertThat(key).as(part).matches(KEY));
    }
  }

  @Test
  void every_channel_is_a_topic_as_it_is_made() throws IOException {
    List<String> views = new ArrayList<>();
    RowTypes.all().forEach(row -> views.add(row.name()));
    Map<String, Topics.Spec> topics = new HashMap<>();
    Topics.all(views).forEach(topic -> topics.put(topic.name(), topic));
    Set<String> described = new TreeSet<>();
    for (JsonNode channel : document().path("channels")) {
      onlyHas(channel, "address", "description", "messages", "bindings");
      String address = channel.path("address").asText();
      described.add(address);
      Topics.Spec topic = Objects.requireNonNull(topics.get(address), address);
      JsonNode kafka = channel.at("/bindings/kafka");
      onlyHas(kafka, "topic", "partitions", "topicConfiguration", "bindingVersion");
      assertThat(kafka.path("topic").asText()).isEqualTo(address);
      assertThat(kafka.path("partitions").asInt()).isEqualTo(topic.partitions());
      assertThat(kafka.at("/topicConfiguration/cleanup.policy").get(0).asText())
          .isEqualTo(topic.config().get("cleanup.policy"));
      assertThat(channel.path("messages")).isNotEmpty();
      for (JsonNode message : channel.path("messages")) {
        onlyHas(message, "$ref");
      }
    }
    assertThat(described).isEqualTo(new TreeSet<>(topics.keySet()));
  }

  @Test
  void every_channel_is_sent_to_by_one_operation() throws IOException {
    JsonNode document = document();
    List<String> channels = new ArrayList<>();
    for (JsonNode operation : document.path("operations")) {
      onlyHas(operation, "action", "channel");
      assertThat(operation.path("action").asText()).isEqualTo("send");
      channels.add(operation.at("/channel/$ref").asText().replace("#/channels/", ""));
    }
    assertThat(channels).containsExactlyElementsOf(names(document.path("channels")));
  }

  @Test
  void every_message_has_what_a_message_may_have() throws IOException {
    for (JsonNode message : document().at("/components/messages")) {
      for (String name : names(message)) {
        assertThat(name)
            .isIn(
                "name",
                "title",
                "summary",
                "description",
                "headers",
                "payload",
                "correlationId",
                "bindings");
      }
      assertThat(names(message)).contains("name", "payload", "bindings");
      onlyHas(message.at("/bindings/kafka"), "key", "bindingVersion");
      if (message.has("headers")) {
        JsonNode headers = message.path("headers");
        assertThat(headers.has("allOf") || headers.path("type").asText().equals("object")).isTrue();
      }
      if (message.path("payload").has("schemaFormat")) {
        onlyHas(message.path("payload"), "schemaFormat", "schema");
      }
    }
  }

  @Test
  void every_version_of_every_event_is_a_message_of_the_log() throws IOException {
    JsonNode document = document();
    List<String> expected = new ArrayList<>();
    for (EventTypes.Type type : EventTypes.all()) {
      for (int version = 1; version <= type.schemaVersion(); version++) {
        String name = type.name() + "." + version;
        expected.add(name);
        JsonNode message = document.path("components").path("messages").path(name);
        String schema = "/schemas/events/" + type.name() + "/" + version;
        assertThat(message.at("/payload/schema/$ref").asText()).isEqualTo(schema);
        assertThat(message.at("/headers/allOf/1/properties/ce_type/const").asText())
            .isEqualTo(type.name());
        assertThat(message.at("/headers/allOf/1/properties/ce_dataschema/const").asText())
            .isEqualTo(schema);
      }
    }
    assertThat(names(document.at("/channels/events/messages"))).containsExactlyElementsOf(expected);
  }

  @Test
  void every_reference_leads_somewhere() throws IOException {
    JsonNode document = document();
    List<String> references = document.findValuesAsText("$ref");
    assertThat(references).hasSizeGreaterThan(100);
    for (String reference : references) {
      Matcher schema = SCHEMA.matcher(reference);
      if (schema.matches()) {
        SchemaFiles.Kind kind =
            Objects.requireNonNull(SchemaFiles.Kind.ofFolder(schema.group(1)), reference);
        assertThat(SchemaFiles.find(kind, schema.group(2), Integer.parseInt(schema.group(3))))
            .as(reference)
            .isNotNull();
      } else {
        assertThat(reference).startsWith("#/");
        assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      }
    }
  }

  private static JsonNode document() throws IOException {
    return Json.STRICT.readTree(Files.readString(FILE));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void onlyHas(JsonNode object, String... names) {
    assertThat(names(object)).containsExactlyInAnyOrder(names);
  }
}
