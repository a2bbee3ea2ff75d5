package xalesin.projection.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import xalesin.projection.TenantViews;
import xalesin.projection.search.Found;
import xalesin.projection.search.SearchIndex;
import xalesin.projection.search.SearchRequest;
import xalesin.projection.search.SearchStats;
import xalesin.projection.search.SearchText;
import xalesin.projection.search.TenantSearch;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.Json;

/** A store with its search index, without Kafka: rows are written as a task writes them. */
public final class SearchedStore implements AutoCloseable {
  private static final int MAX_COPIES = 20;

  private final Path folder;
  private final SharedMemory memory = new SharedMemory(16 << 20, 8 << 20);
  private final IndexedViews views;
  private final SearchStats stats = new SearchStats();
  private final Database database;
  private final SearchIndex index;
  private final Derivation derivation;
  private final ReadStats reads = new ReadStats();
  private final StoreReader reader;
  private final Map<Bytes, byte @Nullable []> batch = new LinkedHashMap<>();

  public SearchedStore(Path folder, List<View<?>> all) {
    this.folder = folder;
    views = new IndexedViews(all);
    database = new Database(folder.resolve("views"), memory);
    index = StoredSearch.open(folder.resolve("search"), database, views, stats);
    derivation = new Derivation(database, views, index);
    reader = new StoreReader(0, database, index, new PublishedSequences(all.size()), reads);
  }

  /** Rows wait until {@link #write}. */
  public void put(String tenant, View<?> view, UUID id, @Nullable Object row) {
    byte[] stored = row == null ? null : views.encode(view, row, Json.write(row));
    batch.put(Bytes.wrap(Keyspace.row(tenant, view, id)), stored);
  }

  /** In one atomic batch. */
  public void write() {
    derivation.write(batch);
    batch.clear();
  }

  /** Close it. */
  public TenantViews snapshot(String tenant) {
    return reader.snapshot(tenant);
  }

  public ReadStats.OfIndex reads(View<?> view, Index<?> index) {
    return reads.of(view, index);
  }

  public TenantSearch search(String tenant) {
    return reader.search(tenant);
  }

  public Found find(String tenant, View<?> view, String text) {
    return find(tenant, view, text, Map.of());
  }

  public Found find(String tenant, View<?> view, String text, Map<String, Set<Object>> filters) {
    try (TenantSearch search = search(tenant)) {
      return search.find(
          new SearchRequest(view, SearchText.parse(text), filters, null, SearchRequest.MAX_LIMIT));
    }
  }

  public long rebuiltRows() {
    return stats.rebuiltRows();
  }

  public long refreshes() {
    return stats.refreshes();
  }

  public long documents() {
    return index.documents();
  }

  /** Writes the rows' files, as happens now and then while a store is at work. */
  public void flush() {
    database.flush();
  }

  /** What another process would find had this one been killed now. */
  public Path asAfterAKill(Path copy) throws IOException {
    try {
      // A compaction between the copies of two files would be no instant either.
      database.rocks().pauseBackgroundWork();
      try {
        return copyOfOneInstant(copy);
      } finally {
        database.rocks().continueBackgroundWork();
      }
    } catch (RocksDBException e) {
      throw new StoreException("the background work of " + folder + " cannot be paused", e);
    }
  }

  private Path copyOfOneInstant(Path copy) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path target = copy.resolve("attempt-" + attempt);
      try {
        copy(folder, target);
        return target;
      } catch (NoSuchFileException e) {
        // A file that is no longer needed has gone meanwhile: that was not one instant.
        if (attempt == MAX_COPIES) {
          throw e;
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> paths;
    try (var files = Files.walk(from)) {
      paths = files.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : paths) {
      Path target = to.resolve(from.relativize(path));
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
      } else {
        Files.copy(path, target);
      }
    }
  }

  @Override
  public void close() {
    try (index) {
      StoredSearch.commit(index, database);
      database.close();
    } finally {
      memory.close();
    }
  }
}
