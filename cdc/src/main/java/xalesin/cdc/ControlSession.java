package xalesin.cdc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plain SQL session beside the replication stream: leadership, inspection of the slot, the
 * heartbeat. Leadership is a session advisory lock, and Postgres itself ends the session when it
 * has been silent for the lease (idle_session_timeout), so a process that stands still loses its
 * place without anybody's help. Whoever finds the session broken is not the leader any more.
 *
 * <p>Not thread-safe: one thread owns it. Every call is bounded by some leases.
 */
final class ControlSession implements AutoCloseable {
  /** First half of the advisory lock's key: "cdc" in ASCII; the second is the slot's hash. */
  private static final int LOCK_SPACE = 0x636463;

  /** A call may outlast the lease: Postgres counts only silence between calls. */
  private static final int CALL_LEASES = 3;

  private static final String INSPECT =
      """
      select (select system_identifier from pg_control_system())::text as system_identifier,
             ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int as timeline,
             pg_current_wal_lsn()::text as current_lsn,
             s.slot_name is not null as present,
             coalesce(s.plugin, '') as plugin,
             coalesce(s.database = current_database(), false) as own_database,
             coalesce(s.wal_status, '') as wal_status,
             to_jsonb(s) ->> 'invalidation_reason' as invalidation_reason,
             s.confirmed_flush_lsn::text as confirmed,
             coalesce(s.active_pid, 0) as active_pid
        from (select 1) one left join pg_replication_slots s on s.slot_name = ?
      """;

  private static final Logger LOG = LoggerFactory.getLogger(ControlSession.class);

  private final Connection connection;
  private final String slot;
  private final PreparedStatement inspect;

  private ControlSession(Connection connection, String slot) throws SQLException {
    this.connection = connection;
    this.slot = slot;
    this.inspect = connection.prepareStatement(INSPECT);
  }

  static ControlSession open(CdcConfig config) throws SQLException {
    Duration lease = config.limits().lease();
    Duration patience = lease.multipliedBy(CALL_LEASES);
    Properties properties = new Properties();
    properties.setProperty("user", config.postgres().user());
    properties.setProperty("password", config.postgres().password());
    properties.setProperty("ApplicationName", "xalesin-cdc");
    properties.setProperty("connectTimeout", seconds(patience));
    properties.setProperty("socketTimeout", seconds(patience));
    properties.setProperty("options", "-c statement_timeout=" + patience.toMillis());
    Connection connection = DriverManager.getConnection(config.postgres().jdbcUrl(), properties);
    ControlSession session = new ControlSession(connection, config.slot());
    session.allowSilence(lease);
    return session;
  }

  /** True when this session now leads; false while another one does. */
  boolean tryLead() throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_try_advisory_lock(?, hashtext(?))")) {
      lock.setInt(1, LOCK_SPACE);
      lock.setString(2, slot);
      try (ResultSet row = lock.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** From now on Postgres ends the session when it has been silent for so long. */
  void allowSilence(Duration silence) throws SQLException {
    execute("set idle_session_timeout = " + silence.toMillis());
  }

  /** Also the sign of life that keeps the lease. */
  SlotState inspect() throws SQLException {
    inspect.setString(1, slot);
    try (ResultSet row = inspect.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("no answer about slot " + slot);
      }
      return new SlotState(
          new SlotIdentity(row.getString("system_identifier"), row.getLong("timeline"), slot),
          row.getBoolean("present"),
          Lsn.parse(row.getString("current_lsn")),
          row.getString("plugin"),
          row.getBoolean("own_database"),
          row.getString("wal_status"),
          row.getString("invalidation_reason"),
          lsnOrNull(row.getString("confirmed")),
          row.getInt("active_pid"));
    }
  }

  /**
   * Gives the slot a transaction to pass on: an empty message in the WAL, no table. Without it the
   * slot of an idle database would hold on to the WAL of all the others.
   */
  void beat() throws SQLException {
    execute("select pg_logical_emit_message(true, 'xalesin.cdc', 'heartbeat')");
  }

  /**
   * Creates the slot, with writers to the event table shut out, if the table is empty.
   *
   * @return false when there are events, which the new slot would never deliver
   */
  boolean createSlotIfNoEvents() throws SQLException {
    connection.setAutoCommit(false);
    try {
      execute("lock table xalesin.events in share mode");
      if (exists("select 1 from xalesin.events")) {
        return false;
      }
      try (PreparedStatement create =
          connection.prepareStatement("select pg_create_logical_replication_slot(?, 'pgoutput')")) {
        create.setString(1, slot);
        create.execute();
      }
      connection.commit();
      return true;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /**
   * Whether the table has events that were committed before the slot existed. A transaction below
   * the slot's catalog_xmin was over when the slot was made.
   */
  boolean hasEventsOlderThanSlot() throws SQLException {
    return exists(
        """
        select 1 from xalesin.events e, pg_replication_slots s
         where s.slot_name = '%s' and s.catalog_xmin is not null
           and e.transaction_id < (
             -- The slot's 32-bit xid widened with the epoch of the current one.
             select (case when x.now & 4294967295 >= s.catalog_xmin::text::bigint then x.now >> 32
                          else (x.now >> 32) - 1 end << 32 | s.catalog_xmin::text::bigint)::text::xid8
               from (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as now) x)
        """
            .formatted(slot));
  }

  /** Ends the backend that holds the slot: the leader knows that it belongs to a zombie. */
  void terminate(int pid) throws SQLException {
    execute("select pg_terminate_backend(" + pid + ")");
  }

  private boolean exists(String query) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("select exists (" + query + ")");
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  private static @Nullable Lsn lsnOrNull(@Nullable String text) {
    return text == null ? null : Lsn.parse(text);
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The lock goes with the session, however it ends.
      LOG.debug("the control session did not close cleanly", e);
    }
  }
}
