package xalesin.query;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import xalesin.projection.IndexRange;
import xalesin.projection.ListRequest;
import xalesin.projection.Page;
import xalesin.projection.ParkedStream;
import xalesin.projection.TenantViews;
import xalesin.projection.view.View;

/** A tenant's views that note in a plan what is read of them. For one thread at a time. */
final class PlannedViews implements TenantViews {
  private final TenantViews views;
  private final QueryPlan plan;

  PlannedViews(TenantViews views, QueryPlan plan) {
    this.views = views;
    this.plan = plan;
  }

  @Override
  public long sequence() {
    return views.sequence();
  }

  @Override
  public long appliedVersion(String stream) {
    return views.appliedVersion(stream);
  }

  @Override
  public byte @Nullable [] row(View<?> view, String id) {
    byte[] row = views.row(view, id);
    plan.step("row", view.name(), 0, row == null ? 0 : 1);
    return row;
  }

  @Override
  public List<byte @Nullable []> rows(View<?> view, Collection<String> ids) {
    List<byte @Nullable []> rows = views.rows(view, ids);
    plan.step("rows", view.name(), 0, rows.stream().filter(Objects::nonNull).count());
    return rows;
  }

  @Override
  public @Nullable List<byte[]> all(View<?> view, long maxBytes) {
    List<byte[]> rows = views.all(view, maxBytes);
    plan.step("all", view.name(), 0, rows == null ? 0 : rows.size());
    return rows;
  }

  @Override
  public long bytes(View<?> view, long maxBytes) {
    long bytes = views.bytes(view, maxBytes);
    plan.step("bytes", view.name(), 0, 0);
    return bytes;
  }

  @Override
  public Page scan(ListRequest request) {
    Page page = views.scan(request);
    plan.step("scan", index(request.range()), page.touched(), page.rows().size());
    return page;
  }

  @Override
  public List<byte[]> anchors(IndexRange range, int step, int maxPositions) {
    List<byte[]> anchors = views.anchors(range, step, maxPositions);
    plan.step("anchors", index(range), (long) step * anchors.size(), 0);
    return anchors;
  }

  @Override
  public long count(IndexRange range) {
    long count = views.count(range);
    plan.step("count", index(range), 0, 0);
    return count;
  }

  static String index(IndexRange range) {
    return range.view().name() + '.' + range.index().name();
  }

  @Override
  public @Nullable ParkedStream parked(String stream) {
    return views.parked(stream);
  }

  @Override
  public List<ParkedStream> parked() {
    return views.parked();
  }

  @Override
  public void close() {
    views.close();
  }
}
