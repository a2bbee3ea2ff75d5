package xalesin.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.RecordedEvent;

/**
 * Reads Debezium's records. The only place that knows their shape: topics `<prefix>.transaction`
 * and `<prefix>.xalesin.events`, envelopes, and the offset field that carries the commit LSN. Pure.
 */
final class WalReader {
  /** Debezium's topic.prefix: a name inside this process, nothing is written to such topics. */
  static final String PREFIX = "wal";

  static final String TABLE = "xalesin.events";

  private static final String TRANSACTION_TOPIC = PREFIX + ".transaction";
  private static final String TABLE_TOPIC = PREFIX + "." + TABLE;

  private WalReader() {}

  /**
   * @throws MalformedStreamException when the record is not what pgoutput through Debezium gives
   */
  static WalRecord read(SourceRecord record) {
    try {
      return switch (record.topic()) {
        case TABLE_TOPIC -> row((Struct) record.value());
        case TRANSACTION_TOPIC -> boundary((Struct) record.value(), record);
        case null, default -> WalRecord.Other.OTHER;
      };
    } catch (DataException | IllegalArgumentException | java.time.DateTimeException e) {
      throw new MalformedStreamException("unreadable record at " + record.sourceOffset(), e);
    }
  }

  private static WalRecord boundary(Struct value, SourceRecord record) {
    String id = xid(value.getString("id"));
    return "END".equals(value.getString("status"))
        ? new WalRecord.End(id, commitLsn(record), rows(value))
        : new WalRecord.Begin(id);
  }

  /** Debezium writes {@code xid:lsn}, and the LSN differs between begin and end. */
  private static String xid(String id) {
    int colon = id.indexOf(':');
    return colon < 0 ? id : id.substring(0, colon);
  }

  /** The end of the commit record, see PostgresOffsetContext.LAST_COMMIT_LSN_KEY. */
  private static Lsn commitLsn(SourceRecord record) {
    if (record.sourceOffset().get("lsn_commit") instanceof Long lsn) {
      return new Lsn(lsn);
    }
    throw new MalformedStreamException(
        "a transaction ended without commit LSN: " + record.sourceOffset(), null);
  }

  private static long rows(Struct end) {
    for (Object collection : end.getArray("data_collections")) {
      Struct counted = (Struct) collection;
      if (TABLE.equals(counted.getString("data_collection"))) {
        return counted.getInt64("event_count");
      }
    }
    return 0;
  }

  private static WalRecord row(Struct envelope) {
    String operation = envelope.getString("op");
    if (!"c".equals(operation)) {
      throw new MalformedStreamException(
          "an event was changed (" + operation + "); the event table is append-only", null);
    }
    Struct row = envelope.getStruct("after");
    return new WalRecord.Row(
        new RecordedEvent(
            UUID.fromString(text(row, "id")),
            text(row, "tenant"),
            text(row, "stream"),
            row.getInt64("version"),
            text(row, "type"),
            row.getInt32("schema_version"),
            Instant.parse(text(row, "recorded_at")),
            text(row, "actor"),
            text(row, "correlation_id"),
            optional(row, "causation_id"),
            optional(row, "traceparent"),
            later(row, "client_address"),
            text(row, "data").getBytes(UTF_8)));
  }

  private static String text(Struct row, String field) {
    String value = row.getString(field);
    if (value == null) {
      throw new DataException("column " + field + " is null");
    }
    return value;
  }

  /** A column that rows from before its migration do not have. */
  private static @Nullable String later(Struct row, String field) {
    return row.schema().field(field) == null ? null : row.getString(field);
  }

  private static @Nullable String optional(Struct row, String field) {
    return row.getString(field);
  }
}
