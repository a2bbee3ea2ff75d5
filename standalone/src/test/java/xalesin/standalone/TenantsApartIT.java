package xalesin.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import xalesin.edge.Role;
import xalesin.edge.Route;
import xalesin.edge.Verb;
import xalesin.schemas.CommandTypes;
import xalesin.schemas.Json;
import xalesin.standalone.demo.DemoTenant;

/**
 * Two tenants on one installation: everything that one of them can name of the other's, tried on
 * every route that the services serve. The other is a trading company with a thousand commands
 * behind it. Whatever is answered must be what is answered for an id that does not exist at all,
 * and nothing of the other may stand in it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantsApartIT {
  private static final String OWNER = "owner";
  private static final String STRANGER = "stranger";
  private static final String SECRET_WORD = "Zyzzyva";

  private static final Path SAMPLES = Path.of("../schemas/src/test/resources/samples/commands");
  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Stack stack;
  private Http http;
  private String owner;
  private String stranger;

  /** Some of the owner's rows, by resource. */
  private final Map<String, List<JsonNode>> rows = new TreeMap<>();

  /** Ids that only the owner has. */
  private final Set<String> secrets = new LinkedHashSet<>();

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    stack = Stack.start(StackOptions.in(data), new CountDownLatch(1));
    http = new Http(stack.installation().http());
    owner = token(OWNER);
    stranger = token(STRANGER);
    DemoTenant.load(data, URI.create(stack.installation().http()), owner, _ -> {});
    openAccount();
    String last = create(owner, SECRET_WORD);
    String mine = create(stranger, "Harmless");
    isApplied(owner, last);
    isApplied(stranger, mine);
    for (String resource : resources()) {
      JsonNode page = get(owner, "/api/" + resource + "?limit=50").json();
      List<JsonNode> some = new ArrayList<>();
      page.path("items").forEach(some::add);
      if (!some.isEmpty()) {
        rows.put(resource, some);
      }
      addIds(page.toString(), secrets);
    }
    assertThat(rows).as("figures have no list of everything").hasSizeGreaterThan(9);
    Set<String> own = new LinkedHashSet<>();
    for (String resource : resources()) {
      addIds(get(stranger, "/api/" + resource).body(), own);
    }
    assertThat(own).as("the stranger has something, too").isNotEmpty();
    secrets.removeAll(own);
    assertThat(secrets).hasSizeGreaterThan(30);
    for (String resource : List.of("accounts", "inventory-items", "parties", "sales-orders")) {
      assertThat(idsOf(resource)).as(resource).isNotEmpty();
    }
  }

  @AfterAll
  void stop() {
    http.close();
    stack.close();
  }

  private String token(String tenant) {
    return stack.keys().sign(tenant, "ann", List.of(Role.ADMIN), Duration.ofMinutes(30));
  }

  /** A thousand commands may take the views a while. */
  private void isApplied(String token, String consistencyToken) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                get(token, "/api/accounts", "Consistency-Token", consistencyToken).status() == 200);
  }

  /** Makes an item and says the consistency token. */
  private String create(String token, String name) throws Exception {
    Http.Answer made =
        http.send(
            token,
            "POST",
            "/api/inventory-items",
            "{\"sku\":\"%s-1\",\"name\":\"%s\",\"price\":{\"amount\":\"1\",\"currency\":\"EUR\"}}"
                .formatted(name, name));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.header("consistency-token");
  }

  /** The accounts that every company begins with have the same ids everywhere. */
  private void openAccount() throws Exception {
    Http.Answer opened =
        http.send(
            owner,
            "POST",
            "/api/accounts",
            "{\"code\":\"1999\",\"name\":\"Reserve\",\"type\":\"asset\",\"currency\":\"EUR\"}");
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
  }

  private Http.Answer get(String token, String path, String... headers) throws Exception {
    return http.get(token, path, headers);
  }

  private static void addIds(String text, Set<String> ids) {
    for (Matcher found = UUIDS.matcher(text); found.find(); ) {
      ids.add(found.group());
    }
  }

  /** Every resource with rows of its own, as the routes say. */
  private List<String> resources() {
    List<String> resources = new ArrayList<>();
    for (Route route : stack.routes()) {
      if (route.verb() == Verb.GET && route.path().matches("/api/[a-z-]+/\\{id}")) {
        resources.add(route.path().split("/", -1)[2]);
      }
    }
    assertThat(resources).hasSizeGreaterThan(8);
    return resources;
  }

  private List<Route> routes(boolean reads, boolean withId) {
    return stack.routes().stream()
        .filter(route -> route.role() != null && (route.verb() == Verb.GET) == reads)
        .filter(route -> route.path().contains("{id}") == withId)
        .toList();
  }

  /** But for what the request itself has named. */
  private void tellsNothing(Http.Answer answer, String request) {
    Set<String> named = new LinkedHashSet<>();
    addIds(request, named);
    for (String secret : secrets) {
      if (!named.contains(secret)) {
        assertThat(answer.body()).as(request).doesNotContain(secret);
      }
    }
    assertThat(answer.body()).as(request).doesNotContain(SECRET_WORD);
  }

  /** An answer without what differs from request to request. */
  private static String essence(Http.Answer answer) {
    String body = answer.body().replaceAll("\"traceId\":\"[0-9a-f]*\"", "");
    return answer.status() + " " + UUIDS.matcher(body).replaceAll("ID");
  }

  private void isAsIfThereWereNone(String verb, String path, String secret, @Nullable String body)
      throws Exception {
    String none = UUID.randomUUID().toString();
    Http.Answer got = http.send(stranger, verb, path.replace("{id}", secret), body);
    Http.Answer expected = http.send(stranger, verb, path.replace("{id}", none), body);
    assertThat(essence(got)).as("%s %s %s", verb, path, secret).isEqualTo(essence(expected));
    assertThat(got.status()).as("%s %s", verb, path).isEqualTo(404);
    tellsNothing(got, path + secret);
  }

  private static String resourceOf(Route route) {
    return route.path().split("/", -1)[2];
  }

  /** Of the owner's rows, those that nobody could guess; a currency is an id, too. */
  private List<String> idsOf(String resource) {
    return rows.getOrDefault(resource, List.of()).stream()
        .map(row -> row.path("id").asText())
        .filter(secrets::contains)
        .limit(3)
        .toList();
  }

  private List<String> idsOf(Route route) {
    return idsOf(resourceOf(route));
  }

  @Test
  void the_other_s_ids_read_like_ids_that_do_not_exist() throws Exception {
    List<Route> routes = routes(true, true);
    assertThat(routes.stream().filter(route -> !idsOf(route).isEmpty()).count()).isGreaterThan(12);
    for (Route route : routes) {
      for (String id : idsOf(route)) {
        isAsIfThereWereNone("GET", route.path(), id, null);
        if (get(owner, route.path().replace("{id}", id) + "?asOf=1").status() == 200) {
          isAsIfThereWereNone("GET", route.path() + "?asOf=1", id, null);
        }
      }
    }
  }

  @Test
  void the_other_s_ids_take_commands_like_ids_that_do_not_exist() throws Exception {
    Map<String, String> before = everythingOf(owner);
    int sent = 0;
    for (Route route : routes(false, true)) {
      for (String body : samples(nameOf(route))) {
        isAsIfThereWereNone(
            route.verb().name(),
            route.path(),
            idsOf(route).getFirst(),
            route.verb() == Verb.DELETE ? null : body);
        sent++;
      }
    }
    assertThat(sent).isGreaterThan(25);
    assertThat(everythingOf(owner)).isEqualTo(before);
  }

  @Test
  void commands_cannot_lean_on_what_is_the_other_s() throws Exception {
    Map<String, String> before = everythingOf(owner);
    int refused = 0;
    for (CommandTypes.Type type : CommandTypes.all()) {
      for (String sample : samples(type.name())) {
        String theirs = withIds(sample, true);
        if (secrets.stream().noneMatch(theirs::contains) || !isOfItsOwn(type)) {
          continue;
        }
        Http.Answer got = line(type, theirs);
        Http.Answer expected = line(type, withIds(sample, false));
        assertThat(essence(got)).as(theirs).isEqualTo(essence(expected));
        assertThat(got.json().path("status").asInt()).as(got.body()).isGreaterThanOrEqualTo(400);
        tellsNothing(got, theirs);
        refused++;
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(3);
    assertThat(everythingOf(owner)).isEqualTo(before);
  }

  /** A command that begins something, so that it is not refused for the lack of that. */
  private boolean isOfItsOwn(CommandTypes.Type type) {
    return routes(false, false).stream()
        .anyMatch(
            route ->
                route.path().equals("/api/" + type.resource())
                    && type.name().equals(nameOf(route)));
  }

  private Http.Answer line(CommandTypes.Type type, String data) throws Exception {
    return http.send(
        stranger,
        "POST",
        "/api/commands",
        "{\"command\":\"%s\",\"data\":%s}\n"
            .formatted(type.name(), Json.MAPPER.readTree(data).toString()));
  }

  /** A sample that refers to the owner's things where it refers to any, or to nothing at all. */
  private String withIds(String sample, boolean theirs) throws IOException {
    JsonNode tree = Json.MAPPER.readTree(sample);
    refer(tree, theirs);
    if (tree instanceof ObjectNode root) {
      root.remove("id");
    }
    return tree.toString();
  }

  private void refer(JsonNode node, boolean theirs) {
    if (node instanceof ObjectNode object) {
      Map<String, String> kinds = new LinkedHashMap<>();
      kinds.put("customer", "parties");
      kinds.put("supplier", "parties");
      kinds.put("item", "inventory-items");
      kinds.put("account", "accounts");
      kinds.forEach(
          (field, resource) -> {
            if (object.path(field).isTextual()) {
              object.put(field, theirs ? idsOf(resource).getFirst() : UUID.randomUUID().toString());
            }
          });
    }
    node.forEach(child -> refer(child, theirs));
  }

  private static List<String> samples(String command) throws IOException {
    List<String> samples = new ArrayList<>();
    Json.MAPPER
        .readTree(Files.readString(SAMPLES.resolve(command + ".json")))
        .forEach(sample -> samples.add(sample.toString()));
    return samples;
  }

  /** The command behind a route, found by its path and verb as CONTRIBUTING says they are named. */
  private static String nameOf(Route route) {
    String[] parts = route.path().split("/", -1);
    String last = parts[parts.length - 1];
    for (CommandTypes.Type type : CommandTypes.all()) {
      if (type.name().equals(parts[2] + "." + last)) {
        return type.name();
      }
    }
    return parts[2]
        + switch (route.verb()) {
          case PATCH -> ".change-details";
          case DELETE -> ".delete";
          case PUT -> last.equals("lines") ? ".change-lines" : ".change";
          default -> beginning(parts[2]);
        };
  }

  private static String beginning(String resource) {
    for (String verb : List.of(".create", ".place", ".post")) {
      if (CommandTypes.byName(resource + verb) != null) {
        return verb;
      }
    }
    return ".none";
  }

  @Test
  void several_ids_of_the_other_are_all_missing() throws Exception {
    for (String resource : rows.keySet()) {
      List<String> ids = idsOf(resource);
      if (ids.isEmpty()) {
        continue;
      }
      String path = "/api/" + resource + "?id=" + String.join("&id=", ids);
      assertThat(get(owner, path).json().path("items")).as(path).hasSameSizeAs(ids);
      Http.Answer answer = get(stranger, path);
      assertThat(answer.json().path("items")).as(path).isEmpty();
      assertThat(answer.json().path("missing")).as(path).hasSameSizeAs(ids);
      tellsNothing(answer, path);
    }
  }

  @Test
  void the_other_s_cursors_open_nothing() throws Exception {
    List<String> paged = new ArrayList<>();
    for (Route route : routes(true, false)) {
      paged.add(route.path() + "?limit=1");
      paged.add(route.path() + "?step=50");
      paged.add(route.path() + "?limit=1&q=" + SECRET_WORD.substring(0, 3));
      paged.add(route.path() + "?limit=1&q=a");
    }
    for (Route route : routes(true, true)) {
      idsOf(route).forEach(id -> paged.add(route.path().replace("{id}", id) + "?limit=1"));
    }
    int tried = 0;
    int anchors = 0;
    for (String path : paged) {
      JsonNode page = get(owner, path).json();
      List<String> cursors = new ArrayList<>();
      if (page.path("nextCursor").isTextual()) {
        cursors.add(page.path("nextCursor").textValue());
      }
      page.path("cursors").forEach(cursor -> cursors.add(cursor.asText()));
      for (String cursor : cursors.subList(0, Math.min(3, cursors.size()))) {
        String list = path.replace("/anchors?step=50", "?limit=1") + "&cursor=" + cursor;
        assertThat(get(owner, list).status()).as(list).isEqualTo(200);
        Http.Answer answer = get(stranger, list);
        assertThat(answer.status()).as(list).isIn(400, 404);
        tellsNothing(answer, list);
        tried++;
        anchors += path.contains("/anchors?") ? 1 : 0;
      }
    }
    assertThat(tried).isGreaterThan(20);
    assertThat(anchors).as("lists with more rows than a step").isGreaterThan(3);
  }

  @Test
  void what_is_pushed_is_the_caller_s_own_only() throws Exception {
    List<String> questions = new ArrayList<>(List.of("views=overview"));
    for (String resource : rows.keySet()) {
      questions.add("views=" + resource + "&limit=50");
      questions.add("views=" + resource + "&limit=50&since=1");
      List<String> ids = idsOf(resource);
      if (!ids.isEmpty()) {
        questions.add("views=" + resource + "&id=" + String.join("&id=", ids));
      }
    }
    int pushed = 0;
    for (String question : questions) {
      String path = "/api/live?" + question;
      Http.Answer answer = http.firstPushed(stranger, path);
      tellsNothing(answer, path);
      if (answer.status() == 200) {
        assertThat(answer.body()).as(path).contains("event: snapshot");
        pushed++;
      }
    }
    assertThat(pushed).isGreaterThan(15);
    assertThat(http.firstPushed(owner, "/api/live?views=inventory-items&limit=50").body())
        .contains(SECRET_WORD);
  }

  @Test
  void what_is_pushed_over_a_socket_is_the_caller_s_own_only() {
    List<String> messages = new ArrayList<>(List.of("{\"resume\":1}"));
    for (String resource : rows.keySet()) {
      messages.add(
          "{\"subscribe\":{\"as\":\"list-%s\",\"views\":\"%s\",\"limit\":50}}"
              .formatted(resource, resource));
      List<String> ids = idsOf(resource);
      if (!ids.isEmpty()) {
        messages.add(
            "{\"subscribe\":{\"as\":\"ids-%s\",\"views\":\"%s\",\"id\":[\"%s\"]}}"
                .formatted(resource, resource, String.join("\",\"", ids)));
      }
    }
    URI address = URI.create(stack.installation().http().replace("http:", "ws:") + "/api/live/ws");
    Said said = new Said();
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + stranger)
              .buildAsync(address, said)
              .join();
      messages.forEach(message -> socket.sendText(message, true).join());
      int questions = messages.size() - 1;
      await().atMost(Duration.ofMinutes(2)).until(() -> said.answered() == questions);
      socket.abort();
    }
    assertThat(said.events("snapshot")).hasSizeGreaterThan(10);
    String request = String.join("\n", messages);
    tellsNothing(new Http.Answer(101, said.text(), Map.of()), request);
  }

  /** What came over a socket. Thread-safe. */
  private static final class Said implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      part.append(text);
      if (last) {
        try {
          messages.add(Json.MAPPER.readTree(part.toString()));
        } catch (JsonProcessingException e) {
          throw new IllegalStateException(part.toString(), e);
        }
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    private Set<String> events(String event) {
      return messages.stream()
          .filter(message -> message.path("event").asText().equals(event))
          .map(message -> message.path("as").asText())
          .collect(Collectors.toSet());
    }

    /** How many questions have their first state, or a problem. */
    private int answered() {
      return events("snapshot").size() + events("problem").size();
    }

    private String text() {
      return messages.toString();
    }
  }

  @Test
  void no_filter_shows_a_row_of_the_other() throws Exception {
    int served = 0;
    for (Map.Entry<String, List<JsonNode>> each : rows.entrySet()) {
      JsonNode row = each.getValue().getFirst();
      for (var field : row.properties()) {
        if (!field.getValue().isValueNode() || field.getKey().equals("id")) {
          continue;
        }
        String path =
            "/api/%s?%s=%s"
                .formatted(
                    each.getKey(),
                    field.getKey(),
                    URLEncoder.encode(field.getValue().asText(), StandardCharsets.UTF_8));
        Http.Answer theirs = get(owner, path);
        if (theirs.status() != 200) {
          continue;
        }
        served++;
        for (String question : List.of(path, path.replaceFirst("\\?", "/anchors?"))) {
          tellsNothing(get(stranger, question), question);
        }
      }
    }
    assertThat(served).isGreaterThan(15);
  }

  @Test
  void every_read_without_an_id_shows_the_caller_s_own_only() throws Exception {
    for (Route route : routes(true, false)) {
      for (String query : List.of("", "?q=" + SECRET_WORD, "?limit=500", "?q=zyz&limit=100")) {
        tellsNothing(get(stranger, route.path() + query), route.path() + query);
      }
    }
    assertThat(get(owner, "/api/search?q=" + SECRET_WORD).body()).contains(SECRET_WORD + "-1");
  }

  @Test
  void a_tenant_cannot_be_asked_for() throws Exception {
    for (String header : List.of("X-Tenant", "X-Tenant-Id", "Tenant", "X-Forwarded-Tenant")) {
      tellsNothing(get(stranger, "/api/inventory-items?limit=500", header, OWNER), header);
    }
    for (String name : List.of("tenant", "tenantId", "_tenant")) {
      String path = "/api/inventory-items?" + name + "=" + OWNER;
      assertThat(get(stranger, path).status()).as(path).isEqualTo(400);
    }
  }

  /** The first page of each list, totals and settings included, and how much has been applied. */
  private Map<String, String> everythingOf(String token) throws Exception {
    Map<String, String> everything = new TreeMap<>();
    for (Route route : routes(true, false)) {
      Http.Answer answer = get(token, route.path());
      String body = answer.status() == 200 ? answer.body() : "";
      everything.put(route.path(), body.replaceAll("\"nextCursor\":\"[^\"]*\"", ""));
      everything.put("sequence", get(token, "/api/tenant-settings").header("view-sequence"));
    }
    return everything;
  }
}
