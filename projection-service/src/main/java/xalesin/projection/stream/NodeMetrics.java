package xalesin.projection.stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.search.SearchStats;
import xalesin.projection.store.LocalStores;
import xalesin.projection.store.ReadStats;
import xalesin.projection.store.StoreReader;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;

/** What is measured by looking: lag, sizes, restoring. Read when metrics are scraped. Stateless. */
public final class NodeMetrics {
  private NodeMetrics() {}

  public static void register(MeterRegistry registry, Shared shared) {
    LogProgress progress = shared.progress();
    LocalStores stores = shared.stores();
    for (int i = 0; i < progress.partitions(); i++) {
      int partition = i;
      Tags tags = Tags.of("partition", Integer.toString(partition));
      Gauge.builder("xalesin.views.lag", progress, all -> lag(all.of(partition)))
          .description("Records of the log not applied yet; NaN while unknown or elsewhere")
          .tags(tags)
          .register(registry);
      Gauge.builder(
              "xalesin.views.stopped", progress, all -> all.of(partition).stopped() == null ? 0 : 1)
          .description("1 when the partition stopped at a gap in the log")
          .tags(tags)
          .register(registry);
      FunctionCounter.builder(
              "xalesin.views.restored", stores, all -> all.restoredRecords(partition))
          .description("Changelog records restored since the process began")
          .tags(tags)
          .register(registry);
      store(
          registry,
          stores,
          partition,
          "xalesin.views.files.bytes",
          "Files of the store",
          reader -> reader.property("rocksdb.total-sst-files-size"));
      store(
          registry,
          stores,
          partition,
          "xalesin.views.buffers.bytes",
          "Not written out yet",
          reader -> reader.property("rocksdb.cur-size-all-mem-tables"));
      store(
          registry,
          stores,
          partition,
          "xalesin.views.parked.streams",
          "Streams parked",
          StoreReader::parkedStreams);
      store(
          registry,
          stores,
          partition,
          "xalesin.search.documents",
          "Rows that searches can find",
          StoreReader::searchable);
    }
    search(registry, stores.search());
    shared.views().forEach(view -> reads(registry, stores.reads(), view));
    Gauge.builder("xalesin.views.cache.bytes", shared.memory(), memory -> memory.usedBytes())
        .description("Cache of all stores in use")
        .register(registry);
    Gauge.builder("xalesin.views.waiting", shared.waiters(), AppliedWaiters::count)
        .description("Reads that wait for a version")
        .register(registry);
  }

  private static void search(MeterRegistry registry, SearchStats stats) {
    FunctionTimer.builder(
            "xalesin.search.refresh",
            stats,
            SearchStats::refreshes,
            SearchStats::refreshSeconds,
            TimeUnit.SECONDS)
        .description("Making visible to searches what was written since the last")
        .register(registry);
    FunctionCounter.builder("xalesin.search.rebuilt", stats, SearchStats::rebuiltRows)
        .description("Rows put into an index that did not fit its store at the start")
        .register(registry);
  }

  private static void reads(MeterRegistry registry, ReadStats stats, View<?> view) {
    for (Index<?> index : view.indexes()) {
      ReadStats.OfIndex reads = stats.of(view, index);
      Tags tags = Tags.of("view", view.name(), "index", index.name());
      FunctionCounter.builder("xalesin.views.ranges.read", reads, ReadStats.OfIndex::ranges)
          .description("Index ranges of which a page was read")
          .tags(tags)
          .register(registry);
      FunctionCounter.builder("xalesin.views.entries.read", reads, ReadStats.OfIndex::entries)
          .description("Index entries looked at, for totals and anchors too")
          .tags(tags)
          .register(registry);
      FunctionCounter.builder("xalesin.views.rows.read", reads, ReadStats.OfIndex::rows)
          .description("Rows read through an index")
          .tags(tags)
          .register(registry);
    }
  }

  private static void store(
      MeterRegistry registry,
      LocalStores stores,
      int partition,
      String name,
      String description,
      ToDoubleFunction<StoreReader> value) {
    Gauge.builder(name, stores, all -> read(all, partition, value))
        .description(description)
        .tag("partition", Integer.toString(partition))
        .register(registry);
  }

  private static double read(
      LocalStores stores, int partition, ToDoubleFunction<StoreReader> value) {
    try {
      return value.applyAsDouble(stores.reader(partition));
    } catch (ViewsUnavailableException e) {
      return Double.NaN;
    }
  }

  private static double lag(PartitionProgress progress) {
    long lag = progress.lag();
    return lag == PartitionProgress.UNKNOWN ? Double.NaN : lag;
  }
}
