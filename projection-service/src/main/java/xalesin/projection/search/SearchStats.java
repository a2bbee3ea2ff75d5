package xalesin.projection.search;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What the indexes of a process have done. Thread-safe. */
public final class SearchStats {
  private final LongAdder refreshes = new LongAdder();
  private final LongAdder refreshNanos = new LongAdder();
  private final LongAdder rebuiltRows = new LongAdder();

  void refreshed(long nanos) {
    refreshes.increment();
    refreshNanos.add(nanos);
  }

  /** Rows were put into an index that did not fit its store. */
  public void rebuilt(long rows) {
    rebuiltRows.add(rows);
  }

  /** How often what was written was made visible to searches. */
  public long refreshes() {
    return refreshes.sum();
  }

  public double refreshSeconds() {
    return (double) refreshNanos.sum() / TimeUnit.SECONDS.toNanos(1);
  }

  public long rebuiltRows() {
    return rebuiltRows.sum();
  }
}
