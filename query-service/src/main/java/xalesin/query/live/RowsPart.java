package xalesin.query.live;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.TenantViews;
import xalesin.projection.changes.ChangeLog;
import xalesin.projection.view.View;

/**
 * All rows of a view, or those of some ids. Which have changed is in the log, what they are now in
 * the views, so it has nothing to remember.
 */
public final class RowsPart implements Part {
  /** Of a whole view, in its first batch: some thousand rows. More are followed by windows. */
  static final long MAX_BYTES = 4L << 20;

  private final View<?> view;
  private final @Nullable Set<UUID> ids;

  /**
   * @param ids null for all
   */
  public RowsPart(View<?> view, @Nullable Set<UUID> ids) {
    this.view = view;
    this.ids = ids == null ? null : Set.copyOf(ids);
  }

  @Override
  public void check(TenantViews at) {
    // Many may ask at once: nothing is kept of what is only counted.
    if (ids == null && at.bytes(view, MAX_BYTES) > MAX_BYTES) {
      throw tooMany();
    }
  }

  private List<byte[]> rows(TenantViews at) {
    List<byte[]> rows = at.all(view, MAX_BYTES);
    if (rows == null) {
      throw tooMany();
    }
    return rows;
  }

  private ProblemException tooMany() {
    return Problem.of(
            400,
            "too-many-rows",
            "Too many rows to be followed as a whole",
            "%s has rows of more than %d bytes: follow a window (filters, sort, limit) or ids"
                .formatted(view.name(), MAX_BYTES))
        .exception();
  }

  @Override
  public void remember(TenantViews at) {
    // The log knows what has changed.
  }

  @Override
  public void all(TenantViews at, Batch batch) {
    if (ids == null) {
      batch.add(view.name(), rows(at), List.of(), null);
    } else {
      add(at, List.copyOf(ids), batch);
    }
  }

  @Override
  public void changes(TenantViews at, ChangeLog log, long since, Batch batch) {
    missed(at, log, since, batch);
  }

  @Override
  public void missed(TenantViews at, ChangeLog log, long since, Batch batch) {
    if (!log.hasChanged(view, since)) {
      return;
    }
    List<UUID> changed = new ArrayList<>();
    for (ChangeLog.Change change : log.since(since)) {
      if (change.view().equals(view) && (ids == null || ids.contains(change.id()))) {
        changed.add(change.id());
      }
    }
    if (!changed.isEmpty()) {
      add(at, changed, batch);
    }
  }

  @Override
  public long missedSince(ChangeLog log, long since) {
    return since;
  }

  private void add(TenantViews at, List<UUID> changed, Batch batch) {
    List<byte[]> upserts = new ArrayList<>(changed.size());
    List<UUID> deletes = new ArrayList<>();
    Iterator<byte @Nullable []> rows =
        at.rows(view, changed.stream().map(UUID::toString).toList()).iterator();
    for (UUID id : changed) {
      byte[] row = rows.next();
      if (row == null) {
        deletes.add(id);
      } else {
        upserts.add(row);
      }
    }
    batch.add(view.name(), upserts, deletes, null);
  }
}
