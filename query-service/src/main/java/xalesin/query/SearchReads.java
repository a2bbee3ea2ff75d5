package xalesin.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.Views;
import xalesin.projection.search.Found;
import xalesin.projection.search.Found.Hit;
import xalesin.projection.search.SearchRequest;
import xalesin.projection.search.SearchRequest.Place;
import xalesin.projection.search.SearchText;
import xalesin.projection.search.TenantSearch;
import xalesin.projection.view.Field;
import xalesin.projection.view.View;

/** Reads by words: a list with `q`, and the search over several resources. Thread-safe. */
final class SearchReads {
  static final int DEFAULT_HITS = 20;

  /** Each hit is parsed to be highlighted. */
  static final int MAX_HITS = 100;

  /** The only order of a search. */
  static final String RELEVANCE = "relevance";

  /** Values of one filter; a list has fewer. */
  private static final int MAX_VALUES = 100;

  private static final List<String> PAGE_CONTROLS = List.of("q", "limit", "cursor", "fields");
  private static final int PLACE_BYTES = Float.BYTES + 3 * Long.BYTES;

  private final Views views;
  private final Cursors cursors;
  private final Consistency consistency;
  private final Answers answers;
  private final Map<String, View<?>> searchable = new LinkedHashMap<>();
  private final Timer searches;

  SearchReads(
      List<View<?>> all,
      Views views,
      Cursors cursors,
      Consistency consistency,
      Answers answers,
      MeterRegistry registry) {
    this.views = views;
    this.cursors = cursors;
    this.consistency = consistency;
    this.answers = answers;
    for (View<?> view : all) {
      if (!view.searchable().isEmpty()) {
        searchable.put(view.name(), view);
      }
    }
    searches =
        Timer.builder("query.search")
            .description("Searching, from taking hold of the index to the rows found")
            .register(registry);
  }

  /** `GET /api/<resource>?q=…`: a list's page, the best first. */
  void page(Exchange exchange, Resource resource) throws InterruptedException {
    if (!searchable.containsKey(resource.name())) {
      throw notServed(resource.name() + " is not searched");
    }
    ListQuery query = ListQuery.parse(resource, exchange.queryMap(), PAGE_CONTROLS);
    String q = q(exchange);
    SearchText text = parse(q);
    Map<String, Set<Object>> filters = filters(resource, query);
    int limit = exchange.queryInt("limit", ListReads.DEFAULT_LIMIT, 1, ListReads.MAX_LIMIT);
    FieldSelection fields = Answers.fields(exchange, resource);
    Cursors.Scope scope =
        new Cursors.Scope(exchange.tenant(), resource.name(), question(q, filters));
    byte[] position = ListReads.position(cursors, scope, exchange.query("cursor"));
    Place after = position == null ? null : place(position);
    consistency.await(exchange);
    try (TenantSearch search = views.search(exchange.tenant())) {
      if (isAnswered(exchange, search)) {
        return;
      }
      SearchRequest request = SearchRequest.of(resource.view(), text, filters, after, limit);
      Found found = find(search, request);
      List<byte[]> rows = found.hits().stream().map(Hit::json).toList();
      Place behind = found.next();
      String next = behind == null ? null : cursors.seal(scope, position(behind));
      exchange.json(200, Envelopes.list(Answers.select(fields, rows), next, found.total()));
    }
  }

  /** `GET /api/search?q=…&types=…`: the best of several resources, with what was found marked. */
  void all(Exchange exchange) throws InterruptedException {
    exchange.allowedQuery("q", "types", "limit");
    SearchText text = parse(q(exchange));
    List<View<?>> types = types(exchange.query("types"));
    int limit = exchange.queryInt("limit", DEFAULT_HITS, 1, MAX_HITS);
    consistency.await(exchange);
    try (TenantSearch search = views.search(exchange.tenant())) {
      if (isAnswered(exchange, search)) {
        return;
      }
      List<Hit> hits = new ArrayList<>();
      Map<String, Long> totals = new LinkedHashMap<>();
      for (View<?> type : types) {
        Found found = find(search, SearchRequest.of(type, text, Map.of(), null, limit));
        hits.addAll(found.hits());
        totals.put(type.name(), found.total());
      }
      // Those of equal score stay in the order of their types.
      hits.sort(Comparator.comparingDouble(Hit::score).reversed());
      List<Hit> best = hits.subList(0, Math.min(limit, hits.size()));
      exchange.json(200, SearchEnvelope.of(search, text, best, totals));
    }
  }

