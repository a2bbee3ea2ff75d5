package xalesin.projection.store;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import xalesin.projection.search.SearchIndex;

/**
 * A partition's views as Kafka Streams' state store. Streams writes facts to it and logs them to
 * the changelog topic; what follows from facts is derived here, see {@link Keyspace}.
 *
 * <p>Written by the stream thread, or while restoring by Streams' updater, never by both at a time;
 * read by any thread through {@link StoreReader}. Under exactly-once a store that was not closed
 * may hold what the broker has rolled back: it is marked open on disk before anything else is
 * written, found so at the next start, wiped and restored from the changelog.
 */
public final class ViewsStore implements KeyValueStore<Bytes, byte[]> {
  private static final String DIRECTORY = "rocksdb";
  private static final String SEARCH = "search";
  private static final byte[] OPEN_MARK = Keyspace.own("open");
  private static final String OFFSET = "offset/";
  private static final byte[] OFFSETS = Keyspace.own(OFFSET);
  private static final byte[] YES = {1};
  private static final byte[] NO = {0};

  private final String name;
  private final SharedMemory memory;
  private final IndexedViews views;
  private final LocalStores stores;
  private final Position position = Position.emptyPosition();
  private int partition = -1;
  private volatile @Nullable Open open;

  private record Open(Database database, SearchIndex search, Derivation derivation) {}

  ViewsStore(String name, SharedMemory memory, IndexedViews views, LocalStores stores) {
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
  public void init(StateStoreContext context, StateStore root) {
    partition = context.taskId().partition();
    Path directory = context.stateDir().toPath().resolve(DIRECTORY).resolve(name);
    Database database = new Database(directory, memory);
    boolean exactlyOnce =
        StreamsConfig.EXACTLY_ONCE_V2.equals(
            context.appConfigs().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    byte[] mark = database.get(OPEN_MARK);
    if (exactlyOnce && mark != null && mark[0] == YES[0]) {
      database.close();
      throw new TaskCorruptedException(Set.of(context.taskId()));
    }
    mark(database, OPEN_MARK, YES);
    SearchIndex search =
        StoredSearch.open(directory.resolveSibling(SEARCH), database, views, stores.search());
    open = new Open(database, search, new Derivation(database, views, search));
    stores.opened(partition, this);
    context.register(root, (BatchingStateRestoreCallback) this::restore);
  }

  private void restore(Collection<KeyValue<byte[], byte[]>> records) {
    Map<Bytes, byte @Nullable []> facts = LinkedHashMap.newLinkedHashMap(records.size());
    for (KeyValue<byte[], byte[]> fact : records) {
      facts.put(Bytes.wrap(fact.key), fact.value);
    }
    open().derivation().write(facts);
    stores.restored(partition, records.size());
  }

  /** Writes the facts and all that follows from them in one atomic batch. */
  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    Map<Bytes, byte @Nullable []> facts = LinkedHashMap.newLinkedHashMap(entries.size());
    for (KeyValue<Bytes, byte[]> entry : entries) {
      facts.put(entry.key, entry.value);
    }
    open().derivation().write(facts);
  }

  @Override
  public void put(Bytes key, byte @Nullable [] value) {
    Map<Bytes, byte @Nullable []> fact = new LinkedHashMap<>();
    fact.put(key, value);
    open().derivation().write(fact);
  }

  @Override
  public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
    byte[] before = get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public byte @Nullable [] delete(Bytes key) {
    byte[] before = get(key);
    put(key, null);
    return before;
  }

  @Override
  public byte @Nullable [] get(Bytes key) {
    return open().database().get(key.get());
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    throw readThroughViews();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    throw readThroughViews();
  }

  private static UnsupportedOperationException readThroughViews() {
    return new UnsupportedOperationException("ranges are read through Views");
  }

  @Override
  public long approximateNumEntries() {
    return open().database().property("rocksdb.estimate-num-keys");
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return open != null;
  }

  @Override
  public Position getPosition() {
    return position;
  }

  @Override
  @SuppressWarnings("deprecation")
  public boolean managesOffsets() {
    return true;
  }

  /** Notes how far the changelog is in the store, in the same order as the data itself. */
  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    Open now = open;
    if (now == null) {
      return;
    }
    if (changelogOffsets.isEmpty()) {
      now.database().keys(OFFSETS).forEach(key -> mark(now.database(), key, null));
    }
    changelogOffsets.forEach(
        (changelog, offset) ->
            mark(
                now.database(),
                offsetKey(changelog),
                offset == null ? null : Numbers.bytes(offset)));
  }

  @Override
  public @Nullable Long committedOffset(TopicPartition changelog) {
    byte[] stored = open().database().get(offsetKey(changelog));
    return stored == null ? null : Numbers.getLong(stored, 0);
  }

  private static byte[] offsetKey(TopicPartition changelog) {
    return Keyspace.own(OFFSET + changelog);
  }

  static void mark(Database database, byte[] key, byte @Nullable [] value) {
    BatchBytes batch = new BatchBytes();
    if (value == null) {
      batch.delete(key);
    } else {
      batch.put(key, value);
    }
    database.write(batch);
  }

  /** Waits for readers to leave. */
  @Override
  public void close() {
    Open now = open;
    if (now == null) {
      return;
    }
    open = null;
    stores.closed(partition, this);
    try (SearchIndex search = now.search()) {
      StoredSearch.commit(search, now.database());
      mark(now.database(), OPEN_MARK, NO);
      now.database().close();
    }
  }

  /**
   * For reading, from now on and as long as the task runs; all sequences that were told of before
   * are void.
   */
  StoreReader reader() {
    PublishedSequences sequences = new PublishedSequences(views.all().size());
    open().derivation().publishTo(sequences);
    return new StoreReader(
        partition, open().database(), open().search(), sequences, stores.reads());
  }

  private Open open() {
    Open now = open;
    if (now == null) {
      throw new StoreException("the store of partition " + partition + " is closed");
    }
    return now;
  }
}
