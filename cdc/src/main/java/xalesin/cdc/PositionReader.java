package xalesin.cdc;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the published position of a slot: the newest committed record under its key. Reads
 * backwards in growing windows, because a busy slot leaves millions of records between two rounds
 * of compaction and the one that counts is at the end. Stateless; every call is bounded.
 */
final class PositionReader {
  /** The first window; covers the last few hundred transactions and their markers. */
  private static final long FIRST_WINDOW = 1_024;

  private static final long GROWTH = 64;

  private PositionReader() {}

  /**
   * @return empty when nothing was ever published for the slot
   * @throws StreamEndedException when Kafka does not answer in time
   */
  static Optional<Position> read(CdcConfig config) {
    try (KafkaConsumer<String, byte[]> consumer = consumer(config)) {
      TopicPartition partition = new TopicPartition(config.offsets().name(), 0);
      Duration timeout = config.limits().kafka();
      consumer.assign(List.of(partition));
      long begin = first(consumer.beginningOffsets(List.of(partition), timeout), partition);
      long to = end(config, partition);
      for (long window = FIRST_WINDOW; to > begin; window *= GROWTH) {
        long from = Math.max(begin, to - window);
        byte[] newest = newest(consumer, partition, config, from, to);
        if (newest != null) {
          return Optional.of(Position.fromJson(config.slot(), newest));
        }
        to = from;
      }
      return Optional.empty();
    } catch (KafkaException e) {
      throw new StreamEndedException("the published position could not be read", e);
    }
  }

  /** Whether the events topic has never had a record. */
  static boolean noEventsPublished(CdcConfig config) {
    try (KafkaConsumer<String, byte[]> consumer = consumer(config)) {
      List<TopicPartition> partitions =
          IntStream.range(0, config.events().partitions())
              .mapToObj(p -> new TopicPartition(config.events().name(), p))
              .toList();
      return consumer.endOffsets(partitions, config.limits().kafka()).values().stream()
          .allMatch(end -> end == 0);
    } catch (KafkaException e) {
      throw new StreamEndedException("the events topic could not be inspected", e);
    }
  }

  /**
   * The end of the log, transactions of other slots that are still open included: the end that a
   * read_committed consumer is told lies before the first of those, and our own newest position
   * could be behind it.
   */
  private static long end(CdcConfig config, TopicPartition partition) {
    try (Admin admin = Admin.create(EventLog.clientSettings(config))) {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .partitionResult(partition)
          .get(config.limits().kafka().toMillis(), TimeUnit.MILLISECONDS)
          .offset();
    } catch (ExecutionException | TimeoutException e) {
      throw new StreamEndedException("the end of the offsets topic could not be read", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static byte @Nullable [] newest(
      KafkaConsumer<String, byte[]> consumer,
      TopicPartition partition,
      CdcConfig config,
      long from,
      long to) {
    long deadline = System.nanoTime() + config.limits().kafka().toNanos();
    byte[] newest = null;
    consumer.seek(partition, from);
    while (consumer.position(partition, config.limits().kafka()) < to) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        if (record.offset() < to && config.slot().equals(record.key())) {
          newest = record.value();
        }
      }
      if (System.nanoTime() - deadline > 0) {
        throw new StreamEndedException("the published position was not read in time", null);
      }
    }
    return newest;
  }

  private static KafkaConsumer<String, byte[]> consumer(CdcConfig config) {
    Map<String, Object> settings = EventLog.clientSettings(config);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(config.limits().kafka().toMillis()));
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private static long first(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    Long offset = offsets.get(partition);
    return offset == null ? 0 : offset;
  }
}
