package xalesin.projection.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.KeyValueStore;

/** Fills a store from its changelog and closes it, as a node does that hands a task on. */
public final class RestoredStore {
  private static final int MAX_BATCH = 1_000;

  private RestoredStore() {}

  /**
   * @param folder of the task
   * @param records the newest value of each key, null where it was deleted
   */
  public static void fill(
      ViewsStoreSupplier supplier,
      Path folder,
      TopicPartition changelog,
      Map<Bytes, byte[]> records,
      Random batches) {
    KeyValueStore<Bytes, byte[]> store = supplier.get();
    AtomicReference<BatchingStateRestoreCallback> restore = new AtomicReference<>();
    store.init(context(folder, changelog.partition(), restore), store);
    List<KeyValue<byte[], byte[]>> batch = new ArrayList<>();
    int size = 1 + batches.nextInt(MAX_BATCH);
    for (Map.Entry<Bytes, byte[]> each : records.entrySet()) {
      batch.add(KeyValue.pair(each.getKey().get(), each.getValue()));
      if (batch.size() == size) {
        requireNonNull(restore.get()).restoreAll(batch);
        batch.clear();
        size = 1 + batches.nextInt(MAX_BATCH);
      }
    }
    requireNonNull(restore.get()).restoreAll(batch);
    store.commit(Map.of(changelog, records.size() - 1L));
    store.close();
  }

  /** What a store asks of Kafka Streams when it is opened. */
  private static StateStoreContext context(
      Path folder, int partition, AtomicReference<BatchingStateRestoreCallback> restore) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (StateStoreContext)
        Proxy.newProxyInstance(
            RestoredStore.class.getClassLoader(),
            new Class<?>[] {StateStoreContext.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "taskId" -> new TaskId(0, partition);
                  case "stateDir" -> folder.toFile();
                  case "appConfigs" ->
                      Map.of(
                          StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
                  case "register" -> {
                    restore.set((BatchingStateRestoreCallback) arguments[1]);
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
