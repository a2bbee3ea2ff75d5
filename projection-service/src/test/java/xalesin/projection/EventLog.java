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

/** Writes events to the log as cdc does, without its transactions. */
final class EventLog implements AutoCloseable {
  private static final int MAX_SECONDS = 60;

  private final KafkaProducer<byte[], byte[]> producer;

  EventLog(String bootstrapServers) throws InterruptedException {
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
