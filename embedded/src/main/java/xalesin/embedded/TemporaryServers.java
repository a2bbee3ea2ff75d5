package xalesin.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Built-in servers on temporary folders that are deleted when the servers are closed.
 *
 * <p>Test JVMs get killed. What such a one left behind (a PostgreSQL that runs on, its folder) is
 * taken away by the next one that starts.
 */
final class TemporaryServers implements TestServerKind {
  static final String PREFIX = "xalesin-test-";

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

  /** Takes away what killed test JVMs left. */
  static void sweep(Path temporary) {
    AbandonedFolders.sweep(temporary, PREFIX, EmbeddedPostgres.CLUSTER);
  }
}
