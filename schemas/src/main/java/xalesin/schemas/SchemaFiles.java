package xalesin.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The published JSON Schemas (draft 2020-12) of events, command bodies and view rows. They are
 * written from the records by the build's tests, never by hand; a version once published stays.
 */
public final class SchemaFiles {
  /** What a schema describes. */
  public enum Kind {
    /** Named as in {@link EventTypes}. */
    EVENTS,
    /** Named as in {@link CommandTypes}. */
    COMMANDS,
    /** Named as the view. */
    ROWS;

    public String folder() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that folder, or null when there is none. */
    public static @Nullable Kind ofFolder(String folder) {
      for (Kind kind : values()) {
        if (kind.folder().equals(folder)) {
          return kind;
        }
      }
      return null;
    }
  }

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z.-]{0,99}");

  private SchemaFiles() {}

  /** The identifier of a schema, and its path below an installation's address. */
  public static String id(Kind kind, String type, int version) {
    return "/schemas/%s/%s/%d".formatted(kind.folder(), type, version);
  }

  /** The schema as UTF-8 JSON, or null when there is none of that name and version. */
  public static byte @Nullable [] find(Kind kind, String type, int version) {
    if (!NAME.matcher(type).matches() || type.contains("..")) {
      return null;
    }
    String path = "/xalesin/schemas/%s/%s/%d.json".formatted(kind.folder(), type, version);
    try (InputStream file = SchemaFiles.class.getResourceAsStream(path)) {
      return file == null ? null : file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + path, e);
    }
  }
}
