package xalesin.projection.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import xalesin.projection.ViewSet;
import xalesin.projection.search.SearchableView;
import xalesin.projection.view.View;

/** The views of a store. Immutable, thread-safe. */
public final class IndexedViews {
  private final List<IndexedView> all = new ArrayList<>();
  private final Map<String, IndexedView> byName = new HashMap<>();

  public IndexedViews(List<View<?>> views) {
    if (views.size() > ViewSet.MAX_VIEWS) {
      throw new IllegalArgumentException("more than " + ViewSet.MAX_VIEWS + " views");
    }
    for (View<?> declared : views) {
      IndexedView view = new IndexedView(declared, all.size());
      all.add(view);
      if (byName.put(view.view().name(), view) != null) {
        throw new IllegalArgumentException("two views are called " + view.view().name());
      }
    }
  }

  List<IndexedView> all() {
    return all;
  }

  IndexedView named(String name) {
    IndexedView view = byName.get(name);
    if (view == null) {
      throw new IllegalStateException("there is no view " + name);
    }
    return view;
  }

  IndexedView of(View<?> view) {
    return named(view.name());
  }

  /** Those that can be searched. */
  List<SearchableView> searchable() {
    return all.stream().map(IndexedView::searchable).filter(Objects::nonNull).toList();
  }

  /** The stored form of a row. */
  public byte[] encode(View<?> view, Object row, byte[] json) {
    return of(view).encode(row, json);
  }

  /** The JSON in a stored row. */
  public static byte[] json(byte[] stored) {
    return IndexedView.json(stored);
  }
}
