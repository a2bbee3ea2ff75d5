package xalesin.projection.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import xalesin.projection.search.SearchIndex;
import xalesin.projection.search.SearchableView;
import xalesin.projection.store.IndexedView.IndexFields;
import xalesin.projection.store.TenantKeys.IndexKeys;
import xalesin.projection.view.Field;

/**
 * Writes facts (rows, applied versions, parked streams) together with everything that follows from
 * them: index entries, counters, the tenant's sequence, and what searches look into. The same facts
 * give the same store, however they are grouped and whether they come live or from the changelog.
 * For one thread at a time.
 */
final class Derivation {
  /**
   * Enough for what is busy at a time, a few MB in all; a miss costs one read. Every partition of a
   * process has them.
   */
  private static final int MAX_HEADERS = 4_096;

  private static final int MAX_COUNTERS = 8_192;
  private static final int MAX_VERSIONS = 4_096;
  private static final int MAX_TENANTS = 1_024;
  private static final byte[] NOTHING = {};

  private final Database database;
  private final IndexedViews views;
  private final SearchIndex search;
  private final Map<Bytes, byte[]> headers = lru(MAX_HEADERS);
  private final Map<Bytes, Long> counters = lru(MAX_COUNTERS);
  private final Map<Bytes, AppliedVersion> versions = lru(MAX_VERSIONS);
  private final Map<Bytes, TenantState> tenants = lru(MAX_TENANTS);

  /** Of the batch at hand. */
  private final Map<Bytes, long[]> changes = new HashMap<>();

  private final Map<Bytes, TenantState> touched = new HashMap<>();
  private final List<SearchIndex.Change> texts = new ArrayList<>();
  private final BatchBytes batch = new BatchBytes();
  private final KeyBuffer key = new KeyBuffer();

  /** Null while the store is restored: nobody reads it then. */
  private volatile @Nullable PublishedSequences published;

  private static final class TenantState {
    final String name;
    final TenantKeys keys;
    long sequence;
    long newestMicros = Long.MIN_VALUE;
    long parked;

    /** As it was before the batch at hand. */
    TenantMeta before = TenantMeta.of(null);

    /** A bit for each view that has rows in the batch at hand. */
    long changed;

    TenantState(String name, TenantKeys keys) {
      this.name = name;
      this.keys = keys;
    }

    TenantMeta meta() {
      return new TenantMeta(sequence, newestMicros, parked);
    }
  }

  Derivation(Database database, IndexedViews views, SearchIndex search) {
    this.database = database;
    this.views = views;
    this.search = search;
  }

  /** From the next batch on. */
  void publishTo(PublishedSequences sequences) {
    published = sequences;
  }

  /**
   * Writes the facts in one atomic batch.
   *
   * @param facts by key, null where a fact is deleted
   */
  void write(Map<Bytes, byte @Nullable []> facts) {
    batch.clear();
    changes.clear();
    touched.clear();
    texts.clear();
    try {
      facts.forEach((key, value) -> fact(key, value));
      changes.forEach(this::count);
      touched.values().forEach(this::meta);
      PublishedSequences sequences = published;
      if (sequences != null) {
        sequences.beforeBatch();
        for (TenantState tenant : touched.values()) {
          sequences.changing(tenant.name, tenant.before, tenant.sequence, tenant.changed);
        }
      }
      search.write(texts, () -> database.write(batch));
      if (sequences != null) {
        touched.values().forEach(tenant -> sequences.changed(tenant.name, tenant.meta()));
      }
    } catch (RuntimeException e) {
      // What is cached may be ahead of what is written.
      headers.clear();
      counters.clear();
      versions.clear();
      tenants.clear();
      throw e;
    }
  }

