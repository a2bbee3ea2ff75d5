package xalesin.projection.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.search.SearchStats;

/**
 * The stores that are open in this process, by partition. A store is readable while its partition's
 * task runs: not while it is being restored or moves. Thread-safe; looking one up is one volatile
 * read.
 */
public final class LocalStores {
  private final AtomicReferenceArray<@Nullable ViewsStore> open;
  private final AtomicReferenceArray<@Nullable StoreReader> readable;
  private final AtomicLongArray restored;
  private final SearchStats search = new SearchStats();
  private final ReadStats reads = new ReadStats();

  public LocalStores(int partitions) {
    open = new AtomicReferenceArray<>(partitions);
    readable = new AtomicReferenceArray<>(partitions);
    restored = new AtomicLongArray(partitions);
  }

  void opened(int partition, ViewsStore store) {
    open.set(partition, store);
  }

  void closed(int partition, ViewsStore store) {
    if (open.compareAndSet(partition, store, null)) {
      readable.set(partition, null);
    }
  }

  void restored(int partition, int records) {
    restored.addAndGet(partition, records);
  }

  /** The partition's task runs from now on. */
  public StoreReader running(int partition) {
    ViewsStore store = open.get(partition);
    if (store == null) {
      throw new IllegalStateException("partition " + partition + " has no open store");
    }
    StoreReader reader = store.reader();
    readable.set(partition, reader);
    return reader;
  }

  /** The partition's task no longer runs. */
  public void stopped(int partition) {
    readable.set(partition, null);
  }

  /**
   * @throws ViewsUnavailableException when the partition is not readable in this process
   */
  public StoreReader reader(int partition) {
    StoreReader reader = readable.get(partition);
    if (reader == null) {
      throw new ViewsUnavailableException(
          partition,
          open.get(partition) == null ? "not on this node" : "being restored or handed over");
    }
    return reader;
  }

  /** Changelog records restored into the partition's store since the process began. */
  public long restoredRecords(int partition) {
    return restored.get(partition);
  }

  /** Of all partitions. */
  public long restoredRecords() {
    long records = 0;
    for (int partition = 0; partition < restored.length(); partition++) {
      records += restored.get(partition);
    }
    return records;
  }

  /** What the stores' search indexes have done. */
  public SearchStats search() {
    return search;
  }

  /** What has been read of the stores' indexes. */
  public ReadStats reads() {
    return reads;
  }

  public int partitions() {
    return readable.length();
  }

  /** The partitions that are readable now. */
  public List<Integer> readable() {
    List<Integer> partitions = new ArrayList<>();
    for (int partition = 0; partition < readable.length(); partition++) {
      if (readable.get(partition) != null) {
        partitions.add(partition);
      }
    }
    return partitions;
  }
}
