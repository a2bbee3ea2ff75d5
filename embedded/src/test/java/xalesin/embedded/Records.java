package xalesin.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writing and reading a one-partition topic. */
final class Records {
  static final String TOPIC = "kept";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final int SECONDS = 30;

  private Records() {}

  static void createTopic(KafkaServer server) throws Exception {
    try (Admin admin = admin(server)) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
    }
  }

  static Admin admin(KafkaServer server) {
    return Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()));
  }

  static KafkaProducer<String, String> producer(KafkaServer server, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("bootstrap.servers", server.bootstrapServers());
    all.put("linger.ms", "0");
    return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
  }

  /** Returns once the broker has acknowledged it. */
  static void write(KafkaProducer<String, String> producer, String value) throws Exception {
    producer.send(new ProducerRecord<>(TOPIC, value)).get(SECONDS, TimeUnit.SECONDS);
  }

  /** All committed values, in order. */
  static List<String> read(KafkaServer server) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", server.bootstrapServers(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      List<String> values = new ArrayList<>();
      while (consumer.position(PARTITION) < end) {
        if (System.nanoTime() > until) {
          throw new AssertionError("Read up to " + consumer.position(PARTITION) + " of " + end);
        }
        consumer.poll(Duration.ofMillis(200)).forEach(each -> values.add(each.value()));
      }
      return values;
    }
  }
}
