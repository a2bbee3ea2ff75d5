package xalesin.projection.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import xalesin.projection.changes.ChangedRow;
import xalesin.projection.store.IndexedViews;
import xalesin.projection.store.Keyspace;
import xalesin.projection.view.View;
import xalesin.schemas.Json;

/**
 * Events that have been folded and wait to be written together: their facts and rows, each once
 * with its newest value, so that a row that many of them change is put into JSON once. Events that
 * come one by one make groups of one. For the stream thread only.
 */
final class Group {
  private final Map<Bytes, byte @Nullable []> facts = new LinkedHashMap<>();
  private final Map<RowId, NewRow> rows = new LinkedHashMap<>();
  private final Map<StreamId, Long> versions = new HashMap<>();
  private final List<Record<byte[], byte[]>> deadLetters = new ArrayList<>();
  private final List<Long> recordedMicros = new ArrayList<>();
  private long beganNanos;

  /** A row of a tenant. */
  record RowId(View<?> view, String tenant, UUID id) implements ChangedRow {
    /** The key in the view's topic. */
    byte[] topicKey() {
      return (tenant + '/' + id).getBytes(UTF_8);
    }

    /** The key in the store. */
    byte[] key() {
      return Keyspace.row(tenant, view, id);
    }
  }

  /**
   * The newest state of a row (null when deleted) and the time of its event in the log, which the
   * broker has accepted once: one in the far future it would refuse.
   */
  record NewRow(@Nullable Object row, long timestampMillis) {}

  /** A row as it goes into its view's topic; null JSON when deleted. */
  @SuppressWarnings("ArrayRecordComponent")
  record Output(RowId id, byte @Nullable [] json, long timestampMillis) {}

  boolean isEmpty() {
    return facts.isEmpty() && rows.isEmpty() && deadLetters.isEmpty();
  }

  /** Rows and other facts that wait. */
  int size() {
    return facts.size() + rows.size();
  }

  int events() {
    return recordedMicros.size();
  }

  /** How long the oldest has been waiting. */
  long ageNanos(long nowNanos) {
    return isEmpty() ? 0 : nowNanos - beganNanos;
  }

  void fact(byte[] key, byte @Nullable [] value) {
    begin();
    facts.put(Bytes.wrap(key), value);
  }

  /**
   * @param row null when it is deleted
   */
  void row(RowId id, @Nullable Object row, long timestampMillis) {
    begin();
    rows.put(id, new NewRow(row, timestampMillis));
  }

  void applied(StreamId stream, long version, long micros) {
    versions.put(stream, version);
    recordedMicros.add(micros);
  }

  void deadLetter(Record<byte[], byte[]> record) {
    begin();
    deadLetters.add(record);
  }

  private void begin() {
    if (isEmpty()) {
      beganNanos = System.nanoTime();
    }
  }

  /** Whether the group has a state of the row, deleted ones included. */
  boolean has(RowId row) {
    return rows.containsKey(row);
  }

  /** The newest state of a row that the group has; null when it is deleted. */
  @Nullable Object row(RowId row) {
    NewRow newest = rows.get(row);
    return newest == null ? null : newest.row();
  }

  /**
   * All facts as they are stored, the rows among them.
   *
   * @param outputs gets every row as it goes into its topic
   */
  List<KeyValue<Bytes, byte[]>> facts(IndexedViews views, Consumer<Output> outputs) {
    List<KeyValue<Bytes, byte[]>> list = new ArrayList<>(facts.size() + rows.size());
    rows.forEach(
        (id, newest) -> {
          Object row = newest.row();
          byte[] json = row == null ? null : Json.write(row);
          byte[] stored = row == null || json == null ? null : views.encode(id.view(), row, json);
          list.add(KeyValue.pair(Bytes.wrap(id.key()), stored));
          outputs.accept(new Output(id, json, newest.timestampMillis()));
        });
    facts.forEach((key, value) -> list.add(KeyValue.pair(key, value)));
    return list;
  }

  Map<StreamId, Long> versions() {
    return versions;
  }

  /** The rows that it has a state of. */
  Set<RowId> changedRows() {
    return rows.keySet();
  }

  /** Those it has events of. */
  Set<String> tenants() {
    Set<String> tenants = new HashSet<>(4);
    versions.keySet().forEach(stream -> tenants.add(stream.tenant()));
    return tenants;
  }

  List<Record<byte[], byte[]>> deadLetters() {
    return deadLetters;
  }

  List<Long> recordedMicros() {
    return recordedMicros;
  }

  void clear() {
    facts.clear();
    rows.clear();
    versions.clear();
    deadLetters.clear();
    recordedMicros.clear();
  }
}
