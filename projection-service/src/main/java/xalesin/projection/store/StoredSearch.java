package xalesin.projection.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.projection.search.SearchFailure;
import xalesin.projection.search.SearchIndex;
import xalesin.projection.search.SearchStats;
import xalesin.projection.search.SearchableView;

/**
 * Ties a store's search index to the store. When both are closed the index is committed with a
 * mark, and the store keeps the mark. When they are opened the mark is taken out of the store
 * before anything else is written: what a crash leaves of the store is a prefix of its writes, so
 * either the mark is gone, or the store is as it was when the index was committed. An index that
 * does not fit is filled from the rows.
 */
final class StoredSearch {
  private static final Logger log = LoggerFactory.getLogger(StoredSearch.class);
  private static final byte[] MARK = Keyspace.own("search");

  /** Rows put into the index at a time. */
  private static final int BATCH = 1_000;

  private final Database database;
  private final SearchIndex index;
  private final List<SearchIndex.Change> rows = new ArrayList<>(BATCH);
  private long count;

  private StoredSearch(Database database, SearchIndex index) {
    this.database = database;
    this.index = index;
  }

  /** Opens the store's index; when this returns it has what the store has. */
  static SearchIndex open(Path folder, Database database, IndexedViews views, SearchStats stats) {
    SearchIndex index = SearchIndex.open(folder, views.searchable(), database.get(MARK), stats);
    try {
      ViewsStore.mark(database, MARK, null);
      if (!index.fits()) {
        long rows = new StoredSearch(database, index).fill(views);
        stats.rebuilt(rows);
        if (rows > 0) {
          log.info("{} was filled from the {} rows of its store", index, rows);
        }
      }
      return index;
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /** Before both are closed. An index that cannot be committed is made anew at the next start. */
  static void commit(SearchIndex index, Database database) {
    try {
      byte[] mark = index.commit();
      if (mark != null) {
        ViewsStore.mark(database, MARK, mark);
      }
    } catch (SearchFailure e) {
      log.warn("{} is made anew at the next start", index, e);
    }
  }

  private long fill(IndexedViews views) {
    try (ReadOptions options = new ReadOptions().setFillCache(false);
        RocksIterator iterator = database.rocks().newIterator(options)) {
      iterator.seek(Keyspace.firstTenant());
      while (iterator.isValid()) {
        String tenant = Keyspace.tenantOf(iterator.key());
        for (IndexedView view : views.all()) {
          SearchableView searchable = view.searchable();
          if (searchable != null) {
            fill(iterator, tenant, view, searchable);
          }
        }
        iterator.seek(KeyBuffer.successor(Keyspace.tenant(tenant)));
      }
      iterator.status();
    } catch (RocksDBException e) {
      throw new StoreException(database + " cannot be read", e);
    }
    write();
    return count;
  }

  private void fill(
      RocksIterator iterator, String tenant, IndexedView view, SearchableView searchable) {
    byte[] prefix = Keyspace.rows(tenant, view.view()).toBytes();
    for (iterator.seek(prefix);
        iterator.isValid() && Database.startsWith(iterator.key(), prefix);
        iterator.next()) {
      byte[] texts = texts(searchable, iterator.value());
      rows.add(new SearchIndex.Change(searchable, tenant, iterator.key(), true, texts));
      if (rows.size() == BATCH) {
        write();
      }
    }
  }

  /** As they were written with the row, or from its JSON when other texts are declared now. */
  private static byte[] texts(SearchableView searchable, byte[] stored) {
    byte[] texts = IndexedView.texts(stored);
    return searchable.understands(texts) ? texts : searchable.encodeJson(IndexedView.json(stored));
  }

  private void write() {
    index.write(rows, () -> {});
    count += rows.size();
    rows.clear();
  }
}
