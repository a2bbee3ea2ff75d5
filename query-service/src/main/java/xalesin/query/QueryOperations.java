package xalesin.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import xalesin.edge.ApiHeaders;
import xalesin.edge.Operation;
import xalesin.edge.Operation.Body;
import xalesin.edge.Parameter;
import xalesin.edge.RecordShapes;
import xalesin.edge.Shape;
import xalesin.projection.audit.AuditLogs;
import xalesin.projection.search.SearchText;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.Examples;
import xalesin.schemas.overview.Overview;

/**
 * What the read routes do, for the OpenAPI document: out of the views' indexes, so that a filter or
 * an order is told exactly when it is served. Pure.
 */
final class QueryOperations {
  private static final String ACCOUNTS = "accounts";
  private static final String LEDGER = "ledger";
  private static final String LIVE = "live";
  private static final String SEARCH = "search";
  private static final String DECIMAL = "^-?[0-9]{1,15}(\\.[0-9]{1,6})?$";
  private static final String MONTH = "^[0-9]{4}-(0[1-9]|1[0-2])$";

  private static final List<Parameter> FRESHNESS =
      List.of(
          Parameter.header(
              "Consistency-Token",
              "Of a command's answer: the read waits until it sees that command.",
              Shape.text()),
          Parameter.header(
                  "Prefer",
                  "wait= and seconds: how long to wait at most, 5 when left out and 30 at most."
                      + " explain: an administrator is told how the answer was read.",
                  Shape.text())
              .example("wait=10"),
          Parameter.header(
              "If-None-Match", "ETags that are known: unchanged is answered 304.", Shape.text()));

  private static final Parameter LIMIT =
      Parameter.query(
          "limit",
          "How many rows at most.",
          Shape.whole(1, ListReads.MAX_LIMIT, ListReads.DEFAULT_LIMIT));

  private static final Parameter CURSOR =
      Parameter.query(
          "cursor",
          "nextCursor of the page before, with the same filters and sort.",
          Shape.text().with("maxLength", Cursors.MAX_LENGTH));

  private QueryOperations() {}

  private static Operation read(String id, String tag, String summary) {
    return Operation.of(id, tag, summary)
        .takes(FRESHNESS)
        .refuses(503, "not-yet-applied", "too-many-waiting", "views-unavailable");
  }

  private static Operation answering(Operation operation, String words, Shape shape) {
    List<String> headers =
        List.of(
            ApiHeaders.ETAG,
            ApiHeaders.VIEW_SEQUENCE,
            ApiHeaders.AGE,
            ApiHeaders.PREFERENCE_APPLIED,
            ApiHeaders.QUERY_PLAN,
            ApiHeaders.CACHE_STATUS,
            ApiHeaders.CACHE_CONTROL,
            ApiHeaders.VARY);
    return operation
        .answers(200, words, Body.json(shape, null), headers)
        .answers(304, "As the caller knows it.", null, headers);
  }

  /** `GET /api/<resource>/{id}`, or without an id where a tenant has one. */
  static Operation row(Resource resource) {
    String name = resource.name();
    Operation operation = read(name + ".get", name, "One row of " + name);
    if (!resource.view().isSingle()) {
      operation = operation.takes(id(name));
    }
    if (resource.view().isOfStreams()) {
      operation =
          operation
              .takes(
                  Parameter.query(
                      "asOf",
                      "The row as it was: a version of its stream, or a time (RFC 3339).",
                      Shape.text()))
              .refuses(400, "too-many-events");
    }
    return answering(
        operation.takes(fields(resource)).refuses(404, "not-found"), "The row.", Shape.row(name));
  }

  /** `GET /api/<resource>?…` in its three ways. */
  static Operation list(Resource resource) {
    String name = resource.name();
    Operation operation =
        read(name + ".list", name, "A page of " + name)
            .saying(served(resource))
            .takes(
                Parameter.queryList(
                    "id",
                    "Rows by id, at most %d: with fields alone. Answers those found and the missing."
                        .formatted(RowReads.MAX_IDS),
                    Shape.text()))
            .takes(filters(resource));
    List<String> orders = new ArrayList<>(orders(resource));
    if (!resource.view().searchable().isEmpty()) {
      orders.add(SearchReads.RELEVANCE);
      operation =
          operation.takes(
              Parameter.query(
                  "q",
                  "Words to search for, the best rows first; filters by value alone.",
                  Shape.text().with("maxLength", SearchText.MAX_LENGTH)));
    }
    operation =
        operation
            .takes(
                Parameter.query("sort", "The order, - for descending.", Shape.oneOf(orders)),
                LIMIT,
                CURSOR,
                fields(resource))
            .refuses(400, "not-served", "invalid-cursor");
    Shape row = Shape.row(name);
    Map<String, Shape> found = new LinkedHashMap<>();
    found.put("items", Shape.list(row));
    found.put("missing", Shape.list(Shape.text()));
    return answering(
        operation,
        "A page; or, with id, what was found.",
        Shape.anyOf(page(row, name), Shape.object(found).named(name + ".found")));
  }

