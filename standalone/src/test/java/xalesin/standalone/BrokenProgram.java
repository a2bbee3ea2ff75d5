package xalesin.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import xalesin.projection.ProjectionConfig;
import xalesin.projection.ViewCatalog;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.changes.ChangeFeed;
import xalesin.projection.store.IndexedViews;
import xalesin.projection.store.LocalStores;
import xalesin.projection.store.SharedMemory;
import xalesin.projection.stream.AppliedWaiters;
import xalesin.projection.stream.ApplyMetrics;
import xalesin.projection.stream.LogProgress;
import xalesin.projection.stream.Shared;
import xalesin.projection.stream.StreamsSettings;
import xalesin.projection.stream.ViewsStreams;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;
import xalesin.schemas.inventory.InventoryItemEvent.PriceChanged;

/** A former program that could not apply a change of a price, on an installation's Kafka. */
final class BrokenProgram {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private BrokenProgram() {}

  /** The event comes to the log, and its stream is parked. */
  static void meets(RecordedEvent event, ProjectionConfig config) throws Exception {
    write(event, config.bootstrapServers());
    LocalStores stores = new LocalStores(Topics.PARTITIONS);
    List<View<?>> views = new ArrayList<>(ViewCatalog.ALL);
    views.add(new Broken());
    InstantSource clock = InstantSource.system();
    try (SharedMemory memory = new SharedMemory(config.cacheBytes(), config.writeBufferBytes())) {
      KafkaStreams streams =
          ViewsStreams.create(
              new Shared(
                  views,
                  new IndexedViews(ViewCatalog.ALL),
                  memory,
                  stores,
                  new LogProgress(Topics.PARTITIONS),
                  new AppliedWaiters(),
                  new ChangeFeed(stores),
                  new ApplyMetrics(new SimpleMeterRegistry(), clock),
                  clock),
              StreamsSettings.of(config));
      streams.start();
      int partition = Topics.partitionOf(event.tenant());
      await()
          .atMost(PATIENCE)
          .ignoreException(ViewsUnavailableException.class)
          .until(() -> stores.reader(partition).parked(event.tenant(), event.stream()) != null);
      streams.close(
          CloseOptions.timeout(PATIENCE)
              .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }
  }

  private static void write(RecordedEvent event, String kafka) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(Topics.EVENTS, event.tenant().getBytes(UTF_8), event.data());
      CloudEvents.headers(event).forEach(h -> record.headers().add(h.name(), h.value()));
      producer.send(record).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Has no rows, but a bug. */
  private static final class Broken implements View<String> {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Class<String> rowClass() {
      return String.class;
    }

    @Override
    public List<Change<String>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
      if (event instanceof PriceChanged) {
        throw new IllegalStateException("prices never change");
      }
      return List.of();
    }

    @Override
    public List<Index<String>> indexes() {
      return List.of();
    }
  }
}
