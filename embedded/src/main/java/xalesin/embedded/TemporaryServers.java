package xalesin.embedded;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Built-in servers on temporary folders that are deleted when the servers are closed.
 *
 * <p>Test JVMs get killed. What such a one left behind (a PostgreSQL that runs on, its folder) is
 * taken away by the next one that starts.
 */
final class TemporaryServers implements TestServerKind {
  private static final Logger log = LoggerFactory.getLogger(TemporaryServers.class);

  static final String PREFIX = "xalesin-test-";

  /** A folder younger than this may have been made by a test JVM that has not locked it yet. */
  private static final Duration OLD = Duration.ofMinutes(1);

  TemporaryServers() {
    sweep(Path.of(System.getProperty("java.io.tmpdir")));
  }

  @Override
  public PostgresServer startPostgres() {
    Path folder = temporaryFolder("postgres");
    PostgresServer server = EmbeddedPostgres.start(PostgresOptions.in(folder));
    return new PostgresServer() {
      @Override
      public String jdbcUrl() {
        return server.jdbcUrl();
      }

      @Override
      public String user() {
        return server.user();
      }

      @Override
      public String password() {
        return server.password();
      }

      @Override
      public void close() {
        server.close();
        delete(folder);
      }
    };
  }

  @Override
  public KafkaServer startKafka() {
    Path folder = temporaryFolder("kafka");
    KafkaServer server = EmbeddedKafka.start(KafkaOptions.in(folder));
    return new KafkaServer() {
      @Override
      public String bootstrapServers() {
        return server.bootstrapServers();
      }

      @Override
      public void close() {
        server.close();
        delete(folder);
      }
    };
  }

  private static Path temporaryFolder(String name) {
    try {
      return Files.createTempDirectory(PREFIX + name + "-");
    } catch (IOException e) {
      throw new EmbeddedServerException("No temporary folder: " + e, e);
    }
  }

  private static void delete(Path folder) {
    try {
      DataFolder.delete(folder);
    } catch (IOException e) {
      throw new EmbeddedServerException("The folder " + folder + " was not deleted: " + e, e);
    }
  }

  /** Takes away what killed test JVMs left; what is in use, young or another user's stays. */
  static void sweep(Path temporary) {
    for (Path folder : leftBehind(temporary)) {
      try (DataFolder owned = DataFolder.open(folder)) {
        OrphanedPostgres.stop(owned.resolve("data"));
        DataFolder.delete(owned.path());
      } catch (EmbeddedServerException | IOException e) {
        log.debug("{} is in use or not ours: left alone", folder, e);
      }
    }
  }

  private static List<Path> leftBehind(Path temporary) {
    Instant old = Instant.now().minus(OLD);
    try (var folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      List<Path> found = new ArrayList<>();
      for (Path each : folders) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(old)) {
          found.add(each);
        }
      }
      return found;
    } catch (IOException | DirectoryIteratorException e) {
      log.debug("{} cannot be listed", temporary, e);
      return List.of();
    }
  }
}
