package xalesin.standalone.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import xalesin.schemas.RecordedEvent;

/**
 * Reads the event table in the order of its primary key, some rows at a time. One connection, one
 * thread.
 */
final class EventTable {
  /** Rows held in memory at a time. */
  private static final int FETCH = 2_000;

  private static final String COLUMNS =
      "id, tenant, stream, version, type, schema_version, recorded_at, actor, correlation_id,"
          + " causation_id, traceparent, client_address, data::text";

  private final Connection connection;

  EventTable(Connection connection) {
    this.connection = connection;
  }

  /** A tenant and how many events it has. */
  record Tenant(String name, long events) {}

  List<Tenant> tenants() throws SQLException {
    List<Tenant> tenants = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select tenant, count(*) from xalesin.events group by tenant order by tenant");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        tenants.add(new Tenant(rows.getString(1), rows.getLong(2)));
      }
    }
    return tenants;
  }

  /** Every event of the tenant, by stream and version. */
  void events(String tenant, Consumer<RecordedEvent> consumer) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + COLUMNS
                + " from xalesin.events where tenant = ? order by stream, version")) {
      select.setString(1, tenant);
      forEach(select, consumer);
    }
  }

  /** Every event of those streams of the tenant, by stream and version. */
  void events(String tenant, Collection<String> streams, Consumer<RecordedEvent> consumer)
      throws SQLException {
    Array names = connection.createArrayOf("text", streams.toArray());
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + COLUMNS
                + " from xalesin.events where tenant = ? and stream = any (?) order by stream, version")) {
      select.setString(1, tenant);
      select.setArray(2, names);
      forEach(select, consumer);
    } finally {
      names.free();
    }
  }

  /** The newest version of a stream, 0 when it has no event. */
  long version(String tenant, String stream) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select coalesce(max(version), 0) from xalesin.events where tenant = ? and stream = ?")) {
      select.setString(1, tenant);
      select.setString(2, stream);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static void forEach(PreparedStatement select, Consumer<RecordedEvent> consumer)
      throws SQLException {
    select.setFetchSize(FETCH);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        consumer.accept(
            new RecordedEvent(
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
                row.getString(13).getBytes(UTF_8)));
      }
    }
  }
}
