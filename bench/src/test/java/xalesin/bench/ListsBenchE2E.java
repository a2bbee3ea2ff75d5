package xalesin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./xalesin bench lists --quick} against a server of its own. */
class ListsBenchE2E {
  private static final List<String> QUESTIONS =
      List.of(
          "items by status",
          "items active by update time",
          "items by SKU",
          "items by category",
          "items by category and status",
          "items by text, a part of all",
          "items by text, a few",
          "audit by time",
          "audit by user and time",
          "movements by item and date",
          "movements by date",
          "movements by date, from a moment to another",
          "parties active by update time",
          "parties by text, a part of all",
          "parties by text, a few",
          "sales orders by status and date",
          "sales orders by customer and date",
          "sales orders by customer and status",
          "purchase orders by status and date",
          "purchase orders by supplier and date",
          "transactions by date",
          "transactions by account and date");

  @TempDir private Path folder;

  @Test
  void every_question_is_asked_at_every_size_and_touches_as_much_in_each() throws Exception {
    JsonNode report =
        BenchCommand.run(
            folder,
            "lists",
            "--quick",
            "--rows=1200,400",
            "--runs=1",
            "--seconds=1",
            "--warm-up=0");
    for (String question : QUESTIONS) {
      assertThat(BenchCommand.median(report, question + ", 400 rows: touched"))
          .as(question)
          .isPositive();
      assertThat(BenchCommand.median(report, question + ", 1,200 rows: touched"))
          .as(question)
          .isPositive();
      assertThat(BenchCommand.median(report, question + ": touched grows to"))
          .as(question)
          .isPositive();
    }
    // A page of 50: 51 entries and 50 rows, whether at the beginning or deep within.
    assertThat(BenchCommand.median(report, "items by status, 1,200 rows: touched"))
        .isBetween(70.0, 101.0);
    // Ranges read a counter a day beside.
    assertThat(BenchCommand.median(report, "movements by date, 400 rows: touched"))
        .isBetween(101.0, 180.0);
    assertThat(report.at("/settings/rows").asText()).isEqualTo("[400, 1200]");
    assertThat(report.at("/evidence/lists of 1,200 rows, run 1/failures")).isEmpty();
    assertThat(report.at("/evidence/searches of 400 rows, run 1/failures")).isEmpty();
  }
}
