package xalesin.bench.past;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import xalesin.bench.inventory.Uuid7;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;

/**
 * The table of a server under measurement to which its command service appends, written to directly
 * and in the same form. What the command service keeps beside the events (who holds a SKU, the last
 * number of a series) is left out, so nothing can be commanded of what is written here. Not
 * thread-safe.
 */
public final class EventTable implements AutoCloseable {
  private static final String COPY =
      """
      copy xalesin.events (tenant, stream, version, id, type, schema_version, data, recorded_at,
        actor, correlation_id) from stdin""";

  private final Connection connection;
  private final CopyManager copies;
  private final SplittableRandom random;

  /**
   * @param jdbcUrl with user and password
   */
  public EventTable(String jdbcUrl, long seed) throws SQLException {
    connection = DriverManager.getConnection(jdbcUrl);
    copies = connection.unwrap(PGConnection.class).getCopyAPI();
    random = new SplittableRandom(seed);
  }

  /** Appends the events in their order, in one transaction. */
  void append(String tenant, List<Happening> happenings) throws SQLException, IOException {
    StringBuilder lines = new StringBuilder(happenings.size() * 1_024);
    for (Happening each : happenings) {
      line(lines, tenant, each);
    }
    long written = copies.copyIn(COPY, new ByteArrayInputStream(lines.toString().getBytes(UTF_8)));
    if (written != happenings.size()) {
      throw new SQLException(written + " events were written of " + happenings.size());
    }
  }

  private void line(StringBuilder lines, String tenant, Happening happening) {
    UUID id = Uuid7.of(happening.at().toEpochMilli(), random);
    EventTypes.Type type = EventTypes.of(happening.event());
    lines.append(tenant).append('\t').append(happening.stream());
    lines.append('\t').append(happening.version()).append('\t').append(id);
    lines.append('\t').append(type.name()).append('\t').append(type.schemaVersion()).append('\t');
    // JSON has its control characters escaped; only the backslash means something to COPY too.
    lines.append(new String(Json.write(happening.event()), UTF_8).replace("\\", "\\\\"));
    lines.append('\t').append(happening.at()).append('\t').append(happening.actor());
    lines.append('\t').append(id).append('\n');
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
