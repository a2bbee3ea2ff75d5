package xalesin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.schemas.Json;

/** {@code ./xalesin bench lists --quick} against a server of its own. */
class ListsBenchE2E {
  private static final String LAUNCHER = "xalesin.launcher";
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

  /** As the script at the root, of what is on this class path. */
  @BeforeEach
  void launch() throws IOException {
    Path launcher = folder.resolve("xalesin");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        exec '%s/bin/java' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -Xmx512m \\
          -cp '%s' xalesin.standalone.Main "$@"
        """
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    System.setProperty(LAUNCHER, launcher.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(LAUNCHER);
  }

  @Test
  void every_question_is_asked_at_every_size_and_touches_as_much_in_each() throws Exception {
    Path results = folder.resolve("results");
    assertThat(
            BenchMain.run(
                "lists",
                "--quick",
                "--rows=1200,400",
                "--runs=1",
                "--seconds=1",
                "--warm-up=0",
                "--results=" + results))
        .isZero();

    JsonNode report = read(results);
    for (String question : QUESTIONS) {
      assertThat(median(report, question + ", 400 rows: touched")).as(question).isPositive();
      assertThat(median(report, question + ", 1,200 rows: touched")).as(question).isPositive();
      assertThat(median(report, question + ": touched grows to")).as(question).isPositive();
    }
    // A page of 50: 51 entries and 50 rows, whether at the beginning or deep within.
    assertThat(median(report, "items by status, 1,200 rows: touched")).isBetween(70.0, 101.0);
    // Ranges read a counter a day beside.
    assertThat(median(report, "movements by date, 400 rows: touched")).isBetween(101.0, 180.0);
    assertThat(report.at("/settings/rows").asText()).isEqualTo("[400, 1200]");
    assertThat(report.at("/evidence/lists of 1,200 rows, run 1/failures")).isEmpty();
    assertThat(report.at("/evidence/searches of 400 rows, run 1/failures")).isEmpty();
  }

  private static JsonNode read(Path results) throws IOException {
    try (Stream<Path> files = Files.list(results)) {
      List<Path> json = files.filter(file -> file.toString().endsWith(".json")).toList();
      assertThat(json).hasSize(1);
      return Json.MAPPER.readTree(Files.readAllBytes(json.getFirst()));
    }
  }

  private static double median(JsonNode report, String figure) {
    for (JsonNode each : report.get("figures")) {
      if (each.get("name").asText().equals(figure)) {
        return each.get("median").asDouble();
      }
    }
    throw new AssertionError("no figure " + figure + " in " + report.get("figures"));
  }
}
