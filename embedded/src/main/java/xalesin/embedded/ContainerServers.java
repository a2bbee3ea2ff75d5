package xalesin.embedded;

import java.time.Duration;
import java.util.Locale;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The same servers in containers, with the same settings as far as they matter to a test. */
final class ContainerServers implements TestServerKind {
  static final String POSTGRES_IMAGE = "postgres:18";
  static final String KAFKA_IMAGE = "apache/kafka:4.3.1";

  private static final String DATABASE = "xalesin";

  /** Testcontainers' own minute is short on two busy cores. */
  private static final Duration START_WITHIN = Duration.ofMinutes(3);

  @Override
  public PostgresServer startPostgres() {
    @SuppressWarnings("resource") // closed by the server returned
    PostgreSQLContainer container =
        new PostgreSQLContainer(DockerImageName.parse(POSTGRES_IMAGE))
            .withDatabaseName(DATABASE)
            .withUsername("postgres")
            .withPassword("postgres");
    container.setCommand(
        "postgres",
        "-c",
        "fsync=on",
        "-c",
        "synchronous_commit=on",
        "-c",
        "wal_level=logical",
        "-c",
        "max_replication_slots=16",
        "-c",
        "max_wal_senders=16",
        "-c",
        "max_slot_wal_keep_size=4096MB",
        "-c",
        "max_connections=64",
        "-c",
        "timezone=UTC");
    container.withStartupTimeout(START_WITHIN).start();
    String jdbcUrl =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                DATABASE);
    return new PostgresServer() {
      @Override
      public String jdbcUrl() {
        return jdbcUrl;
      }

      @Override
      public String user() {
        return container.getUsername();
      }

      @Override
      public String password() {
        return container.getPassword();
      }

      @Override
      public void close() {
        container.stop();
      }
    };
  }

  @Override
  public KafkaServer startKafka() {
    @SuppressWarnings("resource") // closed by the server returned
    KafkaContainer container = new KafkaContainer(DockerImageName.parse(KAFKA_IMAGE));
    KafkaSettings.singleNode()
        .forEach(
            (key, value) ->
                container.withEnv(
                    "KAFKA_" + key.replace('.', '_').toUpperCase(Locale.ROOT), value));
    container.withStartupTimeout(START_WITHIN).start();
    String bootstrapServers = container.getBootstrapServers();
    return new KafkaServer() {
      @Override
      public String bootstrapServers() {
        return bootstrapServers;
      }

      @Override
      public void close() {
        container.stop();
      }
    };
  }
}
