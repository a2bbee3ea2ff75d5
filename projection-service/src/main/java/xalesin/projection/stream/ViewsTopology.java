package xalesin.projection.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import xalesin.projection.store.ViewsStoreSupplier;
import xalesin.projection.view.View;
import xalesin.schemas.Topics;

/**
 * The picture of the data flow:
 *
 * <pre>
 *               xalesin.events
 *                     |
 *               apply-to-views === views (store)
 *              /      |      \\
 *   xalesin.views.*   ...   xalesin.dead-letters
 * </pre>
 *
 * Everything keeps the partition of its tenant.
 */
public final class ViewsTopology {
  static final String STORE = "views";
  static final String DEAD_LETTERS = "dead-letters";

  private static final String EVENTS = "events";
  private static final String APPLY = "apply-to-views";
  private static final List<Optional<Set<Integer>>> PARTITIONS =
      IntStream.range(0, Topics.PARTITIONS).mapToObj(p -> Optional.of(Set.of(p))).toList();

  private ViewsTopology() {}

  public static Topology of(Shared shared) {
    Topology topology = new Topology();
    topology.addSource(
        EVENTS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.EVENTS);
    topology.addProcessor(APPLY, () -> new ApplyToViews(shared), EVENTS);
    topology.addStateStore(store(shared), APPLY);
    for (View<?> view : shared.views()) {
      sink(topology, sink(view), Topics.view(view.name()));
    }
    sink(topology, DEAD_LETTERS, Topics.DEAD_LETTERS);
    return topology;
  }

  /** The changelog topic of the store, for an application. */
  public static String changelog(String applicationId) {
    return applicationId + "-" + STORE + "-changelog";
  }

  /** The node that writes the view's topic. */
  static String sink(View<?> view) {
    return "view-" + view.name();
  }

  private static void sink(Topology topology, String name, String topic) {
    topology.addSink(
        name, topic, new ByteArraySerializer(), new ByteArraySerializer(), byTenant(), APPLY);
  }

  /** Keys are {@code tenant} or {@code tenant/id}. */
  private static StreamPartitioner<byte[], byte[]> byTenant() {
    return (_, key, _, _) -> PARTITIONS.get(key == null ? 0 : partition(key));
  }

  private static int partition(byte[] key) {
    int end = 0;
    while (end < key.length && key[end] != '/') {
      end++;
    }
    return Topics.partitionOf(new String(Arrays.copyOf(key, end), UTF_8));
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(Shared shared) {
    ViewsStoreSupplier supplier =
        new ViewsStoreSupplier(STORE, shared.memory(), shared.indexed(), shared.stores());
    return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }
}
