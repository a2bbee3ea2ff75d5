package xalesin.bench.baseline;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import xalesin.bench.load.LoadClient;

/**
 * How many rows a second the same PostgreSQL takes when every row is its own transaction, in the
 * manner of pgbench: one thread and one JDBC connection per client, a prepared INSERT of an
 * event-sized row with autocommit, into a table of the shape of the event table. The table lies in
 * a database of its own, so that change data capture does not read it. Not thread-safe.
 */
public final class AppendBaseline implements AutoCloseable {
  private static final String DATABASE = "xalesin_bench";
  private static final int MAX_CONNECTIONS = 128;
  private static final Duration SLACK = Duration.ofSeconds(60);

  private static final String TABLE =
      """
      create table if not exists events (
        tenant text not null, stream text not null, version bigint not null check (version > 0),
        id uuid not null, type text not null, schema_version int not null, data json not null,
        recorded_at timestamptz not null, actor text not null,
        correlation_id text not null, causation_id text, traceparent text,
        client_address text,
        transaction_id xid8 not null default pg_current_xact_id(),
        primary key (tenant, stream, version))""";

  private static final String INSERT =
      """
      insert into events (tenant, stream, version, id, type, schema_version, data, recorded_at,
        actor, correlation_id) values (?, ?, ?, ?, ?, 1, ?::json, now(), 'bench', ?)""";

  private static final String EVENT =
      """
      {"location":"main","quantity":"5","unitCost":{"amount":"2.5","currency":"EUR"},\
      "averageCost":{"amount":"2.512345","currency":"EUR"}}""";

  private final String admin;
  private final String scratch;

  /**
   * @param jdbcUrl of the server, with user and password, on a loopback address
   */
  public AppendBaseline(String jdbcUrl) throws SQLException {
    Address address = Address.of(jdbcUrl);
    LoadClient.loopback(address.host());
    admin = jdbcUrl;
    scratch = address.withDatabase(DATABASE);
    try (Connection connection = DriverManager.getConnection(admin)) {
      drop(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("create database " + DATABASE);
      }
    }
  }

  /** The parts of a JDBC address of PostgreSQL with one host. */
  record Address(String host, String beforeDatabase, String afterDatabase) {
    private static final String PREFIX = "jdbc:postgresql://";

    static Address of(String jdbcUrl) {
      int slash = jdbcUrl.indexOf('/', PREFIX.length());
      if (!jdbcUrl.startsWith(PREFIX) || slash < 0) {
        throw new IllegalArgumentException("not an address like " + PREFIX + "127.0.0.1:5433/x");
      }
      String authority = jdbcUrl.substring(PREFIX.length(), slash);
      int colon = authority.lastIndexOf(':');
      int question = jdbcUrl.indexOf('?', slash);
      return new Address(
          colon < 0 ? authority : authority.substring(0, colon),
          jdbcUrl.substring(0, slash + 1),
          question < 0 ? "" : jdbcUrl.substring(question));
    }

    String withDatabase(String database) {
      return beforeDatabase + database + afterDatabase;
    }
  }

  /** Rows appended per second from so many connections at once. */
  public double run(int connections, Duration duration) throws SQLException, InterruptedException {
    if (connections < 1 || connections > MAX_CONNECTIONS) {
      throw new IllegalArgumentException("between 1 and " + MAX_CONNECTIONS + " connections");
    }
    List<Connection> opened = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        Properties properties = new Properties();
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("binaryTransfer", "true");
        opened.add(DriverManager.getConnection(scratch, properties));
      }
      prepare(opened.getFirst());
      return append(opened, duration);
    } finally {
      for (Connection connection : opened) {
        connection.close();
      }
    }
  }

  private static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      statement.execute("truncate events");
      try (ResultSet durable = statement.executeQuery("show synchronous_commit")) {
        if (!durable.next() || !durable.getString(1).equals("on")) {
          throw new SQLException("synchronous_commit is not on");
        }
      }
    }
  }

  private static double append(List<Connection> connections, Duration duration)
      throws SQLException, InterruptedException {
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    List<FutureTask<Long>> clients = new ArrayList<>();
    for (Connection connection : connections) {
      Callable<Long> client = () -> appendUntil(connection, end);
      FutureTask<Long> task = new FutureTask<>(client);
      clients.add(task);
      Thread.ofPlatform().daemon(true).name("append-baseline").start(task);
    }
    long rows = 0;
    for (FutureTask<Long> client : clients) {
      try {
        rows += client.get(duration.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw new SQLException("the baseline failed: " + e.getCause(), e);
      } catch (TimeoutException e) {
        throw new SQLException("the baseline did not end in time", e);
      }
    }
    return rows / (duration.toNanos() / 1e9);
  }

  private static long appendUntil(Connection connection, long end) throws SQLException {
    long rows = 0;
    String stream = "inventory-items/" + UUID.randomUUID();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      while (System.nanoTime() - end < 0) {
        UUID id = UUID.randomUUID();
        insert.setString(1, "bench-01");
        insert.setString(2, stream);
        insert.setLong(3, rows + 1);
        insert.setObject(4, id);
        insert.setString(5, "inventory-items.stock-received");
        insert.setString(6, EVENT);
        insert.setString(7, id.toString());
        insert.executeUpdate();
        rows++;
      }
    }
    return rows;
  }

  private static void drop(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + DATABASE + " with (force)");
    }
  }

  @Override
  public void close() throws SQLException {
    try (Connection connection = DriverManager.getConnection(admin)) {
      drop(connection);
    }
  }
}
