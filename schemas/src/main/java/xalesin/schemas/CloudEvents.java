package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka form of an event: CloudEvents 1.0, binary content mode (Kafka protocol binding, section
 * 3.2). The record's key is the tenant and its value the event's data.
 */
public final class CloudEvents {
  /** A header of a record; the value is not copied. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Header(String name, byte[] value) {}

  /** {@code ce_source} of all that the command service records. */
  public static final String SOURCE = "/xalesin";

  public static final String VERSION = "ce_version";
  public static final String SUBJECT = "ce_subject";

  private static final String SCHEMA_BASE = "/schemas/events/";
  private static final Header SPEC_VERSION = new Header("ce_specversion", bytes("1.0"));
  private static final Header SOURCE_HEADER = new Header("ce_source", bytes(SOURCE));
  private static final Header CONTENT_TYPE = new Header("content-type", bytes("application/json"));

  private CloudEvents() {}

  /** The headers of the event's record, in a fixed order. */
  public static List<Header> headers(RecordedEvent event) {
    List<Header> headers = new ArrayList<>(15);
    headers.add(SPEC_VERSION);
    headers.add(header("ce_id", event.id().toString()));
    headers.add(SOURCE_HEADER);
    headers.add(header("ce_type", event.type()));
    headers.add(header(SUBJECT, event.stream()));
    headers.add(header("ce_time", event.recordedAt().toString()));
    headers.add(header("ce_dataschema", SCHEMA_BASE + event.type() + "/" + event.schemaVersion()));
    headers.add(header("ce_tenant", event.tenant()));
    headers.add(header(VERSION, Long.toString(event.version())));
    headers.add(header("ce_actor", event.actor()));
    headers.add(header("ce_correlationid", event.correlationId()));
    if (event.causationId() != null) {
      headers.add(header("ce_causationid", event.causationId()));
    }
    if (event.traceparent() != null) {
      headers.add(header("ce_traceparent", event.traceparent()));
    }
    if (event.clientAddress() != null) {
      headers.add(header("ce_clientaddress", event.clientAddress()));
    }
    headers.add(CONTENT_TYPE);
    return headers;
  }

  /**
   * Reads a record of the events topic.
   *
   * @param headers the last value of the header of that name, or null
   * @throws InvalidValueException naming the header that is missing or malformed
   */
  public static RecordedEvent read(Function<String, byte @Nullable []> headers, byte[] value) {
    String schema = required(headers, "ce_dataschema");
    return new RecordedEvent(
        uuid(required(headers, "ce_id")),
        required(headers, "ce_tenant"),
        required(headers, SUBJECT),
        number(VERSION, required(headers, VERSION)),
        required(headers, "ce_type"),
        (int) number("ce_dataschema", schema.substring(schema.lastIndexOf('/') + 1)),
        time(required(headers, "ce_time")),
        required(headers, "ce_actor"),
        required(headers, "ce_correlationid"),
        optional(headers, "ce_causationid"),
        optional(headers, "ce_traceparent"),
        optional(headers, "ce_clientaddress"),
        value);
  }

  private static Header header(String name, String value) {
    return new Header(name, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String required(Function<String, byte @Nullable []> headers, String name) {
    String value = optional(headers, name);
    if (value == null) {
      throw new InvalidValueException(name, "is missing");
    }
    return value;
  }

  private static @Nullable String optional(
      Function<String, byte @Nullable []> headers, String name) {
    byte[] value = headers.apply(name);
    return value == null ? null : new String(value, UTF_8);
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("ce_id", "is not a UUID");
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidValueException("ce_time", "is not a time as in RFC 3339");
    }
  }

  private static long number(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidValueException(name, "is not a whole number");
    }
  }
}
