package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import xalesin.standalone.imports.CommandApi.Mood;

/** A whole company through the command line, against a server that keeps books. */
class NorthwindImportTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final BooksOfTrade books = new BooksOfTrade();
  private CommandApi api;

  @BeforeEach
  void start() throws IOException {
    api = new CommandApi(books);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private int run(Path path) {
    out.getBuffer().setLength(0);
    return new CommandLine(new ImportCommand())
        .setOut(new PrintWriter(out, true))
        .execute(
            "--url",
            api.address().toString(),
            "--token",
            "good",
            "--profile",
            "northwind",
            path.toString());
  }

  private void importTwiceAndCompare(Path input) throws IOException {
    assertThat(run(input)).isZero();
    assertThat(books.figures()).isEqualTo(TradeFigures.of(input));
    assertThat(books.confirmed()).isEqualTo(books.figures().orders());
    Map<String, String> effects = Map.copyOf(api.effects());
    assertThat(run(input)).isZero();
    assertThat(out.toString())
        .startsWith(
            "%1$,d commands accepted, %1$,d of them done before; 0 refused; 0 lines gave no"
                    .formatted(effects.size())
                + " command");
    assertThat(api.effects()).isEqualTo(effects);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void a_company_is_imported_with_all_its_orders(long seed) throws IOException {
    importTwiceAndCompare(NorthwindFolder.create(folder.resolve("company"), seed));
  }

  @Test
  void northwind_comes_out_as_it_is_known() throws IOException {
    Path input = NorthwindFolder.realOr(folder.resolve("company"));
    if (NorthwindFolder.isReal()) {
      // Written down from another evaluation of the data than the one in the tests.
      assertThat(TradeFigures.of(input))
          .isEqualTo(
              new TradeFigures(
                  91,
                  29,
                  77,
                  10,
                  830,
                  809,
                  new BigDecimal("4317"),
                  new BigDecimal("1198"),
                  new BigDecimal("3119"),
                  new BigDecimal("1265793.29"),
                  new BigDecimal("1239855.85"),
                  new BigDecimal("63955.02"),
                  new BigDecimal("1421618.55"),
                  TradeFigures.of(input).stockValue(),
                  "NW-0038",
                  new BigDecimal("141396.74"),
                  "QUICK-Stop",
                  new BigDecimal("110277.32")));
    }
    importTwiceAndCompare(input);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void an_import_that_was_stopped_goes_on_with_the_same_end(int requests) throws IOException {
    Path input = NorthwindFolder.create(folder.resolve("company"));
    for (int i = 0; i < requests; i++) {
      api.willBe(new Mood.Well());
    }
    api.willBe(new Mood.Refuse(401, null));
    assertThat(run(input)).isEqualTo(1);
    assertThat(run(input)).isZero();
    assertThat(books.figures()).isEqualTo(TradeFigures.of(input));
  }

  /** What stands behind a command that must come again is refused, and asked again behind it. */
  @Test
  void whatever_the_connection_does_each_step_is_done_once_and_in_its_order() throws IOException {
    Path input = NorthwindFolder.create(folder.resolve("company"));
    api.willBe(
        new Mood.Cut(300, 5_000),
        new Mood.Well(),
        new Mood.LineNotNow(7, 503),
        new Mood.Cut(499, 1));
    assertThat(run(input)).isZero();
    assertThat(books.figures()).isEqualTo(TradeFigures.of(input));
    int effects = api.effects().size();
    assertThat(run(input)).isZero();
    assertThat(api.effects()).hasSize(effects);
  }

  @Test
  void an_order_that_cannot_be_read_is_told_and_leaves_the_others_alone() throws IOException {
    Path input = NorthwindFolder.create(folder.resolve("company"));
    replace(input.resolve("customers.csv"), "CAAXY,", "CZZXY,");
    List<String> details = Files.readAllLines(input.resolve("order_details.csv"), UTF_8);
    assertThat(details.get(1)).startsWith("10248,");
    details.set(1, "10248,5,4.4,2,half");
    details.add("20000,5,4.4,1,0");
    Files.write(input.resolve("order_details.csv"), details);
    assertThat(run(input)).isEqualTo(1);
    List<String> errors = Files.readAllLines(folder.resolve("company.errors.ndjson"));
    assertThat(errors)
        .anyMatch(line -> line.contains("order_details.csv, line 2: discount"))
        .anyMatch(line -> line.contains("no row of orders.csv has the order_id \\\"20000\\\""))
        .anyMatch(line -> line.contains("sales-orders.place") && line.contains("Not allowed"))
        .noneMatch(line -> line.contains("no row of orders.csv has the order_id \\\"10248\\\""));
    assertThat(books.confirmed()).isLessThan(NorthwindFolder.ORDERS).isGreaterThan(800);
  }

  private static void replace(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }
}
