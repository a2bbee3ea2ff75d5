package xalesin.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import xalesin.schemas.RecordedEvent;

/**
 * A slot made in place of one that was lost, and the table as it was at that moment: Postgres
 * exports the snapshot of the slot's beginning, so that what the snapshot sees is exactly what the
 * slot will never deliver. Writers are not held up. Not thread-safe.
 */
final class NewSlot implements AutoCloseable {
  /** The longest answer to one question: a sort of everything that is missing. */
  private static final Duration LONGEST_CALL = Duration.ofHours(1);

  private static final int FETCH = 1_000;

  private static final String COLUMNS =
      "e.id, e.tenant, e.stream, e.version, e.type, e.schema_version, e.recorded_at, e.actor, "
          + "e.correlation_id, e.causation_id, e.traceparent, e.client_address, e.data::text, e.transaction_id::text";

  private final Connection connection;

  private NewSlot(Connection connection) {
    this.connection = connection;
  }

  /** Drops the slot where there still is one, and makes it anew. */
  static NewSlot make(CdcConfig config) throws SQLException {
    drop(config);
    try (Connection replication = DriverManager.getConnection(url(config), replicating(config));
        Statement statement = replication.createStatement();
        ResultSet made =
            statement.executeQuery(
                "CREATE_REPLICATION_SLOT %s LOGICAL %s EXPORT_SNAPSHOT"
                    .formatted(config.slot(), SlotGuard.PLUGIN))) {
      if (!made.next()) {
        throw new SQLException("no answer about the new slot " + config.slot());
      }
      // The snapshot is there for as long as its connection does nothing else.
      return new NewSlot(snapshot(config, made.getString("snapshot_name")));
    }
  }

  private static void drop(CdcConfig config) throws SQLException {
    try (Connection plain = DriverManager.getConnection(url(config), login(config));
        PreparedStatement drop =
            plain.prepareStatement(
                "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ?")) {
      drop.setString(1, config.slot());
      drop.execute();
    }
  }

  private static Connection snapshot(CdcConfig config, String name) throws SQLException {
    Connection connection = DriverManager.getConnection(url(config), login(config));
    try {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set transaction snapshot '" + name + "'");
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static String url(CdcConfig config) {
    return config.postgres().jdbcUrl();
  }

  private static Properties login(CdcConfig config) {
    Properties login = new Properties();
    login.setProperty("user", config.postgres().user());
    login.setProperty("password", config.postgres().password());
    login.setProperty("ApplicationName", "xalesin-cdc-refill");
    login.setProperty("socketTimeout", Long.toString(LONGEST_CALL.toSeconds()));
    return login;
  }

  private static Properties replicating(CdcConfig config) {
    Properties login = login(config);
    login.setProperty("replication", "database");
    login.setProperty("assumeMinServerVersion", "17");
    login.setProperty("preferQueryMode", "simple");
    return login;
  }

  /** A stream, and its newest version. */
  interface Heads {
    void take(StreamKey stream, long version);
  }

  /** Every stream of the table. */
  void heads(Heads heads) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select tenant, stream, max(version) from xalesin.events group by tenant, stream")) {
      select.setFetchSize(FETCH);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          heads.take(new StreamKey(row.getString(1), row.getString(2)), row.getLong(3));
        }
      }
    }
  }

  /** An event and what was committed together with it has the same transaction. */
  interface Missing {
    void take(String transaction, RecordedEvent event) throws SQLException;
  }

  /**
   * The events of these streams after the given versions, by transaction.
   *
   * @param after what is not wanted of each stream
   */
  void events(Map<StreamKey, Long> after, Missing missing) throws SQLException {
    List<StreamKey> streams = new ArrayList<>(after.keySet());
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + COLUMNS
                + """
                   from unnest(?::text[], ?::text[], ?::bigint[]) as b(tenant, stream, version)
                   join xalesin.events e
                     on e.tenant = b.tenant and e.stream = b.stream and e.version > b.version
                  order by e.transaction_id, e.tenant, e.stream, e.version
                  """)) {
      select.setArray(1, array("text", streams.stream().map(StreamKey::tenant).toArray()));
      select.setArray(2, array("text", streams.stream().map(StreamKey::stream).toArray()));
      select.setArray(3, array("bigint", streams.stream().map(after::get).toArray()));
      select.setFetchSize(FETCH);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          missing.take(row.getString(14), event(row));
        }
      }
    }
  }

  private java.sql.Array array(String type, Object[] values) throws SQLException {
    return connection.createArrayOf(type, values);
  }

  private static RecordedEvent event(ResultSet row) throws SQLException {
    return new RecordedEvent(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        row.getInt(6),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(13).getBytes(UTF_8));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
