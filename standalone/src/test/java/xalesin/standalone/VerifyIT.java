package xalesin.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import xalesin.edge.Role;
import xalesin.embedded.EmbeddedKafka;
import xalesin.embedded.KafkaOptions;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.Examples;
import xalesin.standalone.TopicCopy.Entry;

/**
 * What {@code verify} says of an installation that was damaged. The installation is whole; the
 * damage is in a copy of its topic at another broker, or in what a proxy makes of its answers.
 */
class VerifyIT {
  private static final String TENANT = "audited";
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(30);
  @TempDir private static Path folder;
  private static Stack stack;

  private final StringWriter said = new StringWriter();

  @BeforeAll
  static void someCompanyHasBeenAtWork() throws Exception {
    stack = Stack.start(StackOptions.in(folder.resolve("data")), new CountDownLatch(1));
    String lines =
        Examples.all().stream().map(Examples.Example::line).collect(Collectors.joining("\n"));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(stack.installation().http() + "/api/commands"))
                  .header(
                      "Authorization",
                      "Bearer " + stack.keys().sign(TENANT, "ada", List.of(Role.ADMIN), TOKEN_LIFE))
                  .header("Content-Type", "application/x-ndjson")
                  .POST(HttpRequest.BodyPublishers.ofString(lines))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("\"problem\"");
    }
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @AfterEach
  void theInstallationIsAsItWas() throws Exception {
    stack.installation().write(stack.data());
  }

  private int verify() {
    return new CommandLine(new VerifyCommand())
        .setOut(new PrintWriter(said))
        .execute("--data", stack.data().toString(), "--patience", "3");
  }

  private List<String> said() {
    return said.toString().lines().toList();
  }

  /** Lets the command find another broker or another read API in the installation's place. */
  private static void elsewhere(String http, String kafka) throws Exception {
    Installation whole = stack.installation();
    new Installation(http, whole.management(), kafka, whole.postgres(), whole.pid())
        .write(stack.data());
  }

  @Test
  void a_whole_installation_has_no_differences() {
    assertThat(verify()).as(said.toString()).isZero();
    assertThat(said()).singleElement().asString().endsWith("no differences");
  }

  @Test
  void patience_is_bounded_below() {
    StringWriter errors = new StringWriter();
    int code =
        new CommandLine(new VerifyCommand())
            .setErr(new PrintWriter(errors))
            .execute("--data", stack.data().toString(), "--patience", "0");
    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("--patience");
  }

  // The topic

  @Test
  void every_damage_to_a_stream_in_the_topic_is_named() throws Exception {
    TopicCopy copy = TopicCopy.of(stack.installation().kafka(), TENANT);
    Map<String, String> damaged = new LinkedHashMap<>();
    Iterator<String> streams =
        copy.streams().entrySet().stream()
            .filter(stream -> stream.getValue().size() > 1)
            .map(Map.Entry::getKey)
            .toList()
            .iterator();
    Iterator<String> others =
        copy.streams().entrySet().stream()
            .filter(stream -> stream.getValue().size() == 1)
            .map(Map.Entry::getKey)
            .toList()
            .iterator();
    ofStreams()
        .forEach(
            (damage, change) -> {
              String stream = streams.next();
              copy.streams().put(stream, change.apply(requireNonNull(copy.streams().get(stream))));
              damaged.put(stream, damage);
            });
    ofRecords()
        .forEach(
            (damage, change) -> {
              String stream = others.next();
              copy.streams()
                  .put(
                      stream,
                      List.of(change.apply(requireNonNull(copy.streams().get(stream)).getFirst())));
              damaged.put(stream, damage);
            });
    try (EmbeddedKafka broker = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("broker")))) {
      copy.tell(broker.bootstrapServers(), TENANT);
      elsewhere(stack.installation().http(), broker.bootstrapServers());
      assertThat(verify()).as(said.toString()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    }
    List<String> differences = said().subList(0, said().size() - 1);
    assertThat(differences).allMatch(line -> line.startsWith("topic: "));
    damaged.forEach(
        (stream, damage) ->
            assertThat(differences)
                .as("%s of %s", damage, stream)
                .anyMatch(line -> line.contains(stream)));
    for (String stream : copy.streams().keySet()) {
      if (!damaged.containsKey(stream)) {
        assertThat(differences).noneMatch(line -> line.contains(stream));
      }
    }
    assertThat(said().getLast()).endsWith(" differences");
  }

  /** What can happen to the records of a stream that has several. */
  private static Map<String, UnaryOperator<List<Entry>>> ofStreams() {
    Map<String, UnaryOperator<List<Entry>>> damages = new LinkedHashMap<>();
    damages.put("the newest is lost", entries -> entries.subList(0, entries.size() - 1));
    damages.put("the first is lost", entries -> entries.subList(1, entries.size()));
    damages.put("all are lost", _ -> List.of());
    damages.put(
        "one came twice",
        entries -> {
          List<Entry> doubled = new ArrayList<>(entries);
          doubled.add(1, entries.getFirst());
          return doubled;
        });
    damages.put("they came in another order", List::reversed);
    damages.put(
        "there is one more",
        entries -> {
          List<Entry> more = new ArrayList<>(entries);
          more.add(entries.getLast().with(CloudEvents.VERSION, _ -> "" + (entries.size() + 1)));
          return more;
        });
    return damages;
  }

  /** What can happen to a record. */
  private static Map<String, UnaryOperator<Entry>> ofRecords() {
    Map<String, UnaryOperator<Entry>> damages = new LinkedHashMap<>();
    damages.put(
        "its data is other",
        entry -> new Entry(entry.key(), entry.headers(), "{}".getBytes(UTF_8)));
    damages.put(
        "its key is other",
        entry -> new Entry("another".getBytes(UTF_8), entry.headers(), entry.value()));
    Map<String, String> values =
        Map.of(
            "ce_id", "0198c4de-0000-7000-8000-000000000000",
            "ce_time", "2026-01-01T00:00:00Z",
            "ce_actor", "mallory",
            "ce_correlationid", "another",
            "ce_causationid", "another",
            "ce_type", "PartyActivated",
            "ce_dataschema", "/schemas/events/PartyActivated/2",
            "ce_source", "/elsewhere",
            "content-type", "text/plain");
    values.forEach(
        (name, value) -> damages.put(name + " is other", entry -> entry.with(name, _ -> value)));
    damages.put("its time is no time", entry -> entry.with("ce_time", _ -> "yesterday"));
    damages.put(
        "it has a header more",
        entry -> {
          List<Header> headers = new ArrayList<>(entry.headers());
          headers.add(new RecordHeader("note", "hello".getBytes(UTF_8)));
          return new Entry(entry.key(), headers, entry.value());
        });
    return damages;
  }

  // The views

  private int verifyThrough(BiConsumer<URI, ObjectNode> lie, LongUnaryOperator sequence)
      throws Exception {
    try (LyingReads reads =
        new LyingReads(URI.create(stack.installation().http()), lie, sequence)) {
      elsewhere(reads.address(), stack.installation().kafka());
      return verify();
    }
  }

  @Test
  void what_is_passed_on_unchanged_has_no_differences() throws Exception {
    assertThat(verifyThrough((_, _) -> {}, LongUnaryOperator.identity()))
        .as(said.toString())
        .isZero();
  }

  @Test
  void every_damage_to_rows_and_totals_is_named() throws Exception {
    assertThat(verifyThrough(VerifyIT::lie, LongUnaryOperator.identity()))
        .isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(said()).hasSize(8);
    assertThat(said())
        .as("a row with another name, a row that is not there, rows of other versions")
        .anyMatch(line -> line.matches("views: parties/.* of tenant audited is .*Nobody.*"))
        .anyMatch(line -> line.matches("views: accounts/.* of tenant audited is missing"))
        .anyMatch(
            line ->
                line.matches("views: inventory-items/.* is in version 1, the table was in \\d+"))
        .anyMatch(
            line ->
                line.matches("views: sales-orders/.* is in version 99, in which it should not be"));
    assertThat(said())
        .as("a total, a sum, the row of which there is one")
        .anyMatch(
            line ->
                line.matches(
                    "views: purchase-orders of tenant audited says 3 rows in total, there are 2"))
        .anyMatch(line -> line.matches("views: account-balances/.*\"debit\":\"0.01\".*"))
        .anyMatch(line -> line.matches("views: tenant-settings/.*\"baseCurrency\":\"XXX\".*"));
  }

  private static void lie(URI asked, ObjectNode answer) {
    String path = asked.getPath();
    ArrayNode items = answer.withArrayProperty("items");
    if (path.equals("/api/tenant-settings")) {
      answer.remove("items");
      answer.put("baseCurrency", "XXX");
    } else if (asked.getQuery().startsWith("limit=")) {
      answer.put("total", answer.path("total").asLong() + (path.contains("purchase") ? 1 : 0));
    } else if (!items.isEmpty()) {
      ObjectNode row = (ObjectNode) items.path(0);
      switch (path) {
        case "/api/parties" -> row.put("name", "Nobody");
        case "/api/accounts" -> items.remove(0);
        case "/api/inventory-items" -> makeOneOld(items);
        case "/api/sales-orders" -> row.put("version", 99);
        case "/api/account-balances" -> row.put("debit", "0.01");
        default -> {
          // The truth.
        }
      }
    }
  }

  /** Rows come by their ids, which are others each time; some are in their first version. */
  private static void makeOneOld(ArrayNode items) {
    for (JsonNode item : items) {
      if (item.path("version").asLong() > 1) {
        ((ObjectNode) item).put("version", 1);
        return;
      }
    }
  }

  @Test
  void views_that_stay_behind_are_named() throws Exception {
    assertThat(verifyThrough((_, _) -> {}, sequence -> sequence - 1))
        .isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(said().getFirst())
        .matches("views: tenant audited has \\d+ events applied, the table has \\d+");
  }
}
