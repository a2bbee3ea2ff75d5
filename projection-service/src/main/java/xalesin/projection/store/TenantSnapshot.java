package xalesin.projection.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import xalesin.projection.IndexRange;
import xalesin.projection.IndexRange.Bound;
import xalesin.projection.ListRequest;
import xalesin.projection.Page;
import xalesin.projection.ParkedStream;
import xalesin.projection.TenantViews;
import xalesin.projection.view.View;

/**
 * One tenant's views through a RocksDB snapshot. The caller has entered the database; closing
 * leaves it. For one thread at a time.
 */
final class TenantSnapshot implements TenantViews {
  private static final int UUID_LENGTH = 36;

  private final String tenant;
  private final Database database;
  private final ReadStats reads;
  private final Snapshot snapshot;
  private final ReadOptions options;
  private boolean closed;

  TenantSnapshot(String tenant, Database database, ReadStats reads) {
    this.tenant = tenant;
    this.database = database;
    this.reads = reads;
    this.snapshot = database.rocks().getSnapshot();
    this.options = new ReadOptions().setSnapshot(snapshot);
  }

  @Override
  public long sequence() {
    return meta().sequence();
  }

  private TenantMeta meta() {
    return TenantMeta.of(get(Keyspace.meta(tenant)));
  }

  @Override
  public long appliedVersion(String stream) {
    return AppliedVersion.of(get(Keyspace.applied(tenant, stream))).version();
  }

  @Override
  public byte @Nullable [] row(View<?> view, String id) {
    UUID uuid = id(id);
    return uuid == null ? null : IndexedView.jsonOrNull(get(Keyspace.row(tenant, view, uuid)));
  }

  @Override
  public List<byte @Nullable []> rows(View<?> view, Collection<String> ids) {
    List<byte[]> keys = new ArrayList<>(ids.size());
    List<String> asked = List.copyOf(ids);
    for (String id : asked) {
      UUID uuid = id(id);
      // An id that is none reads a key that no row has.
      keys.add(
          uuid == null ? Keyspace.rows(tenant, view).toBytes() : Keyspace.row(tenant, view, uuid));
    }
    return new ArrayList<>(json(keys));
  }

  @Override
  public @Nullable List<byte[]> all(View<?> view, long maxBytes) {
    List<byte[]> rows = new ArrayList<>();
    return walk(view, maxBytes, rows::add) > maxBytes ? null : rows;
  }

  @Override
  public long bytes(View<?> view, long maxBytes) {
    return walk(view, maxBytes, _ -> {});
  }

  /** The bytes of the rows that were met: it ends after the one that makes them too many. */
  private long walk(View<?> view, long maxBytes, Consumer<byte[]> rows) {
    byte[] prefix = Keyspace.rows(tenant, view).toBytes();
    long bytes = 0;
    try (Slice end = new Slice(KeyBuffer.successor(prefix));
        ReadOptions bounded = new ReadOptions().setSnapshot(snapshot).setIterateUpperBound(end);
        RocksIterator iterator = database.rocks().newIterator(bounded)) {
      for (iterator.seek(prefix); iterator.isValid() && bytes <= maxBytes; iterator.next()) {
        byte[] json = IndexedView.json(iterator.value());
        bytes += json.length;
        rows.accept(json);
      }
      iterator.status();
      return bytes;
    } catch (RocksDBException e) {
      throw new StoreException(database + " cannot be read", e);
    }
  }

  @Override
  public Page scan(ListRequest request) {
    KeyRange range = KeyRange.of(tenant, request.range()).after(request.after());
    List<byte[]> rowKeys = new ArrayList<>(request.limit());
    List<byte[]> positions = new ArrayList<>(request.limit());
    byte[] rows = Keyspace.rows(tenant, request.range().view()).toBytes();
    boolean[] hasMore = new boolean[1];
    int touched =
        walk(
            range,
            key -> {
              if (positions.size() == request.limit()) {
                hasMore[0] = true;
                return false;
              }
              positions.add(range.position(key));
              rowKeys.add(new KeyBuffer().raw(rows).raw(Keyspace.idOf(key)).toBytes());
              return true;
            });
    reads(request.range()).scanned(touched, rowKeys.size());
    List<byte[]> page = new ArrayList<>(rowKeys.size());
    for (byte @Nullable [] json : json(rowKeys)) {
      if (json == null) {
        throw new IllegalStateException(
            "index %s points to a row that is not there".formatted(request.range().index().name()));
      }
      page.add(json);
    }
    return new Page(page, positions, hasMore[0], touched);
  }

