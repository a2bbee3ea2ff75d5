package xalesin.projection.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.schemas.Topics;

/**
 * The Kafka clients of the topology. The consumer says how far it has read and what is left, and no
 * longer reads partitions that have stopped. The producer commits no offset beyond what is in the
 * store: events that wait in a group, and those behind a gap, are read again after a restart.
 */
final class ViewsClients implements KafkaClientSupplier {
  private static final Logger log = LoggerFactory.getLogger(ViewsClients.class);

  /** So few records say that little is coming: none need wait for others. */
  private static final int FEW_RECORDS = 4;

  /** With so many a poll has paid for itself. */
  private static final int MANY_RECORDS = 200;

  /** The longest pause between polls: it is latency. */
  private static final long MAX_REST_NANOS = 10_000_000;

  private final LogProgress progress;

  ViewsClients(LogProgress progress) {
    this.progress = progress;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new HoldingProducer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new TellingConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private final class TellingConsumer extends KafkaConsumer<byte[], byte[]> {
    private int polledRecords;
    private long polledNanos;

    TellingConsumer(Map<String, Object> config) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      List<TopicPartition> stopped = new ArrayList<>();
      for (TopicPartition partition : assignment()) {
        if (of(partition).stopped() != null) {
          stopped.add(partition);
        }
      }
      rest();
      // Streams resumes partitions as its buffers drain, so a pause is said before every poll.
      pause(stopped);
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      for (TopicPartition partition : records.partitions()) {
        List<ConsumerRecord<byte[], byte[]>> polled = records.records(partition);
        of(partition).polled(polled.getFirst().offset(), polled.getLast().offset());
      }
      assignment().forEach(this::look);
      polledRecords = records.count();
      polledNanos = System.nanoTime();
      return records;
    }

    /** Where it stands; at the next poll when that is not known. */
    private void look(TopicPartition partition) {
      OptionalLong ahead = currentLag(partition);
      if (ahead.isEmpty()) {
        return;
      }
      try {
        long next = position(partition, Duration.ZERO);
        of(partition).stands(next, ahead.getAsLong(), System.currentTimeMillis());
      } catch (KafkaException e) {
        // What was polled must reach its task whatever happens; a fault comes again with a poll.
        log.debug("the position in {} is not known now", partition, e);
      }
    }

    /**
     * A poll and a fetch cost about the same for one record and for hundreds. Resting as long as
     * the last few records took to apply lets more of them share the next poll, the more so the
     * busier the machine is.
     */
    private void rest() {
      if (polledRecords > FEW_RECORDS && polledRecords < MANY_RECORDS) {
        long busy = System.nanoTime() - polledNanos;
        LockSupport.parkNanos(Math.min(busy, MAX_REST_NANOS));
      }
    }
  }

  private final class HoldingProducer extends KafkaProducer<byte[], byte[]> {
    HoldingProducer(Map<String, Object> config) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void sendOffsetsToTransaction(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
      Map<TopicPartition, OffsetAndMetadata> inStore = new HashMap<>();
      offsets.forEach(
          (partition, position) -> inStore.put(partition, committable(partition, position)));
      super.sendOffsetsToTransaction(inStore, group);
    }

    private OffsetAndMetadata committable(TopicPartition partition, OffsetAndMetadata position) {
      if (!partition.topic().equals(Topics.EVENTS)) {
        return position;
      }
      long offset = of(partition).committable(position.offset());
      return offset == position.offset()
          ? position
          : new OffsetAndMetadata(offset, Optional.empty(), position.metadata());
    }
  }

  private PartitionProgress of(TopicPartition partition) {
    return progress.of(partition.partition());
  }
}
