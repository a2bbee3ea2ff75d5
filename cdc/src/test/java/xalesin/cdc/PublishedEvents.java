package xalesin.cdc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.RecordedEvent;

/** Reads a topic as an analyst would: read_committed, from the beginning to the end of now. */
final class PublishedEvents {
  private PublishedEvents() {}

  static KafkaConsumer<String, byte[]> consumer(CdcConfig config) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", config.kafka().bootstrapServers());
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    settings.put("max.poll.records", 5_000);
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        IntStream.range(0, config.events().partitions())
            .mapToObj(p -> new TopicPartition(config.events().name(), p))
            .toList());
    return consumer;
  }

  /** All there is now. */
  static List<RecordedEvent> read(CdcConfig config) {
    return await(config, 0, Duration.ZERO);
  }

  /** All there is as soon as there are so many, or when the patience ends. */
  static List<RecordedEvent> await(CdcConfig config, long count, Duration patience) {
    List<RecordedEvent> events = new ArrayList<>();
    long deadline = System.nanoTime() + patience.toNanos();
    try (KafkaConsumer<String, byte[]> consumer = consumer(config)) {
      consumer.seekToBeginning(consumer.assignment());
      do {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream()
            .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
          for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            events.add(event(record));
          }
        }
      } while (events.size() < count && System.nanoTime() - deadline < 0);
    }
    return events;
  }

  static RecordedEvent event(ConsumerRecord<String, byte[]> record) {
    return CloudEvents.read(
        name -> {
          Header header = record.headers().lastHeader(name);
          return header == null ? null : header.value();
        },
        record.value());
  }
}
