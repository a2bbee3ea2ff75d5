package xalesin.query;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xalesin.edge.Exchange;
import xalesin.edge.LiveGate;
import xalesin.edge.Problem;
import xalesin.edge.Role;
import xalesin.edge.TokenVerifier.VerifiedToken;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewCatalog;
import xalesin.projection.Views;
import xalesin.query.live.FiguresPart;
import xalesin.query.live.LiveHub;
import xalesin.query.live.Part;
import xalesin.query.live.Question;
import xalesin.query.live.RowsPart;
import xalesin.query.live.WindowPart;
import xalesin.schemas.Json;

/** `GET /api/live`: what is to be followed, and from where on. Thread-safe. */
final class LiveReads {
  static final int MAX_VIEWS = 16;
  static final int DEFAULT_WINDOW_MILLIS = 50;
  static final int MIN_WINDOW_MILLIS = 10;
  static final int MAX_WINDOW_MILLIS = 1_000;

  /** The overview reads some hundred rows each time. */
  static final int MIN_OVERVIEW_WINDOW_MILLIS = 250;

  private static final String OVERVIEW = "overview";

  /** The view sequence is no longer than that. */
  private static final int MAX_ID_DIGITS = 18;

  private static final List<String> CONTROLS =
      List.of("views", "window", "ticket", "since", "limit", "id");

  private final LiveGate gate;
  private final LiveHub hub;
  private final Views views;
  private final Clock clock;
  private final Map<String, Resource> resources;

  LiveReads(LiveGate gate, LiveHub hub, Views views, Clock clock) {
    this.gate = gate;
    this.hub = hub;
    this.views = views;
    this.clock = clock;
    this.resources =
        ViewCatalog.ALL.stream()
            .map(Resource::of)
            .collect(Collectors.toMap(Resource::name, r -> r));
  }

  /** All that can be followed. */
  List<String> names() {
    return Stream.concat(resources.keySet().stream(), Stream.of(OVERVIEW)).toList();
  }

  void follow(Exchange exchange) {
    VerifiedToken token = gate.admit(exchange, Role.VIEWER);
    Asked asked = ask(exchange);
    long since = since(exchange);
    if (exchange.isHead()) {
      exchange.empty(200);
      return;
    }
    String tenant = token.caller().tenant();
    hub.follow(exchange, token, asked.text, () -> checked(tenant, asked), since);
  }

  /**
   * @param text the whole question in a normal form
   */
  private record Asked(String text, Duration window, Supplier<List<Part>> parts) {}

  private Question checked(String tenant, Asked asked) {
    List<Part> parts = asked.parts.get();
    try (TenantViews at = views.snapshot(tenant)) {
      parts.forEach(part -> part.check(at));
    }
    return new Question(asked.text, asked.window, parts);
  }

  private Asked ask(Exchange exchange) {
    Set<String> names = new TreeSet<>();
    exchange.queryAll("views").forEach(text -> names.addAll(Values.split(text)));
    if (names.isEmpty() || names.size() > MAX_VIEWS) {
      throw Problem.badRequest("views takes the names of 1 to %d views".formatted(MAX_VIEWS))
          .exception();
    }
    for (String name : names) {
      if (!name.equals(OVERVIEW) && !resources.containsKey(name)) {
        throw Problem.badRequest(
                "views takes names out of %s and %s, not \"%s\""
                    .formatted(
                        OVERVIEW, String.join(", ", new TreeSet<>(resources.keySet())), name))
            .exception();
      }
    }
    int least = names.contains(OVERVIEW) ? MIN_OVERVIEW_WINDOW_MILLIS : DEFAULT_WINDOW_MILLIS;
    int millis = exchange.queryInt("window", least, MIN_WINDOW_MILLIS, MAX_WINDOW_MILLIS);
    Duration window =
        Duration.ofMillis(
            names.contains(OVERVIEW) ? Math.max(millis, MIN_OVERVIEW_WINDOW_MILLIS) : millis);
    Resource only = names.size() == 1 ? resources.get(names.iterator().next()) : null;
    if (only != null) {
      return askOne(exchange, only, window);
    }
    exchange.allowedQuery("views", "window", "ticket", "since");
    return new Asked(
        String.join(",", names) + '/' + window.toMillis(),
        window,
        () -> names.stream().map(this::whole).toList());
  }

  private Part whole(String name) {
    Resource resource = resources.get(name);
    return resource == null
        ? new FiguresPart(name, this::overview)
        : new RowsPart(resource.view(), null);
  }

  private byte[] overview(TenantViews at) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return Json.write(new OverviewFigures(at, today).overview());
  }

  /** One view: all of it, rows by id, or the window of a list. */
  private static Asked askOne(Exchange exchange, Resource resource, Duration window) {
    String text = resource.name() + '/' + window.toMillis();
    Map<String, List<String>> parameters = exchange.queryMap();
    if (parameters.containsKey("id")) {
      exchange.allowedQuery("views", "window", "ticket", "since", "id");
      Set<UUID> ids = ids(exchange);
      return new Asked(
          text + "/ids " + new TreeSet<>(ids),
          window,
          () -> List.of(new RowsPart(resource.view(), ids)));
    }
    ListQuery query = ListQuery.parse(resource, parameters, CONTROLS);
    boolean isWhole =
        query.filters().isEmpty()
            && query.comparisons().isEmpty()
            && query.sort() == null
            && !parameters.containsKey("limit");
    if (isWhole) {
      return new Asked(text, window, () -> List.of(new RowsPart(resource.view(), null)));
    }
    int limit = exchange.queryInt("limit", ListReads.DEFAULT_LIMIT, 1, ListReads.MAX_LIMIT);
    Plan plan = Planner.plan(resource, query);
    return new Asked(
        text + "/first " + limit + ' ' + plan.question(),
        window,
        () -> List.of(new WindowPart(resource.view(), at -> answer(at, plan, limit))));
  }

  private static WindowPart.Answer answer(TenantViews at, Plan plan, int limit) {
    return new WindowPart.Answer(Merge.page(at, plan, null, limit), ListReads.count(at, plan));
  }

  private static Set<UUID> ids(Exchange exchange) {
    Set<UUID> ids = new LinkedHashSet<>();
    for (String text : exchange.queryAll("id")) {
      for (String id : Values.split(text)) {
        ids.add(Exchange.parseUuid(id, "id"));
      }
    }
    if (ids.size() > RowReads.MAX_IDS) {
      throw Problem.badRequest("at most %d ids are followed at once".formatted(RowReads.MAX_IDS))
          .exception();
    }
    return ids;
  }

  /** The state that the client has; -1 when it has none. */
  private static long since(Exchange exchange) {
    String header = exchange.header("Last-Event-ID");
    String text = header == null || header.isEmpty() ? exchange.query("since") : header;
    if (text == null) {
      return -1;
    }
    if (text.isEmpty()
        || text.length() > MAX_ID_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw Problem.badRequest("Last-Event-ID (or since) takes the id of an event of this API")
          .exception();
    }
    return Long.parseLong(text);
  }
}
