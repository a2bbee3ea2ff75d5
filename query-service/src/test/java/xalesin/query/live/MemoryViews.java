package xalesin.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xalesin.projection.Freshness;
import xalesin.projection.IndexRange;
import xalesin.projection.ListRequest;
import xalesin.projection.Page;
import xalesin.projection.ParkedStream;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewCatalog;
import xalesin.projection.ViewSequences;
import xalesin.projection.Views;
import xalesin.projection.ViewsState;
import xalesin.projection.changes.ChangeFeed;
import xalesin.projection.changes.ChangedRow;
import xalesin.projection.search.TenantSearch;
import xalesin.projection.view.View;

/**
 * One view of one tenant in memory, which tells a feed of its changes as the stream thread does. It
 * serves what pushing reads, and can be made to fail. Thread-safe.
 */
final class MemoryViews implements Views {
  static final String TENANT = "acme";
  static final View<?> VIEW = ViewCatalog.ALL.getFirst();

  private final ChangeFeed feed = new ChangeFeed(_ -> sequence());
  private final List<Long> snapshots = new ArrayList<>();
  private final AtomicInteger wholes = new AtomicInteger();
  private Map<UUID, byte[]> rows = Map.of();
  private long sequence;
  private @Nullable Supplier<Throwable> failure;
  private int failures;

  private record Changed(String tenant, View<?> view, UUID id) implements ChangedRow {}

  ChangeFeed feed() {
    return feed;
  }

  synchronized long sequence() {
    return sequence;
  }

  /** When snapshots were asked for. */
  synchronized List<Long> snapshotNanos() {
    return List.copyOf(snapshots);
  }

  /** How often all rows of a view were read at once. */
  int wholes() {
    return wholes.get();
  }

  /** The row is this JSON from now on; null removes it. */
  synchronized void put(UUID id, @Nullable String json) {
    Map<UUID, byte[]> next = new LinkedHashMap<>(rows);
    if (json == null) {
      next.remove(id);
    } else {
      next.put(id, json.getBytes(UTF_8));
    }
    rows = next;
    sequence++;
    feed.written(List.of(new Changed(TENANT, VIEW, id)), Set.of(TENANT), _ -> sequence);
  }

  /** The next snapshots are refused with this. */
  synchronized void refuse(int times, Supplier<Throwable> with) {
    failures = times;
    failure = with;
  }

  @Override
  public synchronized TenantViews snapshot(String tenant) {
    snapshots.add(System.nanoTime());
    Supplier<Throwable> with = failure;
    if (with != null && failures-- > 0) {
      switch (with.get()) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalArgumentException(e);
      }
    }
    return new Snapshot(rows, sequence, wholes);
  }

  @Override
  public Freshness freshness(String tenant) {
    return new Freshness(null, 0, null);
  }

  private static UnsupportedOperationException notRead() {
    return new UnsupportedOperationException("pushing does not read it");
  }

  @Override
  public TenantSearch search(String tenant) {
    throw notRead();
  }

  @Override
  public ViewSequences sequences(String tenant) {
    throw notRead();
  }

  @Override
  public Row row(String tenant, View<?> view, String id) {
    throw notRead();
  }

  @Override
  public boolean awaitApplied(String tenant, String stream, long version, Duration max) {
    throw notRead();
  }

  @Override
  public List<String> tenants() {
    throw notRead();
  }

  @Override
  public ViewsState state() {
    throw notRead();
  }

  /** Of one instant. */
  private record Snapshot(Map<UUID, byte[]> byId, long sequence, AtomicInteger wholes)
      implements TenantViews {
    @Override
    public byte @Nullable [] row(View<?> view, String id) {
      byte[] row = byId.get(UUID.fromString(id));
      return row == null ? null : row.clone();
    }

    @Override
    public List<byte @Nullable []> rows(View<?> view, Collection<String> ids) {
      List<byte @Nullable []> found = new ArrayList<>();
      ids.forEach(id -> found.add(row(view, id)));
      return found;
    }

    @Override
    public @Nullable List<byte[]> all(View<?> view, long maxBytes) {
      wholes.incrementAndGet();
      return bytes(view, maxBytes) > maxBytes ? null : List.copyOf(byId.values());
    }

    @Override
    public long bytes(View<?> view, long maxBytes) {
      return byId.values().stream().mapToLong(row -> row.length).sum();
    }

    @Override
    public long appliedVersion(String stream) {
      throw notRead();
    }

    @Override
    public Page scan(ListRequest request) {
      throw notRead();
    }

    @Override
    public List<byte[]> anchors(IndexRange range, int step, int maxPositions) {
      throw notRead();
    }

    @Override
    public long count(IndexRange range) {
      throw notRead();
    }

    @Override
    public @Nullable ParkedStream parked(String stream) {
      throw notRead();
    }

    @Override
    public List<ParkedStream> parked() {
      throw notRead();
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
