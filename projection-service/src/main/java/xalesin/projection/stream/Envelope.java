package xalesin.projection.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;

/** Records of the log, read, and as dead letters. Stateless. */
final class Envelope {
  /** In a dead letter: why, and where in the log it was. */
  static final String ERROR = "xalesin_error";

  static final String ERROR_PARTITION = "xalesin_error_partition";
  static final String ERROR_OFFSET = "xalesin_error_offset";

  private static final int MAX_ERROR = 1_000;
  private static final byte[] NOTHING = {};

  private Envelope() {}

  /**
   * Reads the envelope of a record; a missing value is read as no bytes.
   *
   * @throws InvalidValueException when it does not say whose event it is, or lies in the wrong
   *     partition
   */
  static RecordedEvent read(Record<byte[], byte[]> record, int partition) {
    Headers headers = record.headers();
    RecordedEvent event =
        CloudEvents.read(
            name -> {
              Header header = headers.lastHeader(name);
              return header == null ? null : header.value();
            },
            record.value() == null ? NOTHING : record.value());
    if (Topics.partitionOf(event.tenant()) != partition) {
      throw new InvalidValueException(
          "ce_tenant",
          "%s belongs to partition %d"
              .formatted(event.tenant(), Topics.partitionOf(event.tenant())));
    }
    return event;
  }

  /** Why an event could not be applied: the same words for the same event on every node. */
  static String describe(RuntimeException e) {
    Throwable cause = e.getCause();
    String text = e.getClass().getSimpleName() + ": " + e.getMessage();
    if (cause != null) {
      text += "; " + cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
    return text.length() > MAX_ERROR ? text.substring(0, MAX_ERROR) : text;
  }

  /** The record as it was, with the error in its headers. */
  static Record<byte[], byte[]> deadLetter(
      Record<byte[], byte[]> record, int partition, long offset, String error) {
    Headers headers = new RecordHeaders(record.headers());
    headers.add(ERROR, error.getBytes(UTF_8));
    headers.add(ERROR_PARTITION, Integer.toString(partition).getBytes(UTF_8));
    headers.add(ERROR_OFFSET, Long.toString(offset).getBytes(UTF_8));
    return record.withHeaders(headers);
  }
}
