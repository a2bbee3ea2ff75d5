package xalesin.standalone.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.ViewCatalog;
import xalesin.projection.view.View;
import xalesin.schemas.EventTypes;
import xalesin.schemas.RecordedEvent;

/**
 * Rows folded afresh from some streams, with the views' own code but none of their machinery. Keeps
 * each row's newest states, so that a row that was served a moment ago is found again; rows that add
 * up many streams it keeps in sums that it shares with what folds the other streams. Not
 * thread-safe.
 */
final class FoldedRows implements View.Rows {
  /** A served row may be this many changes behind the table. */
  private static final int STATES = 1_000;

  /** A row of a view. */
  record Key(View<?> view, UUID id) {}

  /**
   * @param version of the stream's event that made it so
   * @param row null when deleted
   */
  record State(long version, @Nullable Object row) {}

  private final Map<Key, Deque<State>> rows = new HashMap<>();
  private final Map<Key, Object> sums;

  /**
   * @param sums rows of the views that are of many streams
   */
  FoldedRows(Map<Key, Object> sums) {
    this.sums = sums;
  }

  void apply(RecordedEvent event) {
    for (View<?> view : ViewCatalog.ALL) {
      for (View.Change<?> change : view.fold(event, EventTypes.read(event), this)) {
        keep(new Key(view, change.id()), event.version(), change.row());
      }
    }
  }

  private void keep(Key key, long version, @Nullable Object row) {
    if (key.view().isOfManyStreams()) {
      if (row == null) {
        sums.remove(key);
      } else {
        sums.put(key, row);
      }
      return;
    }
    Deque<State> states = rows.computeIfAbsent(key, _ -> new ArrayDeque<>());
    states.addLast(new State(version, row));
    if (states.size() > STATES) {
      states.removeFirst();
    }
  }

  @Override
  public <R> @Nullable R get(View<R> view, UUID id) {
    Key key = new Key(view, id);
    if (view.isOfManyStreams()) {
      return view.rowClass().cast(sums.get(key));
    }
    State state = newest(key);
    return state == null ? null : view.rowClass().cast(state.row());
  }

  Set<Key> keys() {
    return rows.keySet();
  }

  /** The row as the last event left it; null when no event touched it. */
  @Nullable State newest(Key key) {
    Deque<State> states = rows.get(key);
    return states == null ? null : states.peekLast();
  }

  /** The row as the event of that version left it. */
  @Nullable State at(Key key, long version) {
    Deque<State> states = rows.getOrDefault(key, new ArrayDeque<>());
    for (State state : states) {
      if (state.version() == version) {
        return state;
      }
    }
    return null;
  }
}
