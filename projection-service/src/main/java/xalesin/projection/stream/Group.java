package xalesin.projection.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.View;

/**
 * Events that have been folded and wait to be written together: their facts and rows, each key once
 * with its newest value. Events that come one by one make groups of one. For the stream thread
 * only.
 */
final class Group {
  private final Map<Bytes, byte @Nullable []> facts = new LinkedHashMap<>();
  private final Map<RowId, Output> outputs = new LinkedHashMap<>();
  private final Map<StreamId, Long> versions = new HashMap<>();
  private final List<Record<byte[], byte[]>> deadLetters = new ArrayList<>();
  private final List<Long> recordedMicros = new ArrayList<>();
  private long bytes;
  private long beganNanos;

  /** A row of a tenant. */
  record RowId(View<?> view, String tenant, UUID id) {
    /** The key in the view's topic. */
    byte[] topicKey() {
      return (tenant + '/' + id).getBytes(UTF_8);
    }
  }

  /**
   * The newest JSON of a row (null when deleted) and the time of its event in the log, which the
   * broker has accepted once: one in the far future it would refuse.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Output(byte @Nullable [] json, long timestampMillis) {}

  boolean isEmpty() {
    return facts.isEmpty() && deadLetters.isEmpty();
  }

  int events() {
    return recordedMicros.size();
  }

  long bytes() {
    return bytes;
  }

  /** How long the oldest has been waiting. */
  long ageNanos(long nowNanos) {
    return isEmpty() ? 0 : nowNanos - beganNanos;
  }

  void fact(byte[] key, byte @Nullable [] value) {
    begin();
    facts.put(Bytes.wrap(key), value);
    bytes += key.length + (value == null ? 0 : value.length);
  }

  void output(RowId row, byte @Nullable [] json, long timestampMillis) {
    outputs.put(row, new Output(json, timestampMillis));
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

  /** Whether the group has a value for the key, deleted ones included. */
  boolean has(Bytes key) {
    return facts.containsKey(key);
  }

  byte @Nullable [] fact(Bytes key) {
    return facts.get(key);
  }

  List<KeyValue<Bytes, byte[]>> facts() {
    List<KeyValue<Bytes, byte[]>> list = new ArrayList<>(facts.size());
    facts.forEach((key, value) -> list.add(KeyValue.pair(key, value)));
    return list;
  }

  Map<RowId, Output> outputs() {
    return outputs;
  }

  Map<StreamId, Long> versions() {
    return versions;
  }

  List<Record<byte[], byte[]>> deadLetters() {
    return deadLetters;
  }

  List<Long> recordedMicros() {
    return recordedMicros;
  }

  void clear() {
    facts.clear();
    outputs.clear();
    versions.clear();
    deadLetters.clear();
    recordedMicros.clear();
    bytes = 0;
  }
}
