package xalesin.projection.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import xalesin.projection.TenantViews;
import xalesin.projection.changes.ChangeFeed;
import xalesin.projection.search.TenantSearch;
import xalesin.projection.store.IndexedViews;
import xalesin.projection.store.LocalStores;
import xalesin.projection.store.RestoredStore;
import xalesin.projection.store.SharedMemory;
import xalesin.projection.store.ViewsStoreSupplier;
import xalesin.projection.view.View;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;

/** The topology on Kafka's test driver, which runs partition 0 only. For one thread. */
public final class DrivenTopology implements AutoCloseable {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String APPLICATION = "test";
  private static final int PARTITION = 0;

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final SharedMemory memory = new SharedMemory(16 << 20, 8 << 20);
  final LogProgress progress = new LogProgress(Topics.PARTITIONS);
  final LocalStores stores = new LocalStores(Topics.PARTITIONS);
  final TopologyTestDriver driver;

  private final List<View<?>> all;
  private final TestInputTopic<byte[], byte[]> input;
  private final Map<Bytes, byte[]> changelog;
  private final Map<View<?>, Map<String, byte[]>> published;
  private int fed;

  public DrivenTopology(List<View<?>> all, Path folder) {
    this(all, folder, new LinkedHashMap<>(), new HashMap<>(), new Random(0));
  }

  private DrivenTopology(
      List<View<?>> all,
      Path folder,
      Map<Bytes, byte[]> changelog,
      Map<View<?>, Map<String, byte[]>> published,
      Random batches) {
    this.all = all;
    this.changelog = changelog;
    this.published = published;
    IndexedViews indexed = new IndexedViews(all);
    InstantSource clock = InstantSource.system();
    Shared shared =
        new Shared(
            all,
            indexed,
            memory,
            stores,
            progress,
            new AppliedWaiters(),
            new ChangeFeed(stores),
            new ApplyMetrics(registry, clock),
            clock);
    if (!changelog.isEmpty()) {
      RestoredStore.fill(
          new ViewsStoreSupplier(ViewsTopology.STORE, memory, indexed, stores),
          folder.resolve(APPLICATION).resolve("0_" + PARTITION),
          new TopicPartition(ViewsTopology.changelog(APPLICATION), PARTITION),
          changelog,
          batches);
    }
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    driver = new TopologyTestDriver(ViewsTopology.of(shared), settings);
    input =
        driver.createInputTopic(
            Topics.EVENTS, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * What a node does that takes over when this one is gone in the middle of its work: this one
   * stays as it is, unclosed, and the other fills its store from the changelog, which has the
   * newest value of each key.
   *
   * @param batches how large the parts are in which the changelog comes
   */
  public DrivenTopology takenOver(Path folder, Random batches) {
    drain();
    return new DrivenTopology(all, folder, changelog, published, batches);
  }

  /** As if the consumer had read so many further records already: they are written in groups. */
  public void willCome(int records) {
    progress.of(PARTITION).polled(fed, fed + records - 1);
    progress.of(PARTITION).stands(fed + records, 0, START.toEpochMilli());
  }

  public void feed(RecordedEvent event) {
    RecordHeaders headers = new RecordHeaders();
    CloudEvents.headers(event).forEach(header -> headers.add(header.name(), header.value()));
    feed(event.tenant(), event.data(), headers);
  }

  void feed(String key, byte[] value, RecordHeaders headers) {
    input.pipeInput(new TestRecord<>(key.getBytes(UTF_8), value, headers, START));
    fed++;
  }

  public TenantViews views(String tenant) {
    return stores.reader(Topics.partitionOf(tenant)).snapshot(tenant);
  }

  public TenantSearch search(String tenant) {
    return stores.reader(Topics.partitionOf(tenant)).search(tenant);
  }

  /** Why the partition stands still, if it does. */
  public List<String> stopped() {
    return List.copyOf(progress.stopped());
  }

  /** The newest value of each key in the view's topic, of those that are not deleted. */
  public Map<String, byte[]> published(View<?> view) {
    drain();
    return published.getOrDefault(view, Map.of());
  }

  /** Takes what has been written to the topics and the changelog, which else fills the memory. */
  public void drain() {
    for (View<?> view : all) {
      Map<String, byte[]> rows = published.computeIfAbsent(view, _ -> new HashMap<>());
      for (TestRecord<byte[], byte[]> record : written(Topics.view(view.name()))) {
        String key = new String(record.key(), UTF_8);
        if (record.value() == null) {
          rows.remove(key);
        } else {
          rows.put(key, record.value());
        }
      }
    }
    for (TestRecord<byte[], byte[]> record : written(ViewsTopology.changelog(APPLICATION))) {
      Bytes key = Bytes.wrap(requireNonNull(record.key()));
      // The newest stands where it was written last, as after compaction.
      changelog.remove(key);
      changelog.put(key, record.value());
    }
  }

  List<TestRecord<byte[], byte[]>> written(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  double count(String name) {
    return registry.get(name).counter().count();
  }

  @Override
  public void close() {
    driver.close();
    memory.close();
  }
}
