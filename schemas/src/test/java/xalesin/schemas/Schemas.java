package xalesin.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas as the records are now, and a validator for them. */
final class Schemas {
  /** A published type of the contract. */
  record Published(
      SchemaFiles.Kind kind, String name, int version, Class<? extends Record> recordClass) {
    ObjectNode generate() {
      return SchemaGenerator.generate(kind, name, version, recordClass);
    }

    String path() {
      return "%s/%s/%d.json".formatted(kind.folder(), name, version);
    }

    @Override
    public String toString() {
      return path();
    }
  }

  /** Commands are not kept, so only their newest form is described. */
  static final int COMMAND_VERSION = 1;

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final Map<String, Schema> READ = new ConcurrentHashMap<>();

  private Schemas() {}

  static List<Published> all() {
    List<Published> all = new ArrayList<>();
    for (EventTypes.Type type : EventTypes.all()) {
      all.add(
          new Published(
              SchemaFiles.Kind.EVENTS,
              type.name(),
              type.schemaVersion(),
              type.recordClass().asSubclass(Record.class)));
    }
    for (CommandTypes.Type type : CommandTypes.all()) {
      all.add(
          new Published(
              SchemaFiles.Kind.COMMANDS,
              type.name(),
              COMMAND_VERSION,
              type.recordClass().asSubclass(Record.class)));
    }
    for (RowTypes.Type type : RowTypes.all()) {
      all.add(
          new Published(
              SchemaFiles.Kind.ROWS, type.name(), type.schemaVersion(), type.recordClass()));
    }
    return all;
  }

  /** What is wrong with the JSON under the published schema; empty when nothing is. */
  static List<String> problems(SchemaFiles.Kind kind, String name, int version, String json) {
    Schema schema =
        READ.computeIfAbsent(
            SchemaFiles.id(kind, name, version), _ -> published(kind, name, version));
    return schema
        .validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  /** As it is written to a file. */
  static String text(ObjectNode json) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    try {
      return Json.MAPPER.writer(printer).writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema published(SchemaFiles.Kind kind, String name, int version) {
    byte[] file = SchemaFiles.find(kind, name, version);
    if (file == null) {
      throw new AssertionError("no schema %s/%s/%d".formatted(kind, name, version));
    }
    return REGISTRY.getSchema(new java.io.ByteArrayInputStream(file), InputFormat.JSON);
  }
}
