package xalesin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchMainIT {
  @TempDir private Path results;

  private int bench(String name, ItemServer server) {
    return BenchMain.run(
        name,
        "--quick",
        "--connections=4",
        "--warm-up=0",
        "--seconds=1",
        "--url=" + server.uri(),
        "--token=abc",
        "--results=" + results);
  }

  private JsonNode json() throws IOException {
    return BenchCommand.report(results);
  }

  @Test
  void a_server_that_always_shows_what_was_written_is_consistent() throws Exception {
    try (ItemServer server = new ItemServer(0)) {
      assertThat(bench("consistency", server)).isZero();
      assertThat(server.readsWithoutToken()).isZero();
    }
    JsonNode report = json();
    assertThat(BenchCommand.median(report, "reads checked")).isEqualTo(2_000);
    assertThat(BenchCommand.median(report, "stale reads")).isZero();
    assertThat(report.get("machine").get("cores").asInt()).isPositive();
    assertThat(report.get("commandLine").asText()).startsWith("./xalesin bench consistency");
  }

  @Test
  void a_server_that_shows_an_older_version_now_and_then_fails_the_benchmark() throws Exception {
    try (ItemServer server = new ItemServer(500)) {
      assertThat(bench("consistency", server)).isEqualTo(1);
    }
    JsonNode report = json();
    assertThat(BenchCommand.median(report, "stale reads")).isBetween(1.0, 5.0);
    assertThat(report.at("/evidence/stale/0").asText()).contains("instead of");
  }

  @Test
  void commands_are_counted_run_by_run() throws Exception {
    try (ItemServer server = new ItemServer(0)) {
      assertThat(bench("commands", server)).isZero();
    }
    JsonNode report = json();
    assertThat(BenchCommand.median(report, "durable commands")).isPositive();
    assertThat(report.at("/figures/0/runs")).hasSize(2);
    assertThat(report.at("/evidence/run 1/failures")).isEmpty();
    assertThat(report.get("doubts").toString()).contains("the quick form");
  }

  @Test
  void freshness_is_measured_at_both_rates() throws Exception {
    try (ItemServer server = new ItemServer(0)) {
      assertThat(bench("freshness", server)).isZero();
      assertThat(server.readsWithoutToken()).isZero();
    }
    JsonNode report = json();
    assertThat(BenchCommand.median(report, "50/s: visible, p50")).isPositive();
    assertThat(BenchCommand.median(report, "200/s: visible, p99")).isPositive();
    assertThat(BenchCommand.median(report, "200/s: visible, p99"))
        .isGreaterThanOrEqualTo(BenchCommand.median(report, "200/s: command answered, p50"));
  }

  @Test
  void kept_lists_are_held_against_a_constant() throws Exception {
    try (ItemServer server = new ItemServer(0)) {
      assertThat(bench("cache", server)).isZero();
    }
    JsonNode report = json();
    assertThat(BenchCommand.median(report, "kept list / constant")).isPositive();
    assertThat(BenchCommand.median(report, "read-mostly")).isPositive();
    assertThat(report.at("/evidence/read-mostly 1/failures")).isEmpty();
  }

  @Test
  void a_host_that_is_not_loopback_is_refused() {
    assertThat(
            BenchMain.run(
                "commands", "--url=http://192.0.2.7:80", "--token=a", "--results=" + results))
        .isEqualTo(1);
    assertThat(results).isEmptyDirectory();
  }

  @Test
  void lists_needs_a_server_whose_event_table_it_may_fill() {
    assertThat(
            BenchMain.run("lists", "--url=http://127.0.0.1:1", "--token=a", "--results=" + results))
        .isEqualTo(1);
    assertThat(results).isEmptyDirectory();
  }

  @Test
  void live_starts_its_own_server_and_spreads_connections_over_tenants() {
    String folder = "--results=" + results;
    assertThat(BenchMain.run("live", "--url=http://127.0.0.1:1", "--token=a", folder)).isEqualTo(1);
    assertThat(BenchMain.run("live", "--connections=4001", "--tenants=2", folder)).isEqualTo(1);
    assertThat(BenchMain.run("live", "--connections=1", "--tenants=2", folder)).isEqualTo(1);
    assertThat(results).isEmptyDirectory();
  }

  @Test
  void a_wrong_option_is_a_usage_error() {
    assertThat(BenchMain.run("lists", "--rows=5")).isEqualTo(2);
    assertThat(BenchMain.run("lists", "--resources=nothing")).isEqualTo(2);
    assertThat(BenchMain.run("commands", "--runs=0")).isEqualTo(2);
    assertThat(BenchMain.run("live", "--window=5")).isEqualTo(2);
    assertThat(BenchMain.run("live", "--stopped=51")).isEqualTo(2);
    assertThat(BenchMain.run("live", "--connections=30000")).isEqualTo(2);
    assertThat(BenchMain.run("commands", "--url=http://127.0.0.1:1")).isEqualTo(2);
    assertThat(BenchMain.run("nothing")).isEqualTo(2);
    assertThat(BenchMain.run()).isEqualTo(2);
  }
}
