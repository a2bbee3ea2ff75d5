package xalesin.query;

import java.time.Duration;
import java.time.InstantSource;
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
import xalesin.edge.Problem;
import xalesin.edge.Query;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewCatalog;
import xalesin.projection.Views;
import xalesin.projection.ViewsUnavailableException;
import xalesin.query.live.Asked;
import xalesin.query.live.Batch;
import xalesin.query.live.FiguresPart;
import xalesin.query.live.Part;
import xalesin.query.live.Question;
import xalesin.query.live.RowsPart;
import xalesin.query.live.WindowPart;
import xalesin.schemas.Json;

/** What can be followed, and how it is asked for. Thread-safe. */
final class LiveQuestions {
  static final int MAX_VIEWS = 16;
  static final int DEFAULT_WINDOW_MILLIS = 50;
  static final int MIN_WINDOW_MILLIS = 10;
  static final int MAX_WINDOW_MILLIS = 1_000;

  /** The overview reads some hundred rows each time. */
  static final int MIN_OVERVIEW_WINDOW_MILLIS = 250;

  private static final String OVERVIEW = "overview";

  private static final List<String> WHOLE = List.of("views", "window", "ticket", "since");
  private static final List<String> ROWS = List.of("views", "window", "ticket", "since", "id");
  private static final List<String> CONTROLS =
      List.of("views", "window", "ticket", "since", "limit", "id");

  private final Views views;
  private final InstantSource clock;
  private final Map<String, Resource> resources;

  LiveQuestions(Views views, InstantSource clock) {
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

  private Asked asked(String tenant, String text, Duration window, Supplier<List<Part>> parts) {
    return new Asked(text, () -> checked(tenant, text, window, parts.get()));
  }

  private Question checked(String tenant, String text, Duration window, List<Part> parts) {
    try (TenantViews at = views.snapshot(tenant)) {
      if (parts.stream().mapToLong(part -> part.bytes(at)).sum() > Batch.MAX_BYTES) {
        throw Batch.tooMany();
      }
    } catch (ViewsUnavailableException e) {
      throw QueryRoutes.unavailable(e);
    }
    return new Question(text, window, parts);
  }

  /** Throws the 400 problem that says why the parameters ask for nothing that can be followed. */
  Asked ask(String tenant, Query parameters) {
    Set<String> names = new TreeSet<>();
    parameters.all("views").forEach(text -> names.addAll(Values.split(text)));
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
    int millis = parameters.integer("window", least, MIN_WINDOW_MILLIS, MAX_WINDOW_MILLIS);
    Duration window =
        Duration.ofMillis(
            names.contains(OVERVIEW) ? Math.max(millis, MIN_OVERVIEW_WINDOW_MILLIS) : millis);
    Resource only = names.size() == 1 ? resources.get(names.iterator().next()) : null;
    if (only != null) {
      return askOne(tenant, parameters, only, window);
    }
    parameters.allowOnly(WHOLE);
    return asked(
        tenant,
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
  private Asked askOne(String tenant, Query parameters, Resource resource, Duration window) {
    String text = resource.name() + '/' + window.toMillis();
    if (parameters.asMap().containsKey("id")) {
      parameters.allowOnly(ROWS);
      Set<UUID> ids = ids(parameters);
      return asked(
          tenant,
          text + "/ids " + new TreeSet<>(ids),
          window,
          () -> List.of(new RowsPart(resource.view(), ids)));
    }
    ListQuery query = ListQuery.parse(resource, parameters.asMap(), CONTROLS);
    boolean isWhole =
        query.filters().isEmpty()
            && query.comparisons().isEmpty()
            && query.sort() == null
            && !parameters.asMap().containsKey("limit");
    if (isWhole) {
      return asked(tenant, text, window, () -> List.of(new RowsPart(resource.view(), null)));
    }
    int limit = parameters.integer("limit", ListReads.DEFAULT_LIMIT, 1, ListReads.MAX_LIMIT);
    Plan plan = Planner.plan(resource, query);
    return asked(
        tenant,
        text + "/first " + limit + ' ' + plan.question(),
        window,
        () -> List.of(new WindowPart(resource.view(), at -> answer(at, plan, limit))));
  }

  private static WindowPart.Answer answer(TenantViews at, Plan plan, int limit) {
    return new WindowPart.Answer(Merge.page(at, plan, null, limit), ListReads.count(at, plan));
  }

  private static Set<UUID> ids(Query parameters) {
    Set<UUID> ids = new LinkedHashSet<>();
    for (String text : parameters.all("id")) {
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
}
