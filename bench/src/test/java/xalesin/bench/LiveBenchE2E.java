package xalesin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./xalesin bench live --quick} against a server of its own. */
class LiveBenchE2E {
  @TempDir private Path folder;

  @Test
  void every_change_reaches_every_connection_of_its_tenant() throws Exception {
    JsonNode report =
        BenchCommand.run(
            folder,
            "live",
            "--quick",
            "--connections=30",
            "--tenants=2",
            "--rate=20",
            "--runs=1",
            "--seconds=2",
            "--warm-up=1");
    long answered = report.at("/evidence/run 1/completed").asLong();
    JsonNode followers = report.at("/evidence/run 1, followers");
    assertThat(report.at("/evidence/run 1/failures")).isEmpty();
    assertThat(followers.get("changes").asLong()).isPositive().isEqualTo(answered * 15);
    assertThat(followers.get("frames").asLong()).isPositive();
    assertThat(followers.at("/lastMillis/count").asLong()).isEqualTo(answered);
    assertThat(BenchCommand.median(report, "last connection, p99")).isPositive();
    assertThat(BenchCommand.median(report, "changes never delivered")).isZero();
    assertThat(BenchCommand.median(report, "connections lost")).isZero();
    assertThat(BenchCommand.median(report, "heap with all connections")).isPositive();
  }

  @Test
  void fan_out_is_held_against_writing_and_some_connections_may_stop() throws Exception {
    JsonNode report =
        BenchCommand.run(
            folder,
            "live",
            "--quick",
            "--fan-out",
            "--stopped=10",
            "--connections=20",
            "--rate=20",
            "--runs=1",
            "--seconds=1",
            "--warm-up=0");
    assertThat(BenchCommand.median(report, "fan-out")).isPositive();
    assertThat(BenchCommand.median(report, "fan-out / only written")).isPositive();
    assertThat(BenchCommand.median(report, "fan-out: changes never delivered")).isZero();
    assertThat(BenchCommand.median(report, "fan-out, only written: connections lost")).isZero();
    assertThat(report.at("/settings/stopped: of them stop").asInt()).isEqualTo(2);
    assertThat(BenchCommand.median(report, "others, p99: some stopped / all read")).isPositive();
    assertThat(BenchCommand.median(report, "others: changes never delivered")).isZero();
    assertThat(report.at("/evidence/some stopped 1, followers/changes").asLong())
        .isPositive()
        .isEqualTo(report.at("/evidence/some stopped 1/completed").asLong() * 18);
  }
}