  private void fact(Bytes key, byte @Nullable [] value) {
    byte[] bytes = key.get();
    int tenantLength = Keyspace.tenantLength(bytes);
    TenantState tenant = tenant(bytes, tenantLength);
    switch (bytes[tenantLength]) {
      case Keyspace.ROWS -> row(tenant, key, tenantLength, value);
      case Keyspace.APPLIED -> applied(tenant, key, value);
      case Keyspace.PARKED -> parked(tenant, bytes, value);
      default -> throw new IllegalArgumentException("not the key of a fact: " + key);
    }
    if (value == null) {
      batch.delete(bytes);
    } else {
      batch.put(bytes, value);
    }
  }

  private void applied(TenantState tenant, Bytes key, byte @Nullable [] value) {
    AppliedVersion before = versions.get(key);
    if (before == null) {
      before = AppliedVersion.of(database.get(key.get()));
    }
    AppliedVersion after = AppliedVersion.of(value);
    versions.put(key, after);
    tenant.sequence += after.version() - before.version();
    tenant.newestMicros = Math.max(tenant.newestMicros, after.newestMicros());
  }

  private void parked(TenantState tenant, byte[] key, byte @Nullable [] value) {
    tenant.parked += (value == null ? 0 : 1) - (database.get(key) == null ? 0 : 1);
  }

  private void row(TenantState tenant, Bytes rowKey, int tenantLength, byte @Nullable [] value) {
    IndexedView view = views.named(Keyspace.viewOf(rowKey.get(), tenantLength));
    tenant.changed |= 1L << view.number();
    byte[] before = headerBefore(rowKey);
    byte[] after = value == null ? null : IndexedView.header(value);
    if (after == null) {
      headers.remove(rowKey);
    } else if (view.view().isReadByFolds()) {
      headers.put(rowKey, after);
    } else {
      // Seldom changed again: it would only drive out what is busy.
      headers.replace(rowKey, after);
    }
    if (Arrays.equals(before, after)) {
      return;
    }
    SearchableView searchable = view.searchable();
    if (searchable != null && IndexedView.textsDiffer(before, after)) {
      byte[] now = value == null ? null : IndexedView.texts(value);
      String whose = Keyspace.tenantOf(rowKey.get());
      texts.add(new SearchIndex.Change(searchable, whose, rowKey.get(), before == null, now));
    }
    byte[][] fieldsBefore = before == null ? null : view.fields(before);
    byte[][] fieldsAfter = after == null ? null : view.fields(after);
    for (IndexFields index : view.indexes()) {
      IndexKeys keys = tenant.keys.index(view, index);
      if (index.index().isMultivalued()) {
        entries(keys, index, fieldsBefore, fieldsAfter, rowKey.get());
      } else {
        entry(keys, index, fieldsBefore, fieldsAfter, rowKey.get());
      }
    }
  }

  /** The one entry of a row, where it changes. */
  private void entry(
      IndexKeys keys,
      IndexFields index,
      byte @Nullable [][] before,
      byte @Nullable [][] after,
      byte[] rowKey) {
    byte[] old = before == null ? null : entry(keys, index, before, rowKey);
    byte[] now = after == null ? null : entry(keys, index, after, rowKey);
    if (Arrays.equals(old, now)) {
      return;
    }
    if (old != null) {
      batch.delete(old);
      counted(keys, index, requireNonNull(before), -1);
    }
    if (now != null) {
      batch.put(now, NOTHING);
      counted(keys, index, requireNonNull(after), 1);
    }
  }

  /** The entries of a row, one for each of its values, where they change. */
  private void entries(
      IndexKeys keys,
      IndexFields index,
      byte @Nullable [][] before,
      byte @Nullable [][] after,
      byte[] rowKey) {
    Map<Bytes, byte[][]> gone = entriesOf(keys, index, before, rowKey);
    entriesOf(keys, index, after, rowKey)
        .forEach(
            (entry, fields) -> {
              if (gone.remove(entry) == null) {
                batch.put(entry.get(), NOTHING);
                counted(keys, index, fields, 1);
              }
            });
    gone.forEach(
        (entry, fields) -> {
          batch.delete(entry.get());
          counted(keys, index, fields, -1);
        });
  }