  @Override
  public List<byte[]> anchors(IndexRange range, int step, int maxPositions) {
    if (step < 1 || maxPositions < 0) {
      throw new IllegalArgumentException("a step must be positive");
    }
    KeyRange keys = KeyRange.of(tenant, range);
    List<byte[]> anchors = new ArrayList<>();
    int[] row = new int[1];
    int touched =
        walk(
            keys,
            key -> {
              if (anchors.size() == maxPositions) {
                return false;
              }
              if (++row[0] % step == 0) {
                anchors.add(keys.position(key));
              }
              return true;
            });
    reads(range).walked(touched);
    return anchors;
  }

  @Override
  public long count(IndexRange range) {
    if (range.lower() == null && range.upper() == null) {
      KeyBuffer counter = Keyspace.counters(tenant, range.view(), range.index());
      byte[] stored = get(KeyRange.equality(counter, range).toBytes());
      return stored == null ? 0 : Numbers.getLong(stored, 0);
    }
    return switch (range.index().order().getFirst().field().kind()) {
      case TIME -> countTimes(range);
      case DATE -> countDates(range);
      case TEXT, ID, NUMBER, DECIMAL -> countEntries(range);
    };
  }

  private long countDates(IndexRange range) {
    Bound lower = range.lower();
    Bound upper = range.upper();
    long from = lower == null ? Long.MIN_VALUE : day(lower) + (lower.inclusive() ? 0 : 1);
    long to = upper == null ? Long.MAX_VALUE : day(upper) + (upper.inclusive() ? 1 : 0);
    return from < to ? sumDays(range, from, to) : 0;
  }

  private static long day(Bound bound) {
    return ((LocalDate) bound.value()).toEpochDay();
  }

  /** Whole days by their counters, the rest of the first and of the last by walking them. */
  private long countTimes(IndexRange range) {
    long from = range.lower() == null ? Long.MIN_VALUE : startMicros(range.lower());
    long to = range.upper() == null ? Long.MAX_VALUE : endMicros(range.upper());
    if (from >= to) {
      return 0;
    }
    boolean startsADay = from == Long.MIN_VALUE || Days.first(Days.of(from)) == from;
    long firstDay = startsADay ? Days.of(from) : Days.of(from) + 1;
    long endDay = range.upper() == null ? Days.of(to) + 1 : Days.of(to);
    if (firstDay >= endDay) {
      return countEntries(range);
    }
    long count = sumDays(range, firstDay, endDay);
    if (!startsADay) {
      count += countEntries(within(range, range.lower(), exclusive(Days.first(firstDay))));
    }
    if (range.upper() != null && Days.first(endDay) < to) {
      count += countEntries(within(range, inclusive(Days.first(endDay)), range.upper()));
    }
    return count;
  }

  private static long startMicros(Bound lower) {
    long micros = KeyBuffer.micros((Instant) lower.value());
    return lower.inclusive() ? micros : micros + 1;
  }

  private static long endMicros(Bound upper) {
    long micros = KeyBuffer.micros((Instant) upper.value());
    return upper.inclusive() ? micros + 1 : micros;
  }

  private static Bound inclusive(long micros) {
    return Bound.inclusive(KeyBuffer.time(micros));
  }

  private static Bound exclusive(long micros) {
    return Bound.exclusive(KeyBuffer.time(micros));
  }

  private static IndexRange within(IndexRange range, @Nullable Bound from, @Nullable Bound to) {
    return new IndexRange(range.view(), range.index(), range.equality(), from, to);
  }

