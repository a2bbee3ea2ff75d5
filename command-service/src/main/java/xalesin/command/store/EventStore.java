package xalesin.command.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

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

  /** Connects and brings the schema up to date. */
  public static EventStore open(StoreConfig config) {
    HikariDataSource pool = new HikariDataSource(poolConfig(config));
    try {
      Migrations.run(pool, config.slot());
      return new EventStore(pool);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
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
    // Started without a server, it waits for one in the migrations.
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
        "-c synchronous_commit=on -c statement_timeout=%d -c lock_timeout=%d"
                .formatted(config.statementTimeout().toMillis(), config.lockTimeout().toMillis())
            + " -c idle_in_transaction_session_timeout=%d"
                .formatted(config.statementTimeout().toMillis() * 2));
    pool.setDataSourceProperties(driver);
    return pool;
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }

  /** Begins a transaction. */
  public Session begin() {
    Connection connection = connect();
    try {
      connection.setAutoCommit(false);
      return new Session(connection);
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
   * Forgets first answers older than the age.
   *
   * @param limit how many at most
   * @return how many
   */
  public int forgetAnswers(Duration age, int limit) {
    try (Connection connection = connect();
        PreparedStatement delete =
            connection.prepareStatement(
                """
                delete from xalesin.idempotency where ctid in (
                  select ctid from xalesin.idempotency
                  where recorded_at < now() - ? * interval '1 second'
                  limit ? for update skip locked)
                """)) {
      delete.setLong(1, age.toSeconds());
      delete.setInt(2, limit);
      return delete.executeUpdate();
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