  private Map<Bytes, byte[][]> entriesOf(
      IndexKeys keys, IndexFields index, byte @Nullable [][] fields, byte[] rowKey) {
    Map<Bytes, byte[][]> entries = new LinkedHashMap<>();
    if (fields != null) {
      for (byte[][] combination : IndexedView.combinations(index, fields)) {
        entries.put(Bytes.wrap(entry(keys, index, combination, rowKey)), combination);
      }
    }
    return entries;
  }

  private byte @Nullable [] headerBefore(Bytes rowKey) {
    byte[] cached = headers.get(rowKey);
    if (cached != null) {
      return cached;
    }
    byte[] stored = database.get(rowKey.get());
    return stored == null ? null : IndexedView.header(stored);
  }

  private byte[] entry(IndexKeys keys, IndexFields index, byte[][] fields, byte[] rowKey) {
    key.clear();
    key.raw(keys.entries());
    for (int field : index.equality()) {
      key.raw(fields[field]);
    }
    for (int i = 0; i < index.order().length; i++) {
      key.component(fields[index.order()[i]], index.descending()[i]);
    }
    return key.raw(rowKey, rowKey.length - KeyBuffer.ID_BYTES, KeyBuffer.ID_BYTES).toBytes();
  }

  private void counted(IndexKeys keys, IndexFields index, byte[][] fields, int change) {
    key.clear();
    key.raw(keys.counters());
    for (int field : index.equality()) {
      key.raw(fields[field]);
    }
    add(key.toBytes(), change);
    if (index.index().countsDays()) {
      key.clear();
      key.raw(keys.days());
      for (int field : index.equality()) {
        key.raw(fields[field]);
      }
      Field.Kind kind = index.index().order().getFirst().field().kind();
      key.number(Days.of(kind, fields[index.order()[0]]));
      add(key.toBytes(), change);
    }
  }

  private void add(byte[] counter, int change) {
    changes.computeIfAbsent(Bytes.wrap(counter), _ -> new long[1])[0] += change;
  }

  /** A counter at zero is not kept, so that a store does not remember what once was. */
  private void count(Bytes counter, long[] change) {
    if (change[0] == 0) {
      return;
    }
    Long cached = counters.get(counter);
    long before = cached != null ? cached : number(database.get(counter.get()));
    long now = before + change[0];
    if (now < 0) {
      throw new IllegalStateException("a counter fell below zero: " + counter);
    }
    counters.put(counter, now);
    if (now == 0) {
      batch.delete(counter.get());
    } else {
      batch.put(counter.get(), Numbers.bytes(now));
    }
  }

  private void meta(TenantState tenant) {
    batch.put(tenant.keys.meta(), tenant.meta().encode());
  }

  private TenantState tenant(byte[] key, int tenantLength) {
    Bytes prefix = Bytes.wrap(Arrays.copyOf(key, tenantLength));
    TenantState state = touched.get(prefix);
    if (state == null) {
      state = tenants.get(prefix);
      if (state == null) {
        state = load(Keyspace.tenantOf(key));
        tenants.put(prefix, state);
      }
      state.before = state.meta();
      state.changed = 0;
      touched.put(prefix, state);
    }
    return state;
  }

  private TenantState load(String tenant) {
    TenantState state = new TenantState(tenant, new TenantKeys(tenant, views));
    TenantMeta stored = TenantMeta.of(database.get(state.keys.meta()));
    state.sequence = stored.sequence();
    state.newestMicros = stored.newestMicros();
    state.parked = stored.parked();
    return state;
  }

  private static long number(byte @Nullable [] value) {
    return value == null ? 0 : Numbers.getLong(value, 0);
  }

  private static <K, V> Map<K, V> lru(int max) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > max;
      }
    };
  }
}
