package xalesin.projection.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;
import xalesin.projection.TenantViews;
import xalesin.projection.view.View;

/**
 * What is searched in one partition: a Lucene index with a document for each row of a searchable
 * view, derived from the rows as they are written. It stores no texts and no rows, only which row
 * has which words.
 *
 * <p>Rows and documents change together under one lock ({@link #write}), and a search takes its
 * searcher and its snapshot of the rows under the same lock ({@link #open}): so they are of one
 * instant, and a search is never behind the rows. What has been written is made visible when
 * somebody searches, at once and not before (near-real-time readers of {@link IndexWriter}): who
 * does not search pays nothing for it.
 *
 * <p>On disk it is committed only when it is closed, with a mark that its store keeps too. Whatever
 * was not closed so does not fit at the next start and is made anew.
 *
 * <p>Written by one thread at a time; searched by any.
 */
public final class SearchIndex implements AutoCloseable {
  /** The row's key, to find the document and to order rows of equal score. */
  static final String KEY = "key";

  /** The tenant and the view of the row. */
  static final String SCOPE = "scope";

  /** A row's id ends its key; what is before it is the scope. */
  static final int ID_BYTES = 16;

  /** Documents gathered in memory before they are written out, for each partition. */
  private static final double RAM_BUFFER_MIB = 4;

  /** Segments of a few documents, as searches between writes leave them, need not become files. */
  private static final double SMALL_SEGMENT_MIB = 0.5;

  private static final double SMALL_SEGMENTS_MIB = 2;

  /** Larger segments are not merged: that would hold a disk for minutes. */
  private static final double MAX_SEGMENT_MIB = 512;

  private static final int MERGE_THREADS = 1;
  private static final int MAX_MERGES = 2;

  /** Advises a module for vectors, of which this index has none. Held, or it forgets its level. */
  private static final Logger VECTOR_ADVICE =
      Logger.getLogger("org.apache.lucene.internal.vectorization");

  static {
    VECTOR_ADVICE.setLevel(Level.SEVERE);
  }

