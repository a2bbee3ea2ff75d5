package xalesin.projection.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.store.StoreReader;
import xalesin.projection.stream.Group.RowId;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Json;
import xalesin.schemas.RecordedEvent;

/**
 * Folds events into the rows of all views. Busy rows are kept as objects, so that an item that
 * moves often is not parsed again for each event. For the stream thread only.
 */
final class Rows {
  /** About 1.5 KB a row: 3 MB for a partition. */
  private static final int MAX_ROWS = 2_048;

  private final List<View<?>> views;
  private final StoreReader store;
  private final Group group;
  private final Map<RowId, Object> rows =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RowId, Object> eldest) {
          return size() > MAX_ROWS;
        }
      };

  /** A row that an event has changed; null when it is gone. */
  record ChangedRow(RowId id, @Nullable Object row) {}

  Rows(List<View<?>> views, StoreReader store, Group group) {
    this.views = views;
    this.store = store;
    this.group = group;
  }

  /**
   * What the event makes of the rows. Changes nothing: {@link #apply} does.
   *
   * @throws RuntimeException of a fold that cannot take the event
   */
  List<ChangedRow> fold(RecordedEvent recorded, DomainEvent event) {
    List<ChangedRow> changed = new ArrayList<>(views.size());
    View.Rows before = new Before(recorded.tenant(), changed);
    for (View<?> view : views) {
      for (View.Change<?> change : view.fold(recorded, event, before)) {
        changed.add(new ChangedRow(new RowId(view, recorded.tenant(), change.id()), change.row()));
      }
    }
    return changed;
  }

  /** Puts the rows into the group. */
  void apply(List<ChangedRow> changed, long timestampMillis) {
    for (ChangedRow row : changed) {
      RowId id = row.id();
      group.row(id, row.row(), timestampMillis);
      if (row.row() == null) {
        rows.remove(id);
      } else if (id.view().isReadByFolds() || rows.containsKey(id)) {
        rows.put(id, row.row());
      }
    }
  }

  private final class Before implements View.Rows {
    private final String tenant;
    private final List<ChangedRow> changed;

    Before(String tenant, List<ChangedRow> changed) {
      this.tenant = tenant;
      this.changed = changed;
    }

    @Override
    public <T> @Nullable T get(View<T> view, UUID id) {
      RowId row = new RowId(view, tenant, id);
      for (int i = changed.size() - 1; i >= 0; i--) {
        if (changed.get(i).id().equals(row)) {
          Object now = changed.get(i).row();
          return now == null ? null : view.rowClass().cast(now);
        }
      }
      Object known = rows.get(row);
      if (known != null) {
        return view.rowClass().cast(known);
      }
      if (group.has(row)) {
        Object waiting = group.row(row);
        return waiting == null ? null : view.rowClass().cast(waiting);
      }
      byte[] json = store.json(tenant, view, id);
      if (json == null) {
        return null;
      }
      T read = Json.read(json, view.rowClass());
      rows.put(row, read);
      return read;
    }
  }
}
