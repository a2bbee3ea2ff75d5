package xalesin.projection.store;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/** Gives Kafka Streams a {@link ViewsStore} per partition. Thread-safe. */
public final class ViewsStoreSupplier implements KeyValueBytesStoreSupplier {
  private final String name;
  private final SharedMemory memory;
  private final IndexedViews views;
  private final LocalStores stores;

  public ViewsStoreSupplier(
      String name, SharedMemory memory, IndexedViews views, LocalStores stores) {
    this.name = name;
    this.memory = memory;
    this.views = views;
    this.stores = stores;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public KeyValueStore<Bytes, byte[]> get() {
    return new ViewsStore(name, memory, views, stores);
  }

  @Override
  public String metricsScope() {
    return "views";
  }
}
