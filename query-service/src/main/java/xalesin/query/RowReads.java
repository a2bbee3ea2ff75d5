package xalesin.query;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewSet;
import xalesin.projection.Views;
import xalesin.schemas.StreamName;

/** Reads of rows by their id. Thread-safe. */
final class RowReads {
  /** Most ids of one request: as many as a page has rows at most. */
  static final int MAX_IDS = 500;

  /** What a fold takes from other rows may be of any view. */
  private static final AnswerKind AS_IT_WAS = AnswerKind.row(ViewSet.ALL);

  private final Views views;
  private final Answers answers;

  RowReads(Views views, Answers answers) {
    this.views = views;
    this.answers = answers;
  }

  /** `GET /api/<resource>/{id}`: the stored bytes as they are, or the row as it was. */
  void one(Exchange exchange, Resource resource) throws InterruptedException {
    one(exchange, resource, exchange.pathParam("id"), "there is no such row in " + resource.name());
  }

  /** `GET /api/<resource>` of what a tenant has one of. */
  void only(Exchange exchange, Resource resource) throws InterruptedException {
    one(
        exchange,
        resource,
        StreamName.ONLY.toString(),
        "there are no %s yet: they come into being with the tenant's first command"
            .formatted(resource.name()));
  }

  private void one(Exchange exchange, Resource resource, String id, String otherwise)
      throws InterruptedException {
    AnswerKind kind = exchange.query("asOf") == null ? resource.row() : AS_IT_WAS;
    answers.serve(exchange, kind, () -> checkedRow(exchange, resource, id, otherwise));
  }

  private Read checkedRow(Exchange exchange, Resource resource, String id, String otherwise) {
    boolean hasPast = resource.view().isOfStreams();
    exchange.allowedQuery(hasPast ? new String[] {"fields", "asOf"} : new String[] {"fields"});
    FieldSelection fields = Answers.fields(exchange, resource);
    String asOf = exchange.query("asOf");
    Past.Moment moment = asOf == null ? null : Past.Moment.parse(asOf);
    String tenant = exchange.tenant();
    return plan -> {
      Views.Row row =
          moment == null
              ? now(tenant, resource, id, plan)
              : past(tenant, resource, id, moment, plan);
      byte[] json = row.json();
      if (json == null) {
        throw Problem.notFound(moment == null ? otherwise : "it did not exist then")
            .exception()
            .header("View-Sequence", Long.toString(row.sequence()));
      }
      byte[] selected = fields == null ? json : fields.of(json);
      return Read.Content.of(row.sequence(), selected, ETags.ofRow(json));
    };
  }

  private Views.Row now(String tenant, Resource resource, String id, QueryPlan plan) {
    Views.Row row = views.row(tenant, resource.view(), id);
    plan.step("row", resource.name(), 0, row.json() == null ? 0 : 1);
    return row;
  }

  private Views.Row past(
      String tenant, Resource resource, String id, Past.Moment moment, QueryPlan plan) {
    try (TenantViews tenantViews = new PlannedViews(views.snapshot(tenant), plan)) {
      return new Views.Row(
          tenantViews.sequence(), Past.row(tenantViews, tenant, resource.view(), id, moment));
    }
  }

  /** `GET /api/<resource>?id=…&id=…`: rows in the order asked, and the ids that have none. */
  void several(Exchange exchange, Resource resource) throws InterruptedException {
    answers.serve(exchange, resource.list(), () -> checkedSeveral(exchange, resource));
  }

  private Read checkedSeveral(Exchange exchange, Resource resource) {
    exchange.allowedQuery("id", "fields");
    FieldSelection fields = Answers.fields(exchange, resource);
    List<String> ids = ids(exchange);
    return answers.snapshot(
        exchange.tenant(),
        tenantViews -> {
          List<byte[]> found = new ArrayList<>(ids.size());
          List<String> missing = new ArrayList<>();
          Iterator<byte @Nullable []> rows = tenantViews.rows(resource.view(), ids).iterator();
          for (String id : ids) {
            byte[] row = rows.next();
            if (row == null) {
              missing.add(id);
            } else {
              found.add(row);
            }
          }
          return Envelopes.found(Answers.select(fields, found), missing);
        });
  }

  private static List<String> ids(Exchange exchange) {
    List<String> ids = new ArrayList<>();
    exchange.queryAll("id").forEach(text -> ids.addAll(Values.split(text)));
    if (ids.size() > MAX_IDS) {
      throw Problem.badRequest("at most %d ids are read at once".formatted(MAX_IDS)).exception();
    }
    return ids;
  }
}
