package xalesin.command.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.SortedSet;

/**
 * The event table and its connections. Thread-safe; each {@link Session} is for one thread. Nothing
 * here waits longer than the configured timeouts. When the server goes away, callers get {@link
 * StoreException.Unavailable} until it is back.
 */
public final class EventStore implements AutoCloseable {
  private static final int VALID_SECONDS = 1;

  private final HikariDataSource pool;

  private EventStore(HikariDataSource pool) {
    this.pool = pool;
  }

  /** Brings the schema up to date as its owner and connects as the application. */
  public static EventStore open(StoreConfig config) {
    Migrations.run(config);
    return new EventStore(new HikariDataSource(poolConfig(config)));
  }

  private static HikariConfig poolConfig(StoreConfig config) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("xalesin-events");
    pool.setJdbcUrl(config.jdbcUrl());
    pool.setUsername(config.user());
    pool.setPassword(config.password());
    pool.setMaximumPoolSize(config.connections());
    pool.setMinimumIdle(config.connections());
    pool.setConnectionTimeout(config.connectTimeout().toMillis());
    // A busy machine answers late: a sound connection must not be taken for a broken one.
    pool.setValidationTimeout(Math.max(250, config.connectTimeout().toMillis() / 2));
    // Else the pool asks the first connection, and never again when that one breaks meanwhile.
    pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    // The server may go away between the migrations and the first command.
    pool.setInitializationFailTimeout(-1);
    Properties driver = new Properties();
    driver.setProperty("prepareThreshold", "1");
    driver.setProperty("binaryTransfer", "true");
    driver.setProperty("tcpKeepAlive", "true");
    driver.setProperty("ApplicationName", "xalesin-command");
    driver.setProperty("connectTimeout", seconds(config.connectTimeout()));
    // The server ends what takes too long; this is for a server that has vanished.
    driver.setProperty("socketTimeout", seconds(config.statementTimeout().multipliedBy(2)));
    driver.setProperty(
        "options",
        // Whoever logs in is the application from here on, with no more rights than it needs.
        "-c role=xalesin_app -c synchronous_commit=on -c statement_timeout=%d -c lock_timeout=%d"
                .formatted(config.statementTimeout().toMillis(), config.lockTimeout().toMillis())
            + " -c idle_in_transaction_session_timeout=%d"
                .formatted(config.statementTimeout().toMillis() * 2));
    pool.setDataSourceProperties(driver);
    return pool;
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }

  /** Begins a transaction that is about these tenants and sees nothing of others. */
  public Session begin(SortedSet<String> tenants) {
    Connection connection = connect();
    try {
      connection.setAutoCommit(false);
      return new Session(connection, tenants);
    } catch (SQLException e) {
      closeQuietly(connection, e);
      throw SqlErrors.translate(e);
    }
  }

  private Connection connect() {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw new StoreException.Unavailable(e);
    }
  }

  /** The connections have likely all broken with the one that did: new ones are made. */
  public void renewConnections() {
    if (pool.getHikariPoolMXBean() != null) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  /** Whether a statement is answered now. */
  public boolean isAnswering() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(VALID_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Forgets first answers older than the age, which counts as a minute at least.
   *
   * @param limit how many at most
   * @return how many
   */
  public int forgetAnswers(Duration age, int limit) {
    try (Connection connection = connect();
        PreparedStatement forget =
            connection.prepareStatement("select xalesin.forget_answers(?, ?)")) {
      forget.setLong(1, age.toSeconds());
      forget.setInt(2, limit);
      try (ResultSet row = forget.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static void closeQuietly(Connection connection, SQLException reason) {
    try {
      connection.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
