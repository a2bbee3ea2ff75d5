package xalesin.edge;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.Json;

/**
 * Reads JSON bodies strictly into records. What is not JSON is 400 with line and column; what is
 * JSON but not the record is 422 with a JSON pointer (RFC 6901). Thread-safe.
 */
public final class Bodies {
  private static final int MAX_KNOWN_FIELDS = 40;

  private static final ClassValue<ObjectReader> READERS =
      new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> type) {
          // The end of the body is checked here, so that what follows is told apart from what is
          // inside.
          return Json.STRICT
              .readerFor(type)
              .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        }
      };

  private Bodies() {}

  /** The body as a record; throws {@link ProblemException}. */
  public static <T> T read(byte[] json, Class<T> type) {
    return read(json, 0, json.length, type);
  }

  /** Part of a buffer, such as one line of NDJSON, as a record; throws {@link ProblemException}. */
  public static <T> T read(byte[] json, int offset, int length, Class<T> type) {
    if (!canBeUtf8(json, offset, length)) {
      throw malformed("the body must be in UTF-8", null);
    }
    try (JsonParser parser = Json.STRICT.getFactory().createParser(json, offset, length)) {
      if (parser.nextToken() == null) {
        throw malformed("the body is empty, JSON is expected", null);
      }
      T value = notNull(READERS.get(type).readValue(parser), "");
      if (parser.nextToken() != null) {
        throw malformed(
            "something follows the end of the JSON value", parser.currentTokenLocation());
      }
      return value;
    } catch (IOException e) {
      throw problemOf(e, "").exception();
    }
  }

  /**
   * The parser would read UTF-16 and UTF-32 too. JSON in these begins with a mark or a NUL that
   * JSON in UTF-8 never has.
   */
  private static boolean canBeUtf8(byte[] json, int offset, int length) {
    for (int i = offset; i < offset + Math.min(length, Integer.BYTES); i++) {
      if (json[i] == 0 || json[i] == (byte) 0xfe || json[i] == (byte) 0xff) {
        return false;
      }
    }
    return true;
  }

  /**
   * A tree that was read with {@link Json#STRICT}, as a record; throws {@link ProblemException}.
   *
   * @param pointer where the tree stands in the body; begins the pointers of errors
   */
  public static <T> T read(JsonNode tree, Class<T> type, String pointer) {
    try (JsonParser parser = Json.STRICT.treeAsTokens(tree)) {
      return notNull(READERS.get(type).readValue(parser), pointer);
    } catch (IOException e) {
      throw problemOf(e, pointer).exception();
    }
  }

  private static <T> T notNull(@Nullable T value, String pointer) {
    if (value == null) {
      throw Problem.invalid(pointer, "must not be null").exception();
    }
    return value;
  }

  private static Problem problemOf(IOException error, String pointer) {
    // Databind wraps the parser's errors when they happen inside an object.
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof InputCoercionException) {
        break; // A number that is JSON but too large for its field.
      }
      if (cause instanceof StreamReadException notJson) {
        return malformed(firstLine(notJson.getOriginalMessage()), notJson.getLocation()).problem();
      }
      if (cause instanceof StreamConstraintsException tooMuch) {
        return Problem.of(
            400,
            "json-limits",
            "The JSON exceeds a limit",
            firstLine(tooMuch.getOriginalMessage()));
      }
    }
    return error instanceof JsonMappingException mapping
        ? Problem.invalid(pointer + pointerOf(mapping) + fieldOf(mapping), detailOf(mapping))
        : malformed("the body is not valid JSON in UTF-8", null).problem();
  }

  private static ProblemException malformed(String detail, @Nullable JsonLocation at) {
    String place =
        at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    return Problem.of(400, "malformed-json", "The body is not valid JSON", detail + place)
        .exception();
  }

  /**
   * Jackson's first line says what is wrong; the next ones repeat the source and where it stands.
   */
  private static String firstLine(@Nullable String message) {
    String text =
        message == null ? "not valid JSON" : message.lines().findFirst().orElse("not valid JSON");
    int internals = text.indexOf(" from `");
    return internals < 0 ? text : text.substring(0, internals);
  }

  private static String pointerOf(JsonMappingException error) {
    StringBuilder pointer = new StringBuilder();
    for (JsonMappingException.Reference step : error.getPath()) {
      pointer.append('/');
      String field = step.getFieldName();
      if (field == null) {
        pointer.append(step.getIndex());
      } else {
        pointer.append(escape(field));
      }
    }
    return pointer.toString();
  }

  /** The records' own checks name the field, or the path to it, below what was being made. */
  private static String fieldOf(JsonMappingException error) {
    return error.getCause() instanceof InvalidValueException invalid && !invalid.field().isEmpty()
        ? "/" + invalid.field()
        : "";
  }

  private static String escape(String field) {
    return field.replace("~", "~0").replace("/", "~1");
  }

  private static String detailOf(JsonMappingException error) {
    return switch (error) {
      case UnrecognizedPropertyException unknown ->
          "unknown field" + known(unknown.getKnownPropertyIds());
      case ValueInstantiationException made
          when made.getCause() instanceof IllegalArgumentException refused ->
          String.valueOf(refused.getMessage());
      case InvalidFormatException format -> "must be " + describe(format.getTargetType());
      case MismatchedInputException mismatch
          when mismatch.getOriginalMessage().startsWith("must ") ->
          mismatch.getOriginalMessage();
      case MismatchedInputException mismatch -> "must be " + describe(mismatch.getTargetType());
      case JsonMappingException number when number.getCause() instanceof InputCoercionException ->
          "must be " + describe(int.class);
      default -> "is not valid";
    };
  }

  private static String known(@Nullable Collection<Object> fields) {
    if (fields == null || fields.isEmpty()) {
      return ", none is known here";
    }
    List<String> names =
        fields.stream().map(String::valueOf).sorted().limit(MAX_KNOWN_FIELDS).toList();
    return ", known are " + String.join(", ", names);
  }

  /** As they are in JSON. */
  private static List<String> written(Object[] values) {
    return Arrays.stream(values)
        .map(value -> Json.MAPPER.convertValue(value, String.class))
        .toList();
  }

  private static String describe(@Nullable Class<?> type) {
    if (type == null) {
      return "another type";
    }
    if (type.isEnum()) {
      return "one of " + String.join(", ", written(type.getEnumConstants()));
    }
    if (type == String.class) {
      return "a string";
    }
    if (type == UUID.class) {
      return "a UUID";
    }
    if (type == Instant.class) {
      return "a time as in RFC 3339";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number within its range";
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "an array";
    }
    return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "another type";
  }
}
