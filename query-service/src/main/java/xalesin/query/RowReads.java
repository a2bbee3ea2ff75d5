package xalesin.query;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.projection.TenantViews;
import xalesin.projection.Views;
import xalesin.schemas.StreamName;

/** Reads of rows by their id. Thread-safe. */
final class RowReads {
  /** Most ids of one request: as many as a page has rows at most. */
  static final int MAX_IDS = 500;

  private final Views views;
  private final Consistency consistency;
  private final Answers answers;

  RowReads(Views views, Consistency consistency, Answers answers) {
    this.views = views;
    this.consistency = consistency;
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
    boolean hasPast = resource.view().isOfStreams();
    exchange.allowedQuery(hasPast ? new String[] {"fields", "asOf"} : new String[] {"fields"});
    FieldSelection fields = Answers.fields(exchange, resource);
    String asOf = exchange.query("asOf");
    Past.Moment moment = asOf == null ? null : Past.Moment.parse(asOf);
    consistency.await(exchange);
    Views.Row row =
        moment == null
            ? views.row(exchange.tenant(), resource.view(), id)
            : past(exchange.tenant(), resource, id, moment);
    byte[] json = row.json();
    if (json == null) {
      throw Problem.notFound(moment == null ? otherwise : "it did not exist then")
          .exception()
          .header("View-Sequence", Long.toString(row.sequence()));
    }
    answers.state(exchange, row.sequence());
    if (!answers.notModified(exchange, ETags.ofRow(json))) {
      exchange.json(200, fields == null ? json : fields.of(json));
    }
  }

  private Views.Row past(String tenant, Resource resource, String id, Past.Moment moment) {
    try (TenantViews tenantViews = views.snapshot(tenant)) {
      return new Views.Row(
          tenantViews.sequence(), Past.row(tenantViews, tenant, resource.view(), id, moment));
    }
  }

  /** `GET /api/<resource>?id=…&id=…`: rows in the order asked, and the ids that have none. */
  void several(Exchange exchange, Resource resource) throws InterruptedException {
    exchange.allowedQuery("id", "fields");
    FieldSelection fields = Answers.fields(exchange, resource);
    List<String> ids = ids(exchange);
    consistency.await(exchange);
    try (TenantViews tenantViews = views.snapshot(exchange.tenant())) {
      long sequence = tenantViews.sequence();
      answers.state(exchange, sequence);
      if (answers.notModified(exchange, answers.listTag(exchange, sequence))) {
        return;
      }
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
      exchange.json(200, Envelopes.found(Answers.select(fields, found), missing));
    }
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