  /** `GET /api/<resource>/anchors?…`. */
  static Operation anchors(Resource resource) {
    Map<String, Shape> members = new LinkedHashMap<>();
    members.put("total", Shape.whole(0));
    members.put("cursors", Shape.list(Shape.text()));
    return answering(
        read(resource.name() + ".anchors", resource.name(), "Where the pages of a list begin")
            .saying(served(resource))
            .takes(filters(resource))
            .takes(
                Parameter.query(
                    "sort", "The order, - for descending.", Shape.oneOf(orders(resource))),
                Parameter.query(
                    "step",
                    "A cursor for every so many rows.",
                    Shape.whole(ListReads.MIN_STEP, ListReads.MAX_STEP, ListReads.DEFAULT_STEP)))
            .refuses(400, "not-served"),
        "Cursors for the list with the same filters and sort.",
        Shape.object(members).named("Anchors"));
  }

  /** `GET /api/<resource>/{id}/history`, or without an id where a tenant has one. */
  static Operation history(Resource resource) {
    String name = resource.name();
    Operation operation =
        read(name + ".history", name, "What has happened, the oldest first").takes(LIMIT, CURSOR);
    if (!resource.view().isSingle()) {
      operation = operation.takes(id(name));
    }
    String events = AuditLogs.VIEW.name();
    return answering(
        operation.refuses(400, "invalid-cursor").refuses(404, "not-found"),
        "A page of the stream's events.",
        page(Shape.row(events), events));
  }

  /** `GET /api/live`. */
  static Operation live(Collection<String> names) {
    List<String> followed = names.stream().sorted().toList();
    return Operation.of("live.follow", LIVE, "What changes in the views, as it changes")
        .saying(
            "Frames as server-sent events: all of what is followed, then every change to it. A view"
                + " alone also takes the filters, sort and limit of its list, and id.")
        .takes(
            Parameter.queryList("views", "What to follow.", Shape.oneOf(followed)),
            Parameter.queryList("id", "Rows of the one view, by id.", Shape.text()),
            Parameter.query(
                "window",
                "Milliseconds for which changes are gathered.",
                Shape.whole(
                    LiveQuestions.MIN_WINDOW_MILLIS,
                    LiveQuestions.MAX_WINDOW_MILLIS,
                    LiveQuestions.DEFAULT_WINDOW_MILLIS)),
            Parameter.query("since", "As Last-Event-ID, for the first connection.", Shape.whole(0)),
            Parameter.query("ticket", "Instead of a token, used once.", Shape.text()),
            Parameter.header("Last-Event-ID", "The last frame that was applied.", Shape.text()))
        .answers(
            200,
            "Frames until the token ends.",
            new Body("text/event-stream", true, null, null),
            List.of())
        .refuses(400, "not-served", "too-many-rows")
        .refuses(401, "unauthenticated", "invalid-token", "invalid-ticket")
        .refuses(403, "origin-not-allowed")
        .refuses(429, "too-many-connections")
        .refuses(503, "views-unavailable");
  }

  /** `GET /api/live/ws`. */
  static Operation liveSocket() {
    return Operation.of("live.open-socket", LIVE, "The same over a WebSocket, many at once")
        .saying(
            "Messages are JSON: subscribe with the parameters of the stream and a name, unsubscribe,"
                + " resume. Each is answered; frames come with the name.")
        .takes(Parameter.query("ticket", "Instead of a token, used once.", Shape.text()))
        .answers(101, "A WebSocket until the token ends.", null, List.of())
        .refuses(401, "unauthenticated", "invalid-token", "invalid-ticket")
        .refuses(403, "origin-not-allowed")
        .refuses(426, "upgrade-required")
        .refuses(429, "too-many-connections");
  }

  static Operation balances() {
    return answering(
        read("accounts.balances", ACCOUNTS, "An account month by month, the newest first")
            .takes(
                id(ACCOUNTS),
                month("from", "The first month."),
                month("through", "The last month."),
                LIMIT,
                CURSOR)
            .refuses(400, "invalid-cursor", "too-many-balances")
            .refuses(404, "not-found"),
        "A page of the months in which the account moved, per currency.",
        page(RecordShapes.of(AccountMonth.class, "AccountMonth"), "AccountMonth"));
  }

  static Operation trialBalance() {
    return answering(
        read("trial-balance.get", LEDGER, "What all accounts come to")
            .takes(month("through", "The last month that counts; all when left out."))
            .refuses(400, "too-many-balances"),
        "By code and currency.",
        RecordShapes.of(TrialBalance.class, "TrialBalance"));
  }

  static Operation overview() {
    return answering(
        read("overview.get", "overview", "The figures of the start page")
            .takes(
                Parameter.query(
                    "today", "The day as seen from which money is due.", Shape.format("date"))),
        "All figures of one instant.",
        RecordShapes.of(Overview.class, "Overview"));
  }

