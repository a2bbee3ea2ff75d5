package xalesin.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import xalesin.command.decision.Books.Recorded;
import xalesin.command.store.StoreConfig;
import xalesin.embedded.Database;
import xalesin.schemas.EventTypes;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;

/**
 * The events of a database in the order in which their transactions were committed: that of the
 * WAL, as capture has it. Ids of transactions and times of events are given before the commit and
 * tell another order.
 */
public final class CommitOrder implements AutoCloseable {
  private static final String SLOT = "commit_order";

  /**
   * Each transaction's first message: the letter B, where and when it was committed in eight bytes
   * each, and the lower half of its id.
   */
  private static final String EVENTS =
      """
      with message as (
        select * from pg_logical_slot_peek_binary_changes(
          '%s', null, null, 'proto_version', '1', 'publication_names', '%s')
          with ordinality as message (lsn, xid, data, place)),
      committed as (
        select place, ('x' || encode(substr(data, 18, 4), 'hex'))::bit(32)::int8 as id
        from message where get_byte(data, 0) = ascii('B'))
      select committed.place, event.*
      from committed
      join xalesin.events as event
        on committed.id = event.transaction_id::text::int8 & ((1::int8 << 32) - 1)
      where event.tenant = ?
      order by committed.place, event.stream, event.version
      """
          .formatted(SLOT, StoreConfig.PUBLICATION);

  private final Database database;

  /** Watches from now on. */
  public CommitOrder(Database database) {
    this.database = database;
    new Log(database)
        .execute("select pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
  }

  /** What has happened since in the tenant, by transaction; see {@link #committed}. */
  List<List<Recorded>> transactions(String tenant) {
    return committed(tenant).stream()
        .map(transaction -> transaction.stream().map(CommitOrder::happened).toList())
        .toList();
  }

  private static Recorded happened(RecordedEvent event) {
    return new Recorded(StreamName.parse(event.stream()), EventTypes.read(event));
  }

  /**
   * As the log keeps it. Of what was committed together, the events of a stream are in order, and
   * the streams in that of their names, which means nothing.
   */
  public List<List<RecordedEvent>> committed(String tenant) {
    try (Connection connection = database.connect();
        PreparedStatement select = connection.prepareStatement(EVENTS)) {
      select.setString(1, tenant);
      SortedMap<Long, List<RecordedEvent>> transactions = new TreeMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          transactions
              .computeIfAbsent(row.getLong("place"), _ -> new ArrayList<>())
              .add(recorded(row));
        }
      }
      return List.copyOf(transactions.values());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RecordedEvent recorded(ResultSet row) throws SQLException {
    return new RecordedEvent(
        row.getObject("id", UUID.class),
        row.getString("tenant"),
        row.getString("stream"),
        row.getLong("version"),
        row.getString("type"),
        row.getInt("schema_version"),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        row.getString("correlation_id"),
        row.getString("causation_id"),
        row.getString("traceparent"),
        row.getString("client_address"),
        row.getString("data").getBytes(UTF_8));
  }

  @Override
  public void close() {
    new Log(database).execute("select pg_drop_replication_slot('" + SLOT + "')");
  }
}
