package xalesin.projection.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;

/**
 * What reads of a process's stores have looked at, index by index: whether they are short scans or
 * long walks. Thread-safe; a read costs it a few additions.
 */
public final class ReadStats {
  private final Map<View<?>, List<OfIndex>> byView = new ConcurrentHashMap<>();

  /** What was read of one index since the process began. Thread-safe. */
  public static final class OfIndex {
    private final String name;
    private final LongAdder ranges = new LongAdder();
    private final LongAdder entries = new LongAdder();
    private final LongAdder rows = new LongAdder();

    private OfIndex(String name) {
      this.name = name;
    }

    /**
     * @param looked entries of the index that were looked at
     * @param got rows that were read
     */
    void scanned(int looked, int got) {
      ranges.increment();
      entries.add(looked);
      rows.add(got);
    }

    /** Entries, or counters of days, were gone through for a total or for anchors. */
    void walked(int looked) {
      entries.add(looked);
    }

    /** Ranges of which a page was read. */
    public long ranges() {
      return ranges.sum();
    }

    /** Entries looked at for pages, anchors and totals, counters of days among them. */
    public long entries() {
      return entries.sum();
    }

    /** Rows read. */
    public long rows() {
      return rows.sum();
    }
  }

  /**
   * @throws IllegalArgumentException when the view has no such index
   */
  public OfIndex of(View<?> view, Index<?> index) {
    List<OfIndex> known = byView.get(view);
    if (known == null) {
      known = byView.computeIfAbsent(view, ReadStats::none);
    }
    for (OfIndex each : known) {
      if (each.name.equals(index.name())) {
        return each;
      }
    }
    throw new IllegalArgumentException(view.name() + " has no index " + index.name());
  }

  private static List<OfIndex> none(View<?> view) {
    return view.indexes().stream().map(index -> new OfIndex(index.name())).toList();
  }
}
