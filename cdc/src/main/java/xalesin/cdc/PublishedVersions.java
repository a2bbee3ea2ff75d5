package xalesin.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import xalesin.schemas.CloudEvents;

/**
 * How far each stream is published, by reading the whole topic of events: an entry for each stream
 * in memory, about 200 bytes. Only for repairs. Stateless.
 */
final class PublishedVersions {
  private static final Duration POLL = Duration.ofMillis(200);

  private PublishedVersions() {}

  /** What is done between two reads, so that nobody thinks the process dead. */
  interface SignOfLife {
    void give() throws SQLException;
  }

  /**
   * @return the newest version of each stream that has been published
   * @throws StreamEndedException when Kafka gives nothing more for as long as a transaction of
   *     another writer may be open
   */
  static Map<StreamKey, Long> read(CdcConfig config, SignOfLife sign) throws SQLException {
    Duration patience = config.limits().transaction().plus(config.limits().kafka());
    Map<StreamKey, Long> versions = new HashMap<>();
    try (KafkaConsumer<String, byte[]> consumer = consumer(config)) {
      Map<TopicPartition, Long> ends = ends(config);
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long deadline = System.nanoTime() + patience.toNanos();
      while (!isRead(consumer, ends, config)) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          versions.merge(
              new StreamKey(record.key(), header(record, CloudEvents.SUBJECT)),
              Long.parseLong(header(record, CloudEvents.VERSION)),
              Math::max);
          deadline = System.nanoTime() + patience.toNanos();
        }
        sign.give();
        if (System.nanoTime() - deadline > 0) {
          throw new StreamEndedException("the topic of events was not read in time", null);
        }
      }
      return versions;
    } catch (KafkaException e) {
      throw new StreamEndedException("the topic of events could not be read", e);
    }
  }

  private static boolean isRead(
      KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends, CdcConfig config) {
    return ends.entrySet().stream()
        .allMatch(
            end -> consumer.position(end.getKey(), config.limits().kafka()) >= end.getValue());
  }

  /** With what writers of other slots have not committed yet: our own may stand behind it. */
  private static Map<TopicPartition, Long> ends(CdcConfig config) {
    List<TopicPartition> partitions =
        IntStream.range(0, config.events().partitions())
            .mapToObj(p -> new TopicPartition(config.events().name(), p))
            .toList();
    Map<TopicPartition, OffsetSpec> latest =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
    try (Admin admin = Admin.create(EventLog.clientSettings(config))) {
      Map<TopicPartition, ListOffsetsResultInfo> ends =
          admin
              .listOffsets(latest)
              .all()
              .get(config.limits().kafka().toMillis(), TimeUnit.MILLISECONDS);
      return ends.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    } catch (ExecutionException | TimeoutException e) {
      throw new StreamEndedException("the ends of the topic of events could not be read", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null) {
      throw new MalformedStreamException(
          "a record of the topic of events has no " + name + ": offset " + record.offset(), null);
    }
    return new String(header.value(), UTF_8);
  }

  private static KafkaConsumer<String, byte[]> consumer(CdcConfig config) {
    Map<String, Object> settings = EventLog.clientSettings(config);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
