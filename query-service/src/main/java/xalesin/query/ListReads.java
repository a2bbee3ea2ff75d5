package xalesin.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.projection.IndexRange;
import xalesin.projection.Page;
import xalesin.projection.TenantViews;

/** Reads of index ranges: pages of a list, and the anchors of a scrollbar. Thread-safe. */
final class ListReads {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  /** Fewer rows between two anchors would be a list of the keys. */
  static final int MIN_STEP = 50;

  static final int DEFAULT_STEP = 200;
  static final int MAX_STEP = 1_000;

  /** Finer than a scrollbar has pixels; with the largest step they reach two million rows. */
  static final int MAX_ANCHORS = 2_000;

  private static final List<String> PAGE_CONTROLS = List.of("limit", "cursor", "fields");
  private static final List<String> ANCHOR_CONTROLS = List.of("step");

  private final Cursors cursors;
  private final Answers answers;

  ListReads(Cursors cursors, Answers answers) {
    this.cursors = cursors;
    this.answers = answers;
  }

  /** `GET /api/<resource>?…`: a page, where it goes on, and how many rows there are in all. */
  void page(Exchange exchange, Resource resource) throws InterruptedException {
    answers.serve(exchange, resource.list(), () -> checkedPage(exchange, resource));
  }

  private Read checkedPage(Exchange exchange, Resource resource) {
    ListQuery query = ListQuery.parse(resource, exchange.queryMap(), PAGE_CONTROLS);
    int limit = exchange.queryInt("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    FieldSelection fields = Answers.fields(exchange, resource);
    Plan plan = Planner.plan(resource, query);
    Cursors.Scope scope = scope(exchange, resource, plan);
    byte[] after = position(cursors, scope, exchange.query("cursor"));
    return answers.snapshot(
        exchange.tenant(),
        views -> {
          Page page = Merge.page(views, plan, after, limit);
          String next = page.hasMore() ? cursors.seal(scope, page.positions().getLast()) : null;
          List<byte[]> rows = Answers.select(fields, page.rows());
          return Envelopes.list(rows, next, count(views, plan));
        });
  }

  /** `GET /api/<resource>/anchors?…`: where the pages behind every `step` rows begin. */
  void anchors(Exchange exchange, Resource resource) throws InterruptedException {
    answers.serve(exchange, resource.list(), () -> checkedAnchors(exchange, resource));
  }

  private Read checkedAnchors(Exchange exchange, Resource resource) {
    ListQuery query = ListQuery.parse(resource, exchange.queryMap(), ANCHOR_CONTROLS);
    int step = exchange.queryInt("step", DEFAULT_STEP, MIN_STEP, MAX_STEP);
    Plan plan = Planner.plan(resource, query);
    if (plan.ranges().size() > 1) {
      throw Problem.badRequest("anchors take one value for each filter").exception();
    }
    Cursors.Scope scope = scope(exchange, resource, plan);
    return answers.snapshot(
        exchange.tenant(),
        views -> {
          long total = count(views, plan);
          List<String> places = new ArrayList<>();
          for (byte[] position : views.anchors(plan.ranges().getFirst(), step, MAX_ANCHORS)) {
            // Behind the last row there is no page.
            if ((places.size() + 1L) * step < total) {
              places.add(cursors.seal(scope, position));
            }
          }
          return Envelopes.anchors(total, places);
        });
  }

  private static Cursors.Scope scope(Exchange exchange, Resource resource, Plan plan) {
    return new Cursors.Scope(exchange.tenant(), resource.name(), plan.question());
  }

  /** The place in a cursor of that scope; null when there is no cursor. */
  static byte @Nullable [] position(Cursors cursors, Cursors.Scope scope, @Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    byte[] position = cursors.open(scope, cursor);
    if (position == null) {
      throw Problem.of(
              400,
              "invalid-cursor",
              "The cursor does not fit",
              "cursor is none that this list answered in the last %d days: follow nextCursor with"
                      .formatted(Cursors.LIFE_DAYS)
                  + " the same filters and sort")
          .exception();
    }
    return position;
  }

  /** How many rows the plan has in all. */
  static long count(TenantViews tenantViews, Plan plan) {
    long total = 0;
    for (IndexRange range : plan.ranges()) {
      total += tenantViews.count(range);
    }
    return total;
  }
}
