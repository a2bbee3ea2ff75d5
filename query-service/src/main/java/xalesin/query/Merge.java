package xalesin.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.projection.IndexRange;
import xalesin.projection.ListRequest;
import xalesin.projection.Page;
import xalesin.projection.TenantViews;

/**
 * One page out of the ranges of a plan. Positions of one index are comparable whatever the range:
 * the order fields and the id. So one position is the place in all ranges. Reads at most a page of
 * each range. Pure but for its reads.
 */
final class Merge {
  private Merge() {}

  static Page page(TenantViews views, Plan plan, byte @Nullable [] after, int limit) {
    if (plan.ranges().size() == 1) {
      return views.scan(ListRequest.of(plan.ranges().getFirst(), after, limit));
    }
    List<Page> pages = new ArrayList<>(plan.ranges().size());
    for (IndexRange range : plan.ranges()) {
      pages.add(views.scan(ListRequest.of(range, after, limit)));
    }
    return merge(pages, limit);
  }

  private static Page merge(List<Page> pages, int limit) {
    int[] next = new int[pages.size()];
    List<byte[]> rows = new ArrayList<>(limit);
    List<byte[]> positions = new ArrayList<>(limit);
    int first = first(pages, next);
    while (first >= 0 && rows.size() < limit) {
      Page page = pages.get(first);
      rows.add(page.rows().get(next[first]));
      positions.add(page.positions().get(next[first]));
      next[first]++;
      first = first(pages, next);
    }
    int touched = 0;
    boolean hasMore = first >= 0;
    for (Page page : pages) {
      touched += page.touched();
      // A page with more behind it was full: if it is used up, so is the limit.
      hasMore |= page.hasMore();
    }
    return new Page(rows, positions, hasMore, touched);
  }

  /** The page whose next row comes first of all, or -1 when none has one left. */
  private static int first(List<Page> pages, int[] next) {
    int first = -1;
    for (int i = 0; i < next.length; i++) {
      if (next[i] < pages.get(i).positions().size()
          && (first < 0 || compare(pages, next, i, first) < 0)) {
        first = i;
      }
    }
    return first;
  }

  private static int compare(List<Page> pages, int[] next, int a, int b) {
    return Arrays.compareUnsigned(
        pages.get(a).positions().get(next[a]), pages.get(b).positions().get(next[b]));
  }
}