  private static final String MARK = "mark";
  private static final String DECLARATION = "declaration";
  private static final SearcherFactory SEARCHERS =
      new SearcherFactory() {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
          IndexSearcher searcher = new IndexSearcher(reader);
          searcher.setSimilarity(new Ranking());
          // Every search has its own words: what a cache would keep is not asked for again.
          searcher.setQueryCache(null);
          return searcher;
        }
      };

  private final String name;
  private final Map<String, SearchableView> views;
  private final String declaration;
  private final SearchStats stats;
  private final boolean fits;
  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;

  /** Held while rows and documents change, and while a search takes hold of both. */
  private final ReentrantLock together = new ReentrantLock();

  /** Held while what was written is made visible. */
  private final ReentrantLock refreshing = new ReentrantLock();

  private final AtomicLong written = new AtomicLong();
  private volatile long visible;
  private volatile boolean broken;

  private final Documents documents = new Documents();

  /**
   * A row whose texts have changed.
   *
   * @param isNew whether there was no such row before
   * @param texts in the form of {@link SearchableView#encode}; null when the row is deleted
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Change(
      SearchableView view, String tenant, byte[] key, boolean isNew, byte @Nullable [] texts) {}

  private SearchIndex(
      Path folder, List<SearchableView> views, SearchStats stats, @Nullable String expectedMark)
      throws IOException {
    this.name = folder.toString();
    this.views =
        views.stream().collect(Collectors.toUnmodifiableMap(view -> view.view().name(), v -> v));
    declaration = views.stream().map(SearchableView::describe).collect(Collectors.joining("\n"));
    this.stats = stats;
    Files.createDirectories(folder);
    directory =
        new NRTCachingDirectory(FSDirectory.open(folder), SMALL_SEGMENT_MIB, SMALL_SEGMENTS_MIB);
    fits = expectedMark != null && fits(expectedMark);
    if (!fits) {
      for (String file : directory.listAll()) {
        directory.deleteFile(file);
      }
    }
    writer = new IndexWriter(directory, config());
    searchers = new SearcherManager(writer, true, false, SEARCHERS);
  }

  /**
   * Opens the partition's index, or begins an empty one when what is there does not {@link #fits
   * fit}.
   *
   * @param views that can be searched
   * @param mark what {@link #commit} gave when the store was closed; null when it was not closed
   */
  public static SearchIndex open(
      Path folder, List<SearchableView> views, byte @Nullable [] mark, SearchStats stats) {
    try {
      return new SearchIndex(
          folder, views, stats, mark == null ? null : HexFormat.of().formatHex(mark));
    } catch (IOException e) {
      throw new SearchFailure(folder + " cannot be opened", e);
    }
  }

  /** Whether it had what its store has; otherwise the rows have to be put into it. */
  public boolean fits() {
    return fits;
  }

  private boolean fits(String expectedMark) {
    try {
      if (!DirectoryReader.indexExists(directory)) {
        return false;
      }
      Map<String, String> committed = SegmentInfos.readLatestCommit(directory).getUserData();
      return expectedMark.equals(committed.get(MARK))
          && declaration.equals(committed.get(DECLARATION));
    } catch (IOException | IllegalArgumentException e) {
      // Not readable, or of another Lucene: it is made anew.
      return false;
    }
  }

  private IndexWriterConfig config() {
    ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
    merges.setMaxMergesAndThreads(MAX_MERGES, MERGE_THREADS);
    TieredMergePolicy policy = new TieredMergePolicy();
    policy.setMaxMergedSegmentMB(MAX_SEGMENT_MIB);
    return new IndexWriterConfig(documents.words())
        .setOpenMode(OpenMode.CREATE_OR_APPEND)
        .setSimilarity(new Ranking())
        .setRAMBufferSizeMB(RAM_BUFFER_MIB)
        .setMergeScheduler(merges)
        .setMergePolicy(policy)
        .setCommitOnClose(false);
  }

  /**
   * Writes the rows and then what follows from them here.
   *
   * @param rows writes them; when it throws, nothing changes here
   */
  public void write(List<Change> changes, Runnable rows) {
    if (changes.isEmpty()) {
      rows.run();
      return;
    }
    together.lock();
    try {
      rows.run();
      for (Change change : changes) {
        apply(change);
      }
      written.addAndGet(changes.size());
    } catch (IOException e) {
      broken = true;
      throw new SearchFailure(name + " cannot be written", e);
    } catch (RuntimeException e) {
      broken = true;
      throw e;
    } finally {
      together.unlock();
    }
  }

  private void apply(Change change) throws IOException {
    byte[] texts = change.texts();
    Term key = new Term(KEY, new BytesRef(change.key()));
    if (texts == null) {
      writer.deleteDocuments(key);
    } else if (change.isNew()) {
      writer.addDocument(documents.of(change, texts));
    } else {
      writer.updateDocument(key, documents.of(change, texts));
    }
  }

  /**
   * Takes hold of the rows and of what is searched, both as they are now.
   *
   * @param scope what the keys of the tenant's rows in a view begin with
   * @param snapshot takes hold of the tenant's rows
   */
  public TenantSearch open(
      String tenant, TenantSearch.Scope scope, Supplier<TenantViews> snapshot) {
    try {
      // Most of it before the lock is taken, so that nobody who writes waits for it.
      refresh();
      together.lock();
      try {
        refresh();
        IndexSearcher searcher = searchers.acquire();
        try {
          return new TenantSearch(this, searcher, tenant, scope, snapshot.get());
        } catch (RuntimeException e) {
          searchers.release(searcher);
          throw e;
        }
      } finally {
        together.unlock();
      }
    } catch (IOException e) {
      throw new SearchFailure(name + " cannot be read", e);
    }
  }

  /** Makes visible what has been written; those who come meanwhile share it. */
  private void refresh() throws IOException {
    long wanted = written.get();
    if (visible >= wanted) {
      return;
    }
    refreshing.lock();
    try {
      if (visible < wanted) {
        long now = written.get();
        long begin = System.nanoTime();
        searchers.maybeRefreshBlocking();
        visible = now;
        stats.refreshed(System.nanoTime() - begin);
      }
    } finally {
      refreshing.unlock();
    }
  }

  void release(IndexSearcher searcher) {
    try {
      searchers.release(searcher);
    } catch (IOException e) {
      throw new SearchFailure(name + " cannot be read", e);
    }
  }

  /**
   * @throws IllegalArgumentException when the view cannot be searched
   */
  SearchableView searchable(View<?> view) {
    SearchableView searchable = views.get(view.name());
    if (searchable == null) {
      throw new IllegalArgumentException(view.name() + " cannot be searched");
    }
    return searchable;
  }

  /** Rows that can be found. */
  public long documents() {
    return writer.getDocStats().numDocs;
  }

  /**
   * Writes everything to disk. Nothing may be written after.
   *
   * @return the mark by which the index is known to fit its store at the next start; null when
   *     something went wrong before and it does not
   */
  public byte @Nullable [] commit() {
    if (broken) {
      return null;
    }
    byte[] mark = StringHelper.randomId();
    Map<String, String> data =
        Map.of(MARK, HexFormat.of().formatHex(mark), DECLARATION, declaration);
    try {
      writer.setLiveCommitData(data.entrySet());
      writer.commit();
      return mark;
    } catch (IOException e) {
      throw new SearchFailure(name + " cannot be written", e);
    }
  }

  /** Forgets what was not committed. */
  @Override
  public void close() {
    try (directory) {
      searchers.close();
      writer.rollback();
    } catch (IOException e) {
      throw new SearchFailure(name + " cannot be closed", e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