  private boolean isAnswered(Exchange exchange, TenantSearch search) {
    long sequence = search.views().sequence();
    answers.state(exchange, sequence);
    return answers.notModified(exchange, answers.listTag(exchange, sequence));
  }

  private Found find(TenantSearch search, SearchRequest request) {
    Timer.Sample sample = Timer.start();
    try {
      return search.find(request);
    } finally {
      sample.stop(searches);
    }
  }

  private static String q(Exchange exchange) {
    String q = exchange.query("q");
    if (q == null) {
      throw Problem.badRequest("q is missing: the words to search for").exception();
    }
    return q;
  }

  private static SearchText parse(String q) {
    try {
      return SearchText.parse(q);
    } catch (SearchText.RefusedException e) {
      throw new ProblemException(Problem.badRequest("q " + e.getMessage()), e);
    }
  }

  private List<View<?>> types(@Nullable String text) {
    if (text == null) {
      return List.copyOf(searchable.values());
    }
    List<View<?>> types = new ArrayList<>();
    for (String name : new LinkedHashSet<>(Values.split(text))) {
      View<?> view = searchable.get(name);
      if (view == null) {
        throw notServed("types has \"%s\", which is not searched".formatted(name));
      }
      types.add(view);
    }
    return types;
  }

  /** A search is filtered as lists are, by values; it has one order and no ranges. */
  private Map<String, Set<Object>> filters(Resource resource, ListQuery query) {
    if (query.sort() != null && !query.sort().equals(RELEVANCE)) {
      throw notServed("with q the order is by " + RELEVANCE + ": leave out sort");
    }
    if (!query.comparisons().isEmpty()) {
      throw notServed("with q there are no ranges");
    }
    Map<String, Field<?>> known = new LinkedHashMap<>();
    resource
        .view()
        .indexes()
        .forEach(index -> index.equality().forEach(field -> known.put(field.name(), field)));
    Map<String, Set<Object>> filters = new LinkedHashMap<>();
    query.filters().forEach((name, values) -> filters.put(name, parsed(known, name, values)));
    return filters;
  }

  private Set<Object> parsed(Map<String, Field<?>> known, String name, Set<String> values) {
    Field<?> field = known.get(name);
    if (field == null) {
      throw notServed("with q the filters are " + String.join(", ", known.keySet()));
    }
    if (values.size() > MAX_VALUES) {
      throw Problem.badRequest("%s takes at most %d values".formatted(name, MAX_VALUES))
          .exception();
    }
    Set<Object> parsed = new LinkedHashSet<>();
    values.forEach(value -> parsed.add(Values.parse(field, value)));
    return parsed;
  }

  private ProblemException notServed(String why) {
    return Problem.of(
            400,
            "not-served",
            "No index serves this list",
            "%s; searched are %s".formatted(why, String.join(", ", searchable.keySet())))
        .exception();
  }

  /** Every part with its length, so that no two questions have one text. */
  private static String question(String q, Map<String, Set<Object>> filters) {
    String sorted =
        filters.entrySet().stream()
            .map(filter -> filter.getKey() + '=' + lengths(filter.getValue()))
            .sorted()
            .collect(Collectors.joining("|"));
    return "search " + q.length() + ':' + q + sorted;
  }

  private static String lengths(Set<Object> values) {
    Set<String> texts = new TreeSet<>();
    values.forEach(value -> texts.add(value.toString().length() + ":" + value));
    return String.join("", texts);
  }

  private static byte[] position(Place place) {
    return ByteBuffer.allocate(PLACE_BYTES)
        .putFloat(place.score())
        .putLong(place.id().getMostSignificantBits())
        .putLong(place.id().getLeastSignificantBits())
        .putLong(place.digest())
        .array();
  }

  private static Place place(byte[] position) {
    ByteBuffer buffer = ByteBuffer.wrap(position);
    float score = buffer.getFloat();
    UUID id = new UUID(buffer.getLong(), buffer.getLong());
    return new Place(score, id, buffer.getLong());
  }
}
