package xalesin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program with both servers is killed in the middle of its work, with SIGKILL. */
class KilledProgramIT {
  private static final int ACKNOWLEDGED = 40;
  private static final int KILLS = 2;

  @TempDir Path folder;
  private Path data = Path.of("none");

  @AfterEach
  void leaveNoProcess() {
    OrphanedPostgres.stop(data);
  }

  @Test
  void what_a_killed_program_had_acknowledged_is_there_after_the_next_start() throws Exception {
    data = folder.toRealPath().resolve("postgres/data");
    List<String> acknowledged = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildJvm child = ChildJvm.start(Child.class, folder.toString(), "run" + kill)) {
        for (int i = 0; i < ACKNOWLEDGED; i++) {
          acknowledged.add(child.awaitLine("ack ").substring("ack ".length()));
        }
        assertThatThrownBy(() -> EmbeddedPostgres.start(Child.postgres(folder)))
            .isInstanceOf(DataFolderInUseException.class);
        assertThatThrownBy(() -> EmbeddedKafka.start(Child.kafka(folder)))
            .isInstanceOf(DataFolderInUseException.class);
        child.kill();
        child.remainingLines().stream()
            .filter(line -> line.startsWith("ack "))
            .forEach(line -> acknowledged.add(line.substring("ack ".length())));
      }
      // The children of a killed program live on; the next start, of this loop or below, meets
      // them.
      assertThat(OrphanedPostgres.processesOn(data)).isNotEmpty();
      assertThat(data.resolve("postmaster.pid")).exists();
    }

    try (var postgres = EmbeddedPostgres.start(Child.postgres(folder));
        var kafka = EmbeddedKafka.start(Child.kafka(folder))) {
      assertThat(rows(postgres)).containsAll(acknowledged).doesNotHaveDuplicates();
      assertThat(Records.read(kafka)).containsAll(acknowledged).doesNotHaveDuplicates();
    }
    assertThat(OrphanedPostgres.processesOn(data)).isEmpty();
    assertThat(Files.exists(data.resolve("postmaster.pid"))).isFalse();
  }

  @Test
  void what_a_killed_test_left_behind_is_taken_away_once_it_is_old() throws Exception {
    Path left = Files.createDirectory(folder.toRealPath().resolve(TemporaryServers.PREFIX + "1"));
    data = left.resolve("postgres/data");
    try (ChildJvm child = ChildJvm.start(Child.class, left.toString(), "run0")) {
      child.awaitLine("ack ");
      child.kill();
    }
    Path postgres = Files.move(left.resolve("postgres"), folder.resolve(left.getFileName() + "-2"));
    data = postgres.toRealPath().resolve("data");

    Files.setLastModifiedTime(postgres, FileTime.from(Instant.now()));
    TemporaryServers.sweep(folder);
    assertThat(OrphanedPostgres.processesOn(data)).isNotEmpty();

    Files.setLastModifiedTime(postgres, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    TemporaryServers.sweep(folder);
    assertThat(OrphanedPostgres.processesOn(data)).isEmpty();
    assertThat(postgres).doesNotExist();
    assertThat(left).exists();
  }

  private static List<String> rows(PostgresServer server) throws Exception {
    List<String> rows = new ArrayList<>();
    try (var connection = server.connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery("select value from kept")) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  /** Writes each value to both servers, then says so; ends with its parent. */
  static final class Child {
    private static final int MOST = 1_000_000;

    private Child() {}

    static PostgresOptions postgres(Path folder) {
      return PostgresOptions.in(folder.resolve("postgres"));
    }

    static KafkaOptions kafka(Path folder) {
      return KafkaOptions.in(folder.resolve("kafka"));
    }

    public static void main(String[] args) throws Exception {
      var _ =
          ProcessHandle.current()
              .parent()
              .orElseThrow()
              .onExit()
              .thenRun(() -> Runtime.getRuntime().halt(1));
      Path folder = Path.of(args[0]);
      var postgres = EmbeddedPostgres.start(postgres(folder));
      var kafka = EmbeddedKafka.start(kafka(folder));
      boolean first = args[1].equals("run0");
      if (first) {
        Records.createTopic(kafka);
      }
      try (var connection = postgres.connect();
          var producer = Records.producer(kafka, Map.of())) {
        connection.createStatement().execute("create table if not exists kept (value text)");
        try (var insert = connection.prepareStatement("insert into kept values (?)")) {
          for (int i = 0; i < MOST; i++) {
            String value = args[1] + "-" + i;
            insert.setString(1, value);
            insert.executeUpdate();
            Records.write(producer, value);
            System.out.println("ack " + value);
          }
        }
      }
    }
  }
}
