package xalesin.standalone.verify;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;

/**
 * Compares the table with the topic, a partition at a time so that memory holds one partition's
 * streams. The topic must have each event of the table once, in the stream's order, byte for byte,
 * and nothing else.
 *
 * <p>The installation may be running: the table is read first, then the topic until it has all of
 * that; what the topic has beyond it must be in the table by then. Waits for a bounded time without
 * progress.
 */
final class TopicCheck {
  private static final Duration POLL = Duration.ofMillis(200);

  private final EventTable snapshot;
  private final EventTable newest;
  private final Consumer<byte[], byte[]> consumer;
  private final Differences differences;
  private final Duration patience;

  /**
   * @param snapshot the table at one instant
   * @param newest the table as it is when asked
   * @param consumer read_committed, not subscribed
   * @param patience how long cdc may be without a new record before what is missing counts as
   *     missing
   */
  TopicCheck(
      EventTable snapshot,
      EventTable newest,
      Consumer<byte[], byte[]> consumer,
      Differences differences,
      Duration patience) {
    this.snapshot = snapshot;
    this.newest = newest;
    this.consumer = consumer;
    this.differences = differences;
    this.patience = patience;
  }

  private record Key(String tenant, String stream) {}

  /**
   * @param expected the stream in the table's snapshot
   * @param found the stream in the topic so far
   */
  private record Progress(StreamDigest expected, StreamDigest found) {
    boolean isBehind() {
      return found.version() < expected.version();
    }
  }

  /** Returns how many records the topic's partition has. */
  long check(int partition, List<EventTable.Tenant> tenants) throws SQLException {
    Map<Key, Progress> streams = new HashMap<>();
    for (EventTable.Tenant tenant : tenants) {
      snapshot.events(tenant.name(), event -> expect(streams, event));
    }
    long records = readTopic(partition, streams);
    for (Map.Entry<Key, Progress> entry : streams.entrySet()) {
      compareEnd(entry.getKey(), entry.getValue());
    }
    return records;
  }

  private void expect(Map<Key, Progress> streams, RecordedEvent event) {
    Key key = new Key(event.tenant(), event.stream());
    StreamDigest before =
        streams.getOrDefault(key, new Progress(StreamDigest.EMPTY, StreamDigest.EMPTY)).expected();
    if (event.version() != before.version() + 1) {
      differences.add(
          "table: %s of tenant %s goes from version %d to %d"
              .formatted(event.stream(), event.tenant(), before.version(), event.version()));
    }
    streams.put(key, new Progress(before.plus(event), StreamDigest.EMPTY));
  }

  private long readTopic(int partition, Map<Key, Progress> streams) {
    TopicPartition topic = new TopicPartition(Topics.EVENTS, partition);
    consumer.assign(List.of(topic));
    consumer.seekToBeginning(List.of(topic));
    long end = consumer.endOffsets(List.of(topic)).getOrDefault(topic, 0L);
    long behind = streams.values().stream().filter(Progress::isBehind).count();
    long records = 0;
    long deadline = System.nanoTime() + patience.toNanos();
    while (behind > 0 || consumer.position(topic) < end) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> kafkaRecord : polled.records(topic)) {
        records++;
        behind -= found(streams, kafkaRecord) ? 1 : 0;
      }
      if (!polled.isEmpty()) {
        deadline = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() > deadline) {
        break;
      }
    }
    return records;
  }

  /** Notes a record of the topic; true when with it the stream has all that the table had. */
  private boolean found(Map<Key, Progress> streams, ConsumerRecord<byte[], byte[]> kafkaRecord) {
    RecordedEvent event;
    try {
      event = CloudEvents.read(name -> header(kafkaRecord, name), kafkaRecord.value());
    } catch (InvalidValueException e) {
      differences.add(
          "topic: partition %d offset %d: %s %s"
              .formatted(kafkaRecord.partition(), kafkaRecord.offset(), e.field(), e.getMessage()));
      return false;
    }
    Key key = new Key(event.tenant(), event.stream());
    Progress before =
        streams.getOrDefault(key, new Progress(StreamDigest.EMPTY, StreamDigest.EMPTY));
    if (event.version() != before.found().version() + 1) {
      differences.add(
          "topic: partition %d offset %d has %s of tenant %s in version %d after version %d"
              .formatted(
                  kafkaRecord.partition(),
                  kafkaRecord.offset(),
                  event.stream(),
                  event.tenant(),
                  event.version(),
                  before.found().version()));
      return false;
    }
    Progress after = new Progress(before.expected(), before.found().plus(kafkaRecord));
    streams.put(key, after);
    boolean complete = before.isBehind() && !after.isBehind();
    if (complete && !after.found().equals(after.expected())) {
      differences.add(
          "topic: %s of tenant %s differs from the table within its %d versions"
              .formatted(key.stream(), key.tenant(), after.expected().version()));
    }
    return complete;
  }

  private void compareEnd(Key key, Progress progress) throws SQLException {
    if (progress.isBehind()) {
      differences.add(
          "topic: %s of tenant %s has version %d, the table has %d"
              .formatted(
                  key.stream(),
                  key.tenant(),
                  progress.found().version(),
                  progress.expected().version()));
    } else if (progress.found().version() > progress.expected().version()) {
      long newestVersion = newest.version(key.tenant(), key.stream());
      if (newestVersion < progress.found().version()) {
        differences.add(
            "topic: %s of tenant %s has version %d, the table only %d"
                .formatted(key.stream(), key.tenant(), progress.found().version(), newestVersion));
      }
    }
  }

  private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> kafkaRecord, String name) {
    Header header = kafkaRecord.headers().lastHeader(name);
    return header == null ? null : header.value();
  }
}
