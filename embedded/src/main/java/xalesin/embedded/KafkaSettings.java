package xalesin.embedded;

import java.util.Map;
import java.util.TreeMap;

/** The broker settings of a single small node, for the built-in broker and for the container. */
final class KafkaSettings {
  private static final int MEBIBYTE = 1 << 20;

  /** Segments of the topics that Kafka keeps for itself: small, so that they compact soon. */
  private static final int INTERNAL_SEGMENT_BYTES = 4 * MEBIBYTE;

  /**
   * Segments of all other topics: what a recovery after a kill has to read again, per partition.
   * The cleaner must be able to note every key of one segment at 24 bytes each in {@link
   * #CLEANER_BYTES}: records of 53 bytes and more fit. A topic that raises its {@code
   * segment.bytes} above this may stop being compacted.
   */
  private static final int SEGMENT_BYTES = 32 * MEBIBYTE;

  private static final int CLEANER_BYTES = 16 * MEBIBYTE;

  private KafkaSettings() {}

  static Map<String, String> singleNode() {
    Map<String, String> all = new TreeMap<>();
    oneReplica(all);
    lowLatency(all);
    smallFootprint(all);
    return all;
  }

  private static void oneReplica(Map<String, String> all) {
    for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      all.put(topic + ".num.partitions", "4");
      all.put(topic + ".replication.factor", "1");
      all.put(topic + ".segment.bytes", Integer.toString(INTERNAL_SEGMENT_BYTES));
    }
    all.put("transaction.state.log.min.isr", "1");
    all.put("share.coordinator.state.topic.num.partitions", "1");
    all.put("share.coordinator.state.topic.replication.factor", "1");
    all.put("share.coordinator.state.topic.min.isr", "1");
    all.put(
        "share.coordinator.state.topic.segment.bytes", Integer.toString(INTERNAL_SEGMENT_BYTES));
    all.put("default.replication.factor", "1");
    all.put("min.insync.replicas", "1");
    all.put("auto.create.topics.enable", "false");
  }

  private static void lowLatency(Map<String, String> all) {
    // A transaction that follows the last one at once finds it still completing. The broker itself
    // asks again, every millisecond, rather than send the producer into its own, longer backoff.
    all.put("add.partitions.to.txn.retry.backoff.ms", "1");
    all.put("add.partitions.to.txn.retry.backoff.max.ms", "1000");
    all.put("group.initial.rebalance.delay.ms", "0");
    // Metadata is written at once; a batch that lingers may wait for somebody else's wake-up.
    all.put("controller.quorum.append.linger.ms", "0");
    // A killed member or producer is missed soon; the clients choose how soon.
    all.put("group.min.session.timeout.ms", "1000");
    all.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
  }

  private static void smallFootprint(Map<String, String> all) {
    all.put("num.network.threads", "2");
    all.put("num.io.threads", "4");
    all.put("background.threads", "2");
    all.put("num.recovery.threads.per.data.dir", "2");
    all.put("group.coordinator.threads", "1");
    all.put("group.coordinator.background.threads", "1");
    all.put("log.segment.bytes", Integer.toString(SEGMENT_BYTES));
    all.put("log.cleaner.threads", "1");
    all.put("log.cleaner.dedupe.buffer.size", Integer.toString(CLEANER_BYTES));
    all.put("log.cleaner.io.buffer.size", Integer.toString(MEBIBYTE / 4));
    all.put("offsets.load.buffer.size", Integer.toString(MEBIBYTE));
    all.put("transaction.state.log.load.buffer.size", Integer.toString(MEBIBYTE));
    // No metadata of an idle broker twice a second, each with its fsync.
    all.put("metadata.max.idle.interval.ms", "0");
    all.put("metadata.log.segment.bytes", Integer.toString(8 * MEBIBYTE));
    all.put("metric.reporters", "");
  }
}