  /** `GET /api/search?q=…`. */
  static Operation search(List<View<?>> views) {
    List<String> types = new ArrayList<>();
    List<Shape> hits = new ArrayList<>();
    Map<String, Shape> totals = new LinkedHashMap<>();
    for (View<?> view : views) {
      if (!view.searchable().isEmpty()) {
        types.add(view.name());
        hits.add(hit(view));
        totals.put(view.name(), Shape.whole(0));
      }
    }
    Map<String, Shape> members = new LinkedHashMap<>();
    members.put("items", Shape.list(Shape.anyOf(hits.toArray(Shape[]::new))));
    members.put("total", Shape.object(totals, types));
    return answering(
        read("search.all", SEARCH, "The best of several resources")
            .takes(
                Parameter.query(
                        "q",
                        "Words to search for.",
                        Shape.text().with("maxLength", SearchText.MAX_LENGTH))
                    .needed()
                    .example("tea"),
                Parameter.queryList(
                    "types", "Which resources; all when left out.", Shape.oneOf(types)),
                Parameter.query(
                    "limit",
                    "How many at most.",
                    Shape.whole(1, SearchReads.MAX_HITS, SearchReads.DEFAULT_HITS)))
            .refuses(400, "not-served"),
        "The best first, with what was found marked.",
        Shape.object(members).named("SearchAnswer"));
  }

  private static Shape hit(View<?> view) {
    Map<String, Shape> hit = new LinkedHashMap<>();
    hit.put("type", Shape.oneOf(List.of(view.name())));
    hit.put("id", Shape.id());
    hit.put("score", Shape.number());
    hit.put("title", Shape.text());
    hit.put(
        "highlights",
        Shape.map(
            Shape.text().saying("HTML: what was found is in mark elements, all else is escaped.")));
    hit.put("row", Shape.row(view.name()));
    return Shape.object(hit).named(view.name() + ".hit");
  }

  private static Shape page(Shape row, String name) {
    Map<String, Shape> members = new LinkedHashMap<>();
    members.put("items", Shape.list(row));
    members.put("nextCursor", Shape.text().orNull());
    members.put("hasMore", Shape.flag());
    members.put("total", Shape.whole(0));
    return Shape.object(members).named(name + ".page");
  }

  private static Parameter month(String name, String words) {
    return Parameter.query(name, words, Shape.matching(MONTH)).example("2026-11");
  }

  private static Parameter id(String resource) {
    UUID id = Examples.idOf(resource);
    Parameter parameter = Parameter.path("id", "Of the row in " + resource + ".", Shape.text());
    return id == null ? parameter : parameter.example(id.toString());
  }

  private static Parameter fields(Resource resource) {
    return Parameter.queryList(
        "fields",
        "These members of the rows alone; others are missing then, even required ones.",
        Shape.oneOf(resource.rowFields()));
  }

  private static String served(Resource resource) {
    return "A list is one range of one index. Served are: " + resource.served() + ".";
  }

  private static List<Parameter> filters(Resource resource) {
    List<Parameter> filters = new ArrayList<>();
    resource
        .filters()
        .forEach(
            (name, field) ->
                filters.add(
                    Parameter.queryList(
                        name, "Rows with one of these values.", value(resource, field))));
    Set<String> ranged = new LinkedHashSet<>();
    for (Index<?> index : resource.view().indexes()) {
      Field<?> first = index.order().getFirst().field();
      if (ranged.add(first.name())) {
        for (ListQuery.Operator operator : ListQuery.Operator.values()) {
          filters.add(
              Parameter.query(
                  first.name() + "." + operator.text(), operator.words(), bound(first)));
        }
      }
    }
    return filters;
  }

  private static Shape value(Resource resource, Field<?> field) {
    Shape published = Shape.rowMember(resource.name(), field.name());
    return published != null && published.isChoice() ? published : bound(field);
  }

  private static Shape bound(Field<?> field) {
    return switch (field.kind()) {
      case TEXT -> Shape.text().with("minLength", 1).with("maxLength", Values.MAX_LENGTH);
      case TIME -> Shape.anyOf(Shape.format("date-time"), Shape.format("date"));
      case DATE -> Shape.format("date");
      case ID -> Shape.id();
      case NUMBER -> Shape.matching("^[+-]?[0-9]{1,19}$");
      case DECIMAL -> Shape.matching(DECIMAL);
    };
  }

  /** Every order that some index has, whole or in its first fields. */
  private static Set<String> orders(Resource resource) {
    Set<String> orders = new LinkedHashSet<>();
    for (Index<?> index : resource.view().indexes()) {
      List<String> fields = Arrays.asList(Resource.sortOf(index).split(",", -1));
      for (int length = 1; length <= fields.size(); length++) {
        orders.add(String.join(",", fields.subList(0, length)));
      }
    }
    return orders;
  }
}
