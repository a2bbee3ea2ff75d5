package xalesin.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import xalesin.cdc.TopicAdmin;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.Topics;

/** One tenant's events taken from the topic of one broker and told to another's, with damage. */
final class TopicCopy {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, List<Entry>> streams = new LinkedHashMap<>();

  /** A record of the topic, wherever it is told. */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(byte[] key, List<Header> headers, byte[] value) {
    Entry {
      headers = List.copyOf(headers);
    }

    String header(String name) {
      return headers.stream()
          .filter(header -> header.key().equals(name))
          .map(header -> new String(header.value(), UTF_8))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no header " + name));
    }

    /** With the value of a header that it has. */
    Entry with(String name, UnaryOperator<String> change) {
      byte[] changed = change.apply(header(name)).getBytes(UTF_8);
      return new Entry(
          key,
          headers.stream()
              .map(old -> old.key().equals(name) ? new RecordHeader(name, changed) : old)
              .toList(),
          value);
    }
  }

  private TopicCopy() {}

  /** Takes all that the broker's topic has of the tenant. */
  static TopicCopy of(String bootstrapServers, String tenant) {
    TopicCopy copy = new TopicCopy();
    TopicPartition partition = new TopicPartition(Topics.EVENTS, Topics.partitionOf(tenant));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (consumer.position(partition) < end) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the topic cannot be read");
        }
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
          Entry entry = new Entry(found.key(), List.of(found.headers().toArray()), found.value());
          copy.streams
              .computeIfAbsent(entry.header(CloudEvents.SUBJECT), _ -> new ArrayList<>())
              .add(entry);
        }
      }
    }
    return copy;
  }

  /** The streams in the order in which they began, each with its records in order. */
  Map<String, List<Entry>> streams() {
    return streams;
  }

  /** Tells all of it to a broker that has no topics yet. */
  void tell(String bootstrapServers, String tenant) {
    Map<String, Object> broker = Map.of("bootstrap.servers", bootstrapServers);
    try (Admin admin = Admin.create(broker)) {
      TopicAdmin.ensure(admin, Topics.all(List.of()), PATIENCE);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer())) {
      streams
          .values()
          .forEach(
              entries ->
                  entries.forEach(
                      entry -> {
                        var _ =
                            producer.send(
                                new ProducerRecord<>(
                                    Topics.EVENTS,
                                    Topics.partitionOf(tenant),
                                    entry.key(),
                                    entry.value(),
                                    entry.headers()));
                      }));
      producer.flush();
    }
  }
}
