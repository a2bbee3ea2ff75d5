package xalesin.query;

import java.util.List;
import java.util.UUID;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.Page;
import xalesin.projection.ViewSet;
import xalesin.projection.audit.AuditLogs;
import xalesin.schemas.StreamName;

/** Reads of streams: what has happened to a thing, from its first event on. Thread-safe. */
final class HistoryReads {
  private static final AnswerKind KIND = AnswerKind.list(ViewSet.of(AuditLogs.VIEW));

  private final Cursors cursors;
  private final Answers answers;

  HistoryReads(Cursors cursors, Answers answers) {
    this.cursors = cursors;
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
    answers.serve(exchange, KIND, () -> checkedHistory(exchange, resource, id));
  }

  private Read checkedHistory(Exchange exchange, Resource resource, UUID id) {
    exchange.allowedQuery("limit", "cursor");
    int limit = exchange.queryInt("limit", ListReads.DEFAULT_LIMIT, 1, ListReads.MAX_LIMIT);
    Plan plan = Planner.of(List.of(Past.stream(resource.name(), id)));
    Cursors.Scope scope =
        new Cursors.Scope(exchange.tenant(), AuditLogs.VIEW.name(), plan.question());
    byte[] after = ListReads.position(cursors, scope, exchange.query("cursor"));
    return answers.snapshot(
        exchange.tenant(),
        views -> {
          long total = views.count(plan.ranges().getFirst());
          if (total == 0) {
            throw nothing(resource);
          }
          Page page = Merge.page(views, plan, after, limit);
          String next = page.hasMore() ? cursors.seal(scope, page.positions().getLast()) : null;
          return Envelopes.list(page.rows(), next, total);
        });
  }

  private static ProblemException nothing(Resource resource) {
    return Problem.notFound("nothing has happened to such a thing of " + resource.name())
        .exception();
  }
}