  private long sumDays(IndexRange range, long firstDay, long endDay) {
    byte[] prefix =
        KeyRange.equality(Keyspace.days(tenant, range.view(), range.index()), range).toBytes();
    byte[] from = new KeyBuffer().raw(prefix).number(firstDay).toBytes();
    byte[] to = new KeyBuffer().raw(prefix).number(endDay).toBytes();
    long sum = 0;
    int days = 0;
    try (Slice end = new Slice(to);
        ReadOptions bounded = new ReadOptions().setSnapshot(snapshot).setIterateUpperBound(end);
        RocksIterator iterator = database.rocks().newIterator(bounded)) {
      for (iterator.seek(from); iterator.isValid(); iterator.next()) {
        sum += Numbers.getLong(iterator.value(), 0);
        days++;
      }
      iterator.status();
    } catch (RocksDBException e) {
      throw new StoreException(database + " cannot be read", e);
    }
    reads(range).walked(days);
    return sum;
  }

  private long countEntries(IndexRange range) {
    int entries = walk(KeyRange.of(tenant, range), _ -> true);
    reads(range).walked(entries);
    return entries;
  }

  private ReadStats.OfIndex reads(IndexRange range) {
    return reads.of(range.view(), range.index());
  }

  private interface KeyVisitor {
    /** Whether to go on. */
    boolean visit(byte[] key);
  }

  /** Shows the keys of the range in order; returns how many were looked at. */
  private int walk(KeyRange range, KeyVisitor visitor) {
    if (range.isEmpty()) {
      return 0;
    }
    int touched = 0;
    try (Slice end = new Slice(range.to());
        ReadOptions bounded = new ReadOptions().setSnapshot(snapshot).setIterateUpperBound(end);
        RocksIterator iterator = database.rocks().newIterator(bounded)) {
      for (iterator.seek(range.from()); iterator.isValid(); iterator.next()) {
        touched++;
        if (!visitor.visit(iterator.key())) {
          break;
        }
      }
      iterator.status();
    } catch (RocksDBException e) {
      throw new StoreException(database + " cannot be read", e);
    }
    return touched;
  }

  @Override
  public @Nullable ParkedStream parked(String stream) {
    return meta().parked() == 0 ? null : StoreReader.parked(get(Keyspace.parked(tenant, stream)));
  }

  @Override
  public List<ParkedStream> parked() {
    byte[] prefix = Keyspace.parked(tenant);
    List<byte[]> keys = new ArrayList<>();
    walk(new KeyRange(prefix, prefix, KeyBuffer.successor(prefix)), keys::add);
    List<ParkedStream> parked = new ArrayList<>();
    for (byte[] key : keys) {
      ParkedStream stream = StoreReader.parked(get(key));
      if (stream != null) {
        parked.add(stream);
      }
    }
    return parked;
  }

  /** All keys of the tenant with their values, in order. */
  void forEach(EntryVisitor visitor) {
    byte[] prefix = Keyspace.tenant(tenant);
    try (Slice end = new Slice(KeyBuffer.successor(prefix));
        ReadOptions bounded =
            new ReadOptions().setSnapshot(snapshot).setIterateUpperBound(end).setFillCache(false);
        RocksIterator iterator = database.rocks().newIterator(bounded)) {
      for (iterator.seek(prefix); iterator.isValid(); iterator.next()) {
        visitor.visit(iterator.key(), iterator.value());
      }
      iterator.status();
    } catch (RocksDBException e) {
      throw new StoreException(database + " cannot be read", e);
    }
  }

  interface EntryVisitor {
    void visit(byte[] key, byte[] value);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      options.close();
      database.rocks().releaseSnapshot(snapshot);
      snapshot.close();
      database.leave();
    }
  }

  private byte @Nullable [] get(byte[] key) {
    if (closed) {
      throw new IllegalStateException("the views of this instant were closed");
    }
    return database.get(options, key);
  }

  private List<byte @Nullable []> json(List<byte[]> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    List<byte[]> stored = database.multiGet(options, keys);
    List<byte @Nullable []> json = new ArrayList<>(stored.size());
    for (byte @Nullable [] row : stored) {
      json.add(IndexedView.jsonOrNull(row));
    }
    return json;
  }

  /** The id as a UUID in its 36 characters, of either case; null when it is not one. */
  static @Nullable UUID id(String text) {
    if (text.length() != UUID_LENGTH) {
      return null;
    }
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? id : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
