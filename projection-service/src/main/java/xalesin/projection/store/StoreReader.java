package xalesin.projection.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import xalesin.projection.ParkedStream;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewSequences;
import xalesin.projection.Views.Row;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.search.SearchIndex;
import xalesin.projection.search.TenantSearch;
import xalesin.projection.view.View;
import xalesin.schemas.Json;

/**
 * Reads a partition's store. Thread-safe; every method holds the store open while it reads and
 * throws {@link ViewsUnavailableException} once it is closed.
 */
public final class StoreReader {
  /** Tries at reading two keys of one instant before a snapshot is taken. */
  private static final int TRIES = 3;

  private final int partition;
  private final Database database;
  private final SearchIndex search;
  private final PublishedSequences sequences;
  private final ReadStats reads;

  StoreReader(
      int partition,
      Database database,
      SearchIndex search,
      PublishedSequences sequences,
      ReadStats reads) {
    this.partition = partition;
    this.database = database;
    this.search = search;
    this.sequences = sequences;
    this.reads = reads;
  }

  /** The tenant's views now; it holds the store open until it is closed. */
  public TenantViews snapshot(String tenant) {
    enter();
    try {
      return new TenantSnapshot(tenant, database, reads);
    } catch (RuntimeException e) {
      database.leave();
      throw e;
    }
  }

  /** The tenant's views and what is searched in them now; holds the store open as a snapshot. */
  public TenantSearch search(String tenant) {
    enter();
    try {
      return search.open(
          tenant, view -> Keyspace.rows(tenant, view).toBytes(), () -> snapshot(tenant));
    } finally {
      database.leave();
    }
  }

  /** Rows that can be found by searches. */
  public long searchable() {
    enter();
    try {
      return search.documents();
    } finally {
      database.leave();
    }
  }

  /** A row and the sequence of the same instant. */
  public Row row(String tenant, View<?> view, String id) {
    UUID uuid = TenantSnapshot.id(id);
    byte[] rowKey = uuid == null ? null : Keyspace.row(tenant, view, uuid);
    byte[] metaKey = Keyspace.meta(tenant);
    enter();
    try {
      for (int i = 0; i < TRIES; i++) {
        long before = database.writes();
        byte[] stored = rowKey == null ? null : database.get(rowKey);
        long sequence = TenantMeta.of(database.get(metaKey)).sequence();
        if (before % 2 == 0 && database.writes() == before) {
          return new Row(sequence, IndexedView.jsonOrNull(stored));
        }
        Thread.onSpinWait();
      }
      try (TenantViews snapshot = snapshot(tenant)) {
        return new Row(snapshot.sequence(), snapshot.row(view, id));
      }
    } finally {
      database.leave();
    }
  }

  /** The sequences of the tenant's views now; they are in memory once they have been asked for. */
  public ViewSequences sequences(String tenant) {
    return sequences.of(tenant, () -> TenantMeta.of(get(Keyspace.meta(tenant))));
  }

  /** The tenant's view sequence now. */
  public long sequence(String tenant) {
    return sequences(tenant).sequence();
  }

  public AppliedVersion applied(String tenant, String stream) {
    return AppliedVersion.of(get(Keyspace.applied(tenant, stream)));
  }

  public @Nullable ParkedStream parked(String tenant, String stream) {
    return parked(get(Keyspace.parked(tenant, stream)));
  }

  static @Nullable ParkedStream parked(byte @Nullable [] stored) {
    return stored == null ? null : Json.read(stored, ParkedStream.class);
  }

  /** The JSON of a row, or null. */
  public byte @Nullable [] json(String tenant, View<?> view, UUID id) {
    return IndexedView.jsonOrNull(get(Keyspace.row(tenant, view, id)));
  }

  public List<String> tenants() {
    enter();
    List<String> tenants = new ArrayList<>();
    try (ReadOptions options = new ReadOptions();
        RocksIterator iterator = database.rocks().newIterator(options)) {
      iterator.seek(Keyspace.firstTenant());
      while (iterator.isValid()) {
        String tenant = Keyspace.tenantOf(iterator.key());
        tenants.add(tenant);
        iterator.seek(KeyBuffer.successor(Keyspace.tenant(tenant)));
      }
      iterator.status();
      return tenants;
    } catch (RocksDBException e) {
      throw new StoreException(database + " cannot be read", e);
    } finally {
      database.leave();
    }
  }

  /** Streams of all tenants that are parked. */
  public long parkedStreams() {
    long parked = 0;
    for (String tenant : tenants()) {
      parked += TenantMeta.of(get(Keyspace.meta(tenant))).parked();
    }
    return parked;
  }

  /** A number that RocksDB keeps. */
  public long property(String property) {
    enter();
    try {
      return database.property(property);
    } finally {
      database.leave();
    }
  }

  private byte @Nullable [] get(byte[] key) {
    enter();
    try {
      return database.get(key);
    } finally {
      database.leave();
    }
  }

  private void enter() {
    if (!database.enter()) {
      throw new ViewsUnavailableException(partition, "the store was just closed");
    }
  }
}
