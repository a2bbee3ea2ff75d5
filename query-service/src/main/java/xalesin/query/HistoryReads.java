package xalesin.query;

import java.util.List;
import java.util.UUID;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.IndexRange;
import xalesin.projection.Page;
import xalesin.projection.TenantViews;
import xalesin.projection.Views;
import xalesin.projection.audit.AuditLogs;
import xalesin.schemas.StreamName;

/** Reads of streams: what has happened to a thing, from its first event on. Thread-safe. */
final class HistoryReads {
  private final Views views;
  private final Cursors cursors;
  private final Consistency consistency;
  private final Answers answers;

  HistoryReads(Views views, Cursors cursors, Consistency consistency, Answers answers) {
    this.views = views;
    this.cursors = cursors;
    this.consistency = consistency;
    this.answers = answers;
  }

  /** `GET /api/<resource>/{id}/history`: a page of the stream's events, the oldest first. */
  void of(Exchange exchange, Resource resource) throws InterruptedException {
    UUID id = Past.id(exchange.pathParam("id"));
    if (id == null) {
      throw nothing(resource);
    }
    history(exchange, resource, id);
  }

  /** `GET /api/<resource>/history` of what a tenant has one of. */
  void ofOnly(Exchange exchange, Resource resource) throws InterruptedException {
    history(exchange, resource, StreamName.ONLY);
  }

  private void history(Exchange exchange, Resource resource, UUID id) throws InterruptedException {
    exchange.allowedQuery("limit", "cursor");
    int limit = exchange.queryInt("limit", ListReads.DEFAULT_LIMIT, 1, ListReads.MAX_LIMIT);
    Plan plan = Planner.of(List.of(Past.stream(resource.name(), id)));
    Cursors.Scope scope =
        new Cursors.Scope(exchange.tenant(), AuditLogs.VIEW.name(), plan.question());
    byte[] after = ListReads.position(cursors, scope, exchange.query("cursor"));
    consistency.await(exchange);
    try (TenantViews tenantViews = views.snapshot(exchange.tenant())) {
      IndexRange range = plan.ranges().getFirst();
      long total = tenantViews.count(range);
      if (total == 0) {
        throw nothing(resource);
      }
      long sequence = tenantViews.sequence();
      answers.state(exchange, sequence);
      if (answers.notModified(exchange, answers.listTag(exchange, sequence))) {
        return;
      }
      Page page = Merge.page(tenantViews, plan, after, limit);
      String next = page.hasMore() ? cursors.seal(scope, page.positions().getLast()) : null;
      exchange.json(200, Envelopes.list(page.rows(), next, total));
    }
  }

  private static ProblemException nothing(Resource resource) {
    return Problem.notFound("nothing has happened to such a thing of " + resource.name())
        .exception();
  }
}
