package xalesin.projection;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.projection.search.TenantSearch;
import xalesin.projection.view.View;

/**
 * The views of the partitions that live in this process. Thread-safe. Reads see an event as soon as
 * it is applied, and all that it changed at once. A tenant that never had an event has empty views.
 * A partition is read only once it has caught up with the log as it was when the partition came
 * here: what is half rebuilt is never shown.
 */
public interface Views {

  /**
   * The tenant's views at one instant; nothing applied later shows. Cheap, but it holds resources
   * of the store: close it soon, at the latest when the answer is written.
   *
   * @throws ViewsUnavailableException when the tenant's partition is not readable here and now
   */
  TenantViews snapshot(String tenant);

  /**
   * The tenant's views with what is searched in them, at one instant: as fresh as {@link
   * #snapshot}. Close it soon.
   *
   * @throws ViewsUnavailableException as {@link #snapshot}
   */
  TenantSearch search(String tenant);

  /**
   * How far the tenant's views are now, without a look into the store. Of two looks with a {@link
   * #snapshot} taken in between: when the first is settled and a set of views has one sequence in
   * both, the snapshot has those views as they are at that sequence.
   *
   * @throws ViewsUnavailableException as {@link #snapshot}
   */
  ViewSequences sequences(String tenant);

  /**
   * One row with the sequence of the same instant; cheaper than a snapshot.
   *
   * @param id a UUID in its canonical form; anything else has no row
   * @throws ViewsUnavailableException as {@link #snapshot}
   */
  Row row(String tenant, View<?> view, String id);

  /**
   * A row, or none, and the tenant's sequence.
   *
   * @param json as served; null when there is no such row
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(long sequence, byte @Nullable [] json) {}

  /**
   * Waits until the stream's version has been applied. Returns at once when it has; otherwise the
   * applier wakes the caller. Meant for virtual threads: one waits per call.
   *
   * @param stream such as {@code inventory-items/<uuid>}
   * @return false when it was not applied in time
   * @throws ViewsUnavailableException when the partition is not here, or goes away meanwhile
   */
  boolean awaitApplied(String tenant, String stream, long version, Duration max)
      throws InterruptedException;

  /**
   * @throws ViewsUnavailableException as {@link #snapshot}
   */
  Freshness freshness(String tenant);

  /** The tenants that have events in the readable local partitions, sorted. */
  List<String> tenants();

  /** Never throws. */
  ViewsState state();
}
