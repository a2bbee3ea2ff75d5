package xalesin.projection.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import xalesin.projection.TenantViews;
import xalesin.projection.search.Found.Hit;
import xalesin.projection.search.SearchRequest.Place;
import xalesin.projection.view.View;

/**
 * One tenant's views and what is searched in them, at one instant. For one thread at a time; close
 * it soon.
 */
public final class TenantSearch implements AutoCloseable {
  /** By score, and rows of equal score by key: an order in which every row has its place. */
  private static final Sort RANKED =
      new Sort(SortField.FIELD_SCORE, new SortField(SearchIndex.KEY, SortField.Type.STRING));

  private static final int SCORE = 0;
  private static final int KEY = 1;

  private final SearchIndex index;
  private final IndexSearcher searcher;
  private final String tenant;
  private final Scope scope;
  private final TenantViews views;
  private boolean closed;

  /** Knows what the keys of a view's rows begin with. */
  public interface Scope {
    byte[] of(View<?> view);
  }

  TenantSearch(
      SearchIndex index, IndexSearcher searcher, String tenant, Scope scope, TenantViews views) {
    this.index = index;
    this.searcher = searcher;
    this.tenant = tenant;
    this.scope = scope;
    this.views = views;
  }

  /** The rows of the same instant; closed with this. */
  public TenantViews views() {
    return views;
  }

  /**
   * @throws IllegalArgumentException when the view cannot be searched
   */
  public Found find(SearchRequest request) {
    try {
      return find(request, index.searchable(request.view()));
    } catch (IOException e) {
      throw new SearchFailure(index + " cannot be read", e);
    }
  }

  private Found find(SearchRequest request, SearchableView view) throws IOException {
    byte[] scopeOfView = scope.of(request.view());
    FieldDoc after = after(request, view, scopeOfView);
    TopFieldDocs found =
        searcher.search(
            query(request, view, scopeOfView),
            new TopFieldCollectorManager(RANKED, request.limit() + 1, after, Integer.MAX_VALUE));
    List<Hit> hits = hits(request, found.scoreDocs);
    boolean hasMore = found.scoreDocs.length > request.limit();
    Place next = hasMore && !hits.isEmpty() ? place(view, hits.getLast()) : null;
    return new Found(hits, next, found.totalHits.value());
  }

  private static Place place(SearchableView view, Hit hit) {
    return new Place(hit.score(), hit.id(), SearchableView.digest(view.encodeJson(hit.json())));
  }

  private Query query(SearchRequest request, SearchableView view, byte[] scopeOfView) {
    return new Queries(view, tenant)
        .query(new BytesRef(scopeOfView), request.text(), request.filters());
  }

  /**
   * Scores move together when a word becomes rarer or more frequent: a row that is as it was is
   * still at the edge of its page, whatever its score is now. One that has changed may stand
   * anywhere: then its former score is the edge.
   */
  private @Nullable FieldDoc after(SearchRequest request, SearchableView view, byte[] scopeOfView)
      throws IOException {
    Place place = request.after();
    if (place == null) {
      return null;
    }
    BytesRef key = key(scopeOfView, place.id());
    byte[] row = views.row(request.view(), place.id().toString());
    float score = place.score();
    if (row != null && SearchableView.digest(view.encodeJson(row)) == place.digest()) {
      Query last =
          new BooleanQuery.Builder()
              .add(query(request, view, scopeOfView), Occur.MUST)
              .add(new TermQuery(new Term(SearchIndex.KEY, key)), Occur.FILTER)
              .build();
      TopDocs now = searcher.search(last, 1);
      score = now.scoreDocs.length == 0 ? score : now.scoreDocs[0].score;
    }
    return new FieldDoc(Integer.MAX_VALUE, score, new Object[] {score, key});
  }

  private static BytesRef key(byte[] scope, UUID id) {
    byte[] key = Arrays.copyOf(scope, scope.length + SearchIndex.ID_BYTES);
    ByteBuffer.wrap(key, scope.length, SearchIndex.ID_BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits());
    return new BytesRef(key);
  }

  private List<Hit> hits(SearchRequest request, ScoreDoc[] found) {
    int count = Math.min(found.length, request.limit());
    List<String> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(id((FieldDoc) found[i]).toString());
    }
    List<Hit> hits = new ArrayList<>(count);
    Iterator<byte @Nullable []> rows = views.rows(request.view(), ids).iterator();
    for (int i = 0; i < count; i++) {
      byte[] row = rows.next();
      // Rows and index are of one instant; should they ever not be, what is gone is not shown.
      if (row != null) {
        FieldDoc each = (FieldDoc) found[i];
        hits.add(new Hit(request.view(), id(each), (Float) each.fields[SCORE], row));
      }
    }
    return hits;
  }

  private static UUID id(FieldDoc found) {
    BytesRef key = (BytesRef) found.fields[KEY];
    int from = key.offset + key.length - SearchIndex.ID_BYTES;
    ByteBuffer id = ByteBuffer.wrap(key.bytes, from, SearchIndex.ID_BYTES);
    return new UUID(id.getLong(), id.getLong());
  }

  /** What of a row that was found is shown to people. */
  public Highlights highlights(Hit hit, SearchText text) {
    return Highlights.of(index.searchable(hit.view()), tenant, text, hit.json());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        index.release(searcher);
      } finally {
        views.close();
      }
    }
  }
}
