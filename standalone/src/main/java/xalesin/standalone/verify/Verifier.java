package xalesin.standalone.verify;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import xalesin.schemas.Topics;

/**
 * Reconciles the event table, the topic and the views of an installation, which may be running and
 * taking commands meanwhile. Reads only. Every wait is bounded: a part that stands still for longer
 * than the patience counts as missing what it lacks.
 */
public final class Verifier {
  private final String jdbcUrl;
  private final String bootstrapServers;
  private final URI api;
  private final Function<String, String> tokens;
  private final Duration patience;

  /**
   * @param jdbcUrl the event store, with user and password
   * @param bootstrapServers Kafka
   * @param api the base address of the read API
   * @param tokens gives a viewer's token for a tenant
   * @param patience how long the topic or the views may stand still, or say "not now"
   */
  public Verifier(
      String jdbcUrl,
      String bootstrapServers,
      URI api,
      Function<String, String> tokens,
      Duration patience) {
    this.jdbcUrl = jdbcUrl;
    this.bootstrapServers = bootstrapServers;
    this.api = api;
    this.tokens = tokens;
    this.patience = patience;
  }

  /**
   * @param tenants how many tenants there are
   * @param events in the table when the check began
   * @param records in the topic
   * @param rows that were compared
   */
  public record Report(
      long tenants, long events, long records, long rows, Differences differences) {
    public boolean isClean() {
      return differences.count() == 0;
    }
  }

  public Report verify() throws SQLException, IOException, InterruptedException {
    Differences differences = new Differences();
    try (Connection frozen = DriverManager.getConnection(jdbcUrl);
        Connection current = DriverManager.getConnection(jdbcUrl);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        ReadApi reads = new ReadApi(api, tokens, patience)) {
      readOnly(frozen, Connection.TRANSACTION_REPEATABLE_READ);
      readOnly(current, Connection.TRANSACTION_READ_COMMITTED);
      EventTable snapshot = new EventTable(frozen);
      EventTable newest = new EventTable(current);
      List<EventTable.Tenant> tenants = snapshot.tenants();
      long records = 0;
      TopicCheck topic = new TopicCheck(snapshot, newest, consumer, differences, patience);
      for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
        records += topic.check(partition, inPartition(tenants, partition));
      }
      long rows = 0;
      ViewsCheck views = new ViewsCheck(snapshot, newest, reads, differences, patience);
      for (EventTable.Tenant tenant : tenants) {
        rows += views.check(tenant);
      }
      long events = tenants.stream().mapToLong(EventTable.Tenant::events).sum();
      return new Report(tenants.size(), events, records, rows, differences);
    }
  }

  /** Without auto-commit, so that rows are fetched some at a time. */
  private static void readOnly(Connection connection, int isolation) throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(isolation);
    connection.setAutoCommit(false);
  }

  private static List<EventTable.Tenant> inPartition(
      List<EventTable.Tenant> tenants, int partition) {
    return tenants.stream()
        .filter(tenant -> Topics.partitionOf(tenant.name()) == partition)
        .toList();
  }
}
