package xalesin.standalone.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import xalesin.schemas.Json;
import xalesin.standalone.imports.CommandApi.Mood;

/** The command line, against a real HTTP server. */
class ImportCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private CommandApi api;

  @BeforeEach
  void start() throws IOException {
    api = new CommandApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(new ImportCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int runHere(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--url", api.address().toString(), "--token", "good"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private Path lines(String name, Stream<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines.toList());
  }

  private static Stream<String> commands(int count) {
    return IntStream.range(0, count)
        .mapToObj("{\"command\":\"a.b\",\"id\":\"%d\",\"data\":{}}"::formatted);
  }

  @Test
  void a_folder_is_imported_once_however_often() throws IOException {
    Path northwind = NorthwindFolder.create(folder.resolve("northwind"));
    assertThat(runHere("--profile", "northwind", northwind.toString())).isZero();
    int commands = api.effects().size();
    assertThat(commands).isGreaterThan(4_000);
    assertThat(out.toString().strip())
        .isEqualTo(
            "%,d commands accepted, 0 of them done before; 0 refused; 0 lines gave no command"
                .formatted(commands));

    assertThat(runHere("--profile", "northwind", northwind.toString())).isZero();
    assertThat(api.effects()).hasSize(commands);
    assertThat(out.toString())
        .startsWith("%1$,d commands accepted, %1$,d of them done before;".formatted(commands));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(northwind);
    }
  }

  @Test
  void files_are_sent_in_the_order_given() throws IOException {
    Path second = lines("a.ndjson", Stream.of("{\"command\":\"a.b\",\"idempotencyKey\":\"two\"}"));
    Path first = lines("b.jsonl", Stream.of("{\"command\":\"a.b\",\"idempotencyKey\":\"one\"}"));
    assertThat(runHere(first.toString(), second.toString())).isZero();
    assertThat(api.effects().keySet()).containsExactly("one", "two");
  }

  @Test
  void what_fails_is_told_line_by_line_and_the_rest_is_done() throws IOException {
    Path file =
        lines(
            "mixed.ndjson",
            Stream.of(
                "{\"command\":\"a.b\",\"idempotencyKey\":\"one\"}",
                "nonsense",
                "{\"command\":\"refuse\",\"idempotencyKey\":\"no\"}",
                "{\"command\":\"a.b\",\"idempotencyKey\":\"two\"}"));
    assertThat(runHere(file.toString())).isEqualTo(1);
    assertThat(api.effects().keySet()).containsExactly("one", "two");
    Path errors = folder.resolve("mixed.ndjson.errors.ndjson");
    assertThat(out.toString())
        .contains("2 commands accepted", "1 refused; 1 lines gave no command", errors.toString());
    List<String> told = Files.readAllLines(errors);
    assertThat(told).hasSize(2);
    assertThat(Json.MAPPER.readTree(told.get(0)).path("line").asInt()).isEqualTo(2);
    assertThat(Json.MAPPER.readTree(told.get(0)).at("/problem/detail").asText())
        .startsWith("is not JSON");
    assertThat(Json.MAPPER.readTree(told.get(1)))
        .isEqualTo(
            Json.MAPPER
                .createObjectNode()
                .put("file", file.toString())
                .put("line", 3)
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                    "command",
                    Json.MAPPER.readTree("{\"command\":\"refuse\",\"idempotencyKey\":\"no\"}"))
                .set(
                    "problem",
                    Json.MAPPER.readTree("{\"title\":\"Not allowed\",\"detail\":\"by a rule\"}")));

    Files.write(file, List.of("{\"command\":\"a.b\",\"idempotencyKey\":\"one\"}"));
    assertThat(runHere(file.toString())).isZero();
    assertThat(errors).doesNotExist();
  }

  @Test
  void an_import_that_was_stopped_goes_on_where_it_was() throws IOException {
    Path file = lines("many.ndjson", Stream.concat(Stream.of("nonsense"), commands(1_700)));
    api.willBe(new Mood.Well(), new Mood.Well(), new Mood.Refuse(401, null));
    assertThat(runHere(file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("the server answered 401");
    assertThat(api.effects()).hasSize(999);

    assertThat(runHere(file.toString())).isEqualTo(1);
    assertThat(api.effects()).hasSize(1_700);
    assertThat(api.requestSizes()).containsExactly(499, 500, 500, 500, 201);
    assertThat(out.toString())
        .contains("1,700 commands accepted, 0 of them done before", "1 lines gave no command");
    assertThat(Files.readAllLines(folder.resolve("many.ndjson.errors.ndjson"))).hasSize(1);
  }

  @Test
  void a_changed_file_is_begun_anew_after_a_stop() throws IOException {
    Path file = lines("many.ndjson", commands(600));
    api.willBe(new Mood.Well(), new Mood.Refuse(403, null));
    assertThat(runHere(file.toString())).isEqualTo(1);
    lines("many.ndjson", commands(601));
    assertThat(runHere(file.toString())).isZero();
    assertThat(out.toString()).startsWith("601 commands accepted");
  }

  @Test
  void a_file_that_cannot_be_understood_stops_before_anything_is_sent() throws IOException {
    Path northwind = NorthwindFolder.create(folder.resolve("northwind"));
    Path products = northwind.resolve("products.csv");
    Files.writeString(products, Files.readString(products) + "78,\"not closed\n");
    assertThat(runHere("--profile", "northwind", northwind.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("products.csv, line 79: is not CSV");
    assertThat(api.effects()).isEmpty();
  }

  @Test
  void wrong_usage_exits_with_2_and_says_why() throws IOException {
    Path file = lines("a.ndjson", commands(1));
    assertThat(run()).isEqualTo(2);
    assertThat(run("--url", "http://127.0.0.1:1", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--url needs --token");
    assertThat(run("--token", "good", file.toString())).isEqualTo(2);
    assertThat(run("--url", "nonsense", "--token", "good", file.toString())).isEqualTo(2);
    assertThat(run("--data", folder.toString(), "--tenant", "A b", file.toString())).isEqualTo(2);
    assertThat(runHere(folder.resolve("absent.csv").toString())).isEqualTo(2);
    assertThat(api.requestSizes()).isEmpty();
  }

  @Test
  void without_an_installation_it_says_how_to_start_one() throws IOException {
    Path file = lines("a.ndjson", commands(1));
    assertThat(run("--data", folder.resolve("none").toString(), file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no installation runs on", "./xalesin up");
  }
}
