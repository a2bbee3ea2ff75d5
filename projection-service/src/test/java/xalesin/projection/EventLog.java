package xalesin.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import xalesin.projection.stream.TopicSetup;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;

/** Writes events to the log as cdc does, in transactions or without. */
final class EventLog implements AutoCloseable {
  private static final int MAX_SECONDS = 60;

  private final String bootstrapServers;
  private final KafkaProducer<byte[], byte[]> producer;

  EventLog(String bootstrapServers) throws InterruptedException {
    this.bootstrapServers = bootstrapServers;
    TopicSetup.ensure(bootstrapServers, (short) 1, List.of(Topics.events()));
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Returns when the broker has them. */
  void write(Collection<RecordedEvent> events) throws InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (RecordedEvent event : events) {
      sent.add(producer.send(record(event)));
    }
    producer.flush();
    try {
      for (Future<RecordMetadata> each : sent) {
        each.get(MAX_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the log was not written", e);
    }
  }

  void write(RecordedEvent event) throws InterruptedException {
    write(List.of(event));
  }

  /** As cdc does: the log then has the marks of a transaction behind them. */
  void writeInOneTransaction(Collection<RecordedEvent> events) {
    inTransaction(events, KafkaProducer::commitTransaction);
  }

  /** The log has them, but nobody may see them. */
  void takeBack(Collection<RecordedEvent> events) {
    inTransaction(events, KafkaProducer::abortTransaction);
  }

  private void inTransaction(
      Collection<RecordedEvent> events, Consumer<KafkaProducer<byte[], byte[]>> end) {
    try (KafkaProducer<byte[], byte[]> transactional =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "event-log"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      transactional.initTransactions();
      transactional.beginTransaction();
      for (RecordedEvent event : events) {
        var _ = transactional.send(record(event));
      }
      transactional.flush();
      end.accept(transactional);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(RecordedEvent event) {
    RecordHeaders headers = new RecordHeaders();
    CloudEvents.headers(event).forEach(header -> headers.add(header.name(), header.value()));
    return new ProducerRecord<>(
        Topics.EVENTS,
        null,
        event.recordedAt().toEpochMilli(),
        event.tenant().getBytes(UTF_8),
        event.data(),
        headers);
  }

  @Override
  public void close() {
    producer.close();
  }
}
