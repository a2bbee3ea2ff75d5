package xalesin.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL and one Kafka for all tests of a JVM, started when first asked for and closed when
 * the JVM ends. Tests keep apart by database, tenant and topic names.
 *
 * <p>Containers where a Docker engine answers, the built-in servers elsewhere; the system property
 * or environment variable {@code XALESIN_SERVERS} ({@code embedded} or {@code containers}) decides
 * instead. Safe for use by several threads.
 */
public final class TestServers {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static @Nullable PostgresServer postgres;
  private static @Nullable KafkaServer kafka;
  private static @Nullable TestServerKind kind;

  private TestServers() {}

  public static synchronized PostgresServer postgres() {
    PostgresServer running = postgres;
    if (running == null) {
      running = kind().startPostgres();
      closeAtExit(running);
      postgres = running;
    }
    return running;
  }

  public static synchronized KafkaServer kafka() {
    KafkaServer running = kafka;
    if (running == null) {
      running = kind().startKafka();
      closeAtExit(running);
      kafka = running;
    }
    return running;
  }

  /** A new, empty database, whose name begins with the prefix (lower-case letters, digits, _). */
  public static Database freshDatabase(String prefix) {
    Checks.matches("database prefix", prefix, "[a-z_][a-z0-9_]{0,40}");
    String name = prefix + "_" + NUMBERS.incrementAndGet();
    PostgresServer server = postgres();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new EmbeddedServerException("No database " + name + ": " + e, e);
    }
    return new Database(server.jdbcUrl(name), server.user(), server.password());
  }

  private static TestServerKind kind() {
    TestServerKind chosen = kind;
    if (chosen == null) {
      chosen = TestServerKind.choose();
      kind = chosen;
    }
    return chosen;
  }

  private static void closeAtExit(AutoCloseable server) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("close-test-server")
                .unstarted(
                    () -> {
                      try {
                        server.close();
                      } catch (Exception e) {
                        throw new EmbeddedServerException("A test server was not closed: " + e, e);
                      }
                    }));
  }
}
