package xalesin.projection.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import xalesin.schemas.Topics;

/**
 * Where the log ends, with what is not committed yet: a transaction that its writer has been told
 * is committed may not have its marks in the log until a moment later, and readers of what is
 * committed do not see it before. Stateless.
 */
public final class LogEnds {
  private static final Duration MAX = Duration.ofSeconds(30);

  private LogEnds() {}

  /**
   * The offset behind the last record of each partition.
   *
   * @throws IllegalStateException when Kafka does not answer in time
   */
  public static Map<Integer, Long> read(String bootstrapServers) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
      asked.put(new TopicPartition(Topics.EVENTS, partition), OffsetSpec.latest());
    }
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) MAX.toMillis());
    try (Admin admin = Admin.create(config)) {
      Map<Integer, Long> ends = new HashMap<>();
      admin
          .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
          .all()
          .get(MAX.toMillis(), TimeUnit.MILLISECONDS)
          .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
      return ends;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka does not say where the log ends", e);
    }
  }
}
