package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Examples of every command, in an order in which a new tenant takes all of them: one small company
 * from its first account to a bill that is paid. Their file is what {@code POST /api/commands} and
 * {@code import} take. Immutable.
 */
public final class Examples {
  private static final String RESOURCE = "/xalesin/examples.ndjson";

  private static final List<Example> ALL = read();

  /**
   * @param command as in {@link CommandTypes}
   * @param id of the thing; null where a tenant has one
   * @param data the body that the command's own route takes
   * @param line all of it, as a line of {@code POST /api/commands}
   */
  public record Example(String command, @Nullable UUID id, ObjectNode data, String line) {
    public String resource() {
      return command.substring(0, command.indexOf('.'));
    }

    /** Its own copy: others may change theirs. */
    @Override
    public ObjectNode data() {
      return data.deepCopy();
    }
  }

  private Examples() {}

  public static List<Example> all() {
    return ALL;
  }

  /**
   * The first of that command.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Example of(String command) {
    for (Example example : ALL) {
      if (example.command.equals(command)) {
        return example;
      }
    }
    throw new IllegalArgumentException("there is no example of " + command);
  }

  /** The id of the first thing of that resource, or null when there is none. */
  public static @Nullable UUID idOf(String resource) {
    for (Example example : ALL) {
      if (example.resource().equals(resource)) {
        return example.id;
      }
    }
    return null;
  }

  private static List<Example> read() {
    try (InputStream file = Examples.class.getResourceAsStream(RESOURCE)) {
      if (file == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      List<Example> examples = new ArrayList<>();
      for (String line : new String(file.readAllBytes(), UTF_8).lines().toList()) {
        ObjectNode json = (ObjectNode) Json.STRICT.readTree(line);
        // A creation's stands in its data.
        String id = (json.has("id") ? json : json.path("data")).path("id").textValue();
        examples.add(
            new Example(
                json.path("command").asText(),
                id == null ? null : UUID.fromString(id),
                (ObjectNode) json.path("data"),
                line));
      }
      return List.copyOf(examples);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
    }
  }
}
