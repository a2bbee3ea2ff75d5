package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the AsyncAPI document from what the program itself uses: topics, types and headers. */
final class AsyncApiGenerator {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String BINDING_VERSION = "0.5.0";
  private static final String SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12";
  private static final String CLOUD_EVENT = "CloudEvent";

  /** What each header says; which there are comes from {@link CloudEvents#headers}. */
  private static final Map<String, String> HEADERS =
      Map.ofEntries(
          Map.entry("ce_specversion", "Of CloudEvents."),
          Map.entry("ce_id", "Of the event, a UUIDv7."),
          Map.entry("ce_source", "Who recorded it."),
          Map.entry("ce_type", "What happened."),
          Map.entry("ce_subject", "The stream, such as inventory-items/<uuid>."),
          Map.entry("ce_time", "When it was recorded, UTC."),
          Map.entry("ce_dataschema", "The path of the schema of its data."),
          Map.entry("ce_tenant", "Whose it is; also the key."),
          Map.entry("ce_version", "Its place in the stream, from 1 without gaps."),
          Map.entry("ce_actor", "Who sent the command."),
          Map.entry("ce_correlationid", "What it belongs to, as the caller named it."),
          Map.entry("ce_causationid", "The command that caused it."),
          Map.entry("ce_traceparent", "The W3C trace context of the request."),
          Map.entry("ce_clientaddress", "Where the command came from: an IPv4 or IPv6 address."),
          Map.entry("content-type", "Of the value."));

  private final EventDocs docs = EventDocs.read();
  private final ObjectNode channels = NODES.objectNode();
  private final ObjectNode operations = NODES.objectNode();
  private final ObjectNode messages = NODES.objectNode();
  private final ObjectNode schemas = NODES.objectNode();

  private AsyncApiGenerator() {}

  static ObjectNode generate() {
    return new AsyncApiGenerator().document();
  }

  private ObjectNode document() {
    schemas.set(CLOUD_EVENT, cloudEvent());
    events();
    for (RowTypes.Type row : RowTypes.all()) {
      view(row);
    }
    deadLetters();
    cdcOffsets();
    ObjectNode document = NODES.objectNode();
    document.put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", "Xalesin")
        .put("version", "1")
        .put(
            "description",
            "The topics of an installation. All are written in transactions: read them with"
                + " isolation.level=read_committed. Numbers of money and goods are strings. A"
                + " reader passes over fields and values that it does not know.");
    document.put("defaultContentType", "application/json");
    document.set("channels", channels);
    document.set("operations", operations);
    ObjectNode components = document.putObject("components");
    components.set("messages", messages);
    components.set("schemas", schemas);
    components
        .putObject("correlationIds")
        .putObject("correlation")
        .put("location", "$message.header#/ce_correlationid");
    return document;
  }

  private void events() {
    ObjectNode inChannel =
        channel(
            "events",
            Topics.events(),
            "All events of all tenants. A tenant's are in one partition, in the order in which"
                + " they were committed, each exactly once.");
    for (EventTypes.Type type : EventTypes.all()) {
      for (int version = 1; version <= type.schemaVersion(); version++) {
        String name = type.name() + "." + version;
        ObjectNode message = message(inChannel, name);
        message.put("name", type.name());
        message.put("title", type.name() + ", version " + version);
        message.put("summary", docs.words(type.name()));
        if (version < type.schemaVersion()) {
          message.put("description", "No longer written; still in the log of older installations.");
        }
        String schema = SchemaFiles.id(SchemaFiles.Kind.EVENTS, type.name(), version);
        message.set("headers", eventHeaders(type.name(), schema));
        message.set("payload", payload(schema));
        message.putObject("correlationId").put("$ref", "#/components/correlationIds/correlation");
        key(message, "The tenant.");
      }
    }
  }

  private void view(RowTypes.Type row) {
    ObjectNode inChannel =
        channel(
            "views." + row.name(),
            Topics.viewSpec(row.name()),
            "The rows of the view " + row.name() + " as the API serves them, newest last.");
    ObjectNode message = message(inChannel, row.name() + ".row");
    message.put("name", row.name());
    message.put("title", "A row of " + row.name());
    message.put("summary", "The row is new or has changed.");
    message.set(
        "payload", payload(SchemaFiles.id(SchemaFiles.Kind.ROWS, row.name(), row.schemaVersion())));
    key(message, "tenant/id of the row.");
    ObjectNode deleted = message(inChannel, row.name() + ".deleted");
    deleted.put("name", row.name() + " deleted");
    deleted.put("title", "No row of " + row.name());
    deleted.put("summary", "The row is gone: the value is null.");
    deleted.putObject("payload").put("type", "null");
    key(deleted, "tenant/id of the row.");
  }

