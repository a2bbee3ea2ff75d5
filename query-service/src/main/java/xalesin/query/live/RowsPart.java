package xalesin.query.live;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

  /** Rows that are read before their size is looked at. */
  private static final int AT_ONCE = 100;

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
  public long bytes(TenantViews at) {
    if (ids != null) {
      return upserts(at, List.copyOf(ids), new ArrayList<>()).stream()
          .mapToLong(row -> row.length)
          .sum();
    }
    // Many may ask at once: nothing is kept of what is only counted.
    long bytes = at.bytes(view, MAX_BYTES);
    if (bytes > MAX_BYTES) {
      throw tooMany();
    }
    return bytes;
  }

  private List<byte[]> rows(TenantViews at) {
    List<byte[]> rows = at.all(view, MAX_BYTES);
    if (rows == null) {
      throw tooMany();
    }
    return rows;
  }

  private ProblemException tooMany() {
    return Batch.tooMany("%s has rows of more than %d bytes".formatted(view.name(), MAX_BYTES));
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
    List<UUID> deletes = new ArrayList<>();
    List<byte[]> upserts = upserts(at, changed, deletes);
    batch.add(view.name(), upserts, deletes, null);
  }

  /** A few at a time, so that it ends soon when they are too many. */
  private List<byte[]> upserts(TenantViews at, List<UUID> asked, List<UUID> gone) {
    List<byte[]> upserts = new ArrayList<>();
    long bytes = 0;
    for (int from = 0; from < asked.size(); from += AT_ONCE) {
      List<UUID> some = asked.subList(from, Math.min(asked.size(), from + AT_ONCE));
      Iterator<byte @Nullable []> rows =
          at.rows(view, some.stream().map(UUID::toString).toList()).iterator();
      for (UUID id : some) {
        byte[] row = rows.next();
        if (row == null) {
          gone.add(id);
        } else {
          upserts.add(row);
          bytes += row.length;
        }
      }
      if (bytes > Batch.MAX_BYTES) {
        throw Batch.tooMany();
      }
    }
    return upserts;
  }
}
