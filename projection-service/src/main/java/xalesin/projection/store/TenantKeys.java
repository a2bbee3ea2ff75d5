package xalesin.projection.store;

import static java.util.Objects.requireNonNull;

import java.util.IdentityHashMap;
import xalesin.projection.store.IndexedView.IndexFields;

/** The key prefixes of one tenant, worked out once. Immutable, thread-safe. */
final class TenantKeys {
  /** Prefixes of one index. */
  @SuppressWarnings("ArrayRecordComponent")
  record IndexKeys(byte[] entries, byte[] counters, byte[] days) {}

  private final byte[] meta;
  private final IdentityHashMap<IndexedView, IndexKeys[]> indexes = new IdentityHashMap<>();

  TenantKeys(String tenant, IndexedViews views) {
    meta = Keyspace.meta(tenant);
    for (IndexedView view : views.all()) {
      IndexKeys[] keys = new IndexKeys[view.indexes().size()];
      for (IndexFields index : view.indexes()) {
        keys[index.number()] =
            new IndexKeys(
                Keyspace.entries(tenant, view.view(), index.index()).toBytes(),
                Keyspace.counters(tenant, view.view(), index.index()).toBytes(),
                Keyspace.days(tenant, view.view(), index.index()).toBytes());
      }
      indexes.put(view, keys);
    }
  }

  byte[] meta() {
    return meta;
  }

  IndexKeys index(IndexedView view, IndexFields index) {
    return requireNonNull(indexes.get(view))[index.number()];
  }
}