  private void deadLetters() {
    ObjectNode message =
        message(
            channel(
                "dead-letters",
                Topics.deadLetters(),
                "Records of the log that could not be applied to the views."),
            "DeadLetter");
    message.put("name", "DeadLetter");
    message.put("title", "An event that could not be applied");
    message.put("summary", "The record as it was, with the error in further headers.");
    ObjectNode headers = NODES.objectNode().put("type", "object");
    ObjectNode properties = headers.putObject("properties");
    property(properties, "xalesin_error", "Why it could not be applied.");
    property(properties, "xalesin_error_partition", "Where it is in xalesin.events.");
    property(properties, "xalesin_error_offset", "Where it is in the partition.");
    headers
        .putArray("required")
        .add("xalesin_error")
        .add("xalesin_error_partition")
        .add("xalesin_error_offset");
    message.set("headers", headers);
    message.putObject("payload").put("description", "The bytes as they were.");
    key(message, "As it was: the tenant.");
  }

  private void cdcOffsets() {
    ObjectNode message =
        message(
            channel(
                "cdc.offsets",
                Topics.cdcOffsets(),
                "How far the log of PostgreSQL has been published. For the publisher alone."),
            "CdcOffset");
    message.put("name", "CdcOffset");
    message.put("title", "A position of the publisher");
    message.put("summary", "May change without a new version.");
    message.putObject("payload").put("description", "For the publisher alone.");
    key(message, "The replication slot.");
  }

  /** The messages of the new channel. */
  private ObjectNode channel(String id, Topics.Spec topic, String description) {
    ObjectNode channel = channels.putObject(id);
    channel.put("address", topic.name());
    channel.put("description", description);
    ObjectNode inChannel = channel.putObject("messages");
    ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
    kafka.put("topic", topic.name());
    kafka.put("partitions", topic.partitions());
    ObjectNode configuration = kafka.putObject("topicConfiguration");
    topic.config().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              if (entry.getKey().equals("cleanup.policy")) {
                configuration.putArray(entry.getKey()).add(entry.getValue());
              } else {
                configuration.put(entry.getKey(), Long.parseLong(entry.getValue()));
              }
            });
    kafka.put("bindingVersion", BINDING_VERSION);
    ObjectNode operation = operations.putObject("publish." + id);
    operation.put("action", "send");
    operation.putObject("channel").put("$ref", "#/channels/" + id);
    return inChannel;
  }

  private ObjectNode message(ObjectNode inChannel, String id) {
    inChannel.putObject(id).put("$ref", "#/components/messages/" + id);
    return messages.putObject(id);
  }

  private static void key(ObjectNode message, String description) {
    ObjectNode kafka = message.putObject("bindings").putObject("kafka");
    kafka.putObject("key").put("type", "string").put("description", description);
    kafka.put("bindingVersion", BINDING_VERSION);
  }

  private static ObjectNode payload(String schema) {
    ObjectNode payload = NODES.objectNode().put("schemaFormat", SCHEMA_FORMAT);
    payload.putObject("schema").put("$ref", schema);
    return payload;
  }

  private static ObjectNode eventHeaders(String type, String schema) {
    ObjectNode headers = NODES.objectNode();
    var parts = headers.putArray("allOf");
    parts.addObject().put("$ref", "#/components/schemas/" + CLOUD_EVENT);
    ObjectNode properties = parts.addObject().put("type", "object").putObject("properties");
    properties.putObject("ce_type").put("const", type);
    properties.putObject("ce_dataschema").put("const", schema);
    return headers;
  }

  private static ObjectNode cloudEvent() {
    ObjectNode schema = NODES.objectNode().put("type", "object");
    schema.put("description", "CloudEvents 1.0, binary content mode; values are UTF-8.");
    ObjectNode properties = schema.putObject("properties");
    headers("some").keySet().forEach(name -> property(properties, name, words(name)));
    Map<String, String> same = headers(null);
    for (String name : List.of("ce_specversion", "ce_source", "content-type")) {
      ((ObjectNode) properties.get(name)).put("const", same.get(name));
    }
    var required = schema.putArray("required");
    same.keySet().forEach(required::add);
    return schema;
  }

  private static Map<String, String> headers(@Nullable String optional) {
    Map<String, String> headers = new LinkedHashMap<>();
    UUID id = new UUID(1, 1);
    CloudEvents.headers(
            new RecordedEvent(
                id,
                "tenant",
                new StreamName(StreamName.ACCOUNTS, id).toString(),
                1,
                "AccountClosed",
                1,
                Instant.EPOCH,
                "actor",
                "correlation",
                optional,
                optional,
                optional,
                new byte[0]))
        .forEach(header -> headers.put(header.name(), new String(header.value(), UTF_8)));
    return headers;
  }

  private static String words(String header) {
    String words = HEADERS.get(header);
    if (words == null) {
      throw new AssertionError("say what the header " + header + " is");
    }
    return words;
  }

  private static void property(ObjectNode properties, String name, String description) {
    properties.putObject(name).put("type", "string").put("description", description);
  }
}
