package xalesin.cdc;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.RecordedEvent;

/**
 * The writing end of the events topic: Kafka transactions of events and the position that they
 * reach. Opening it fences every earlier writer of the same slot; from then on their transactions
 * are aborted or complete, never pending.
 *
 * <p>Not thread-safe. Events of a tenant keep the order in which they were sent. After any
 * exception the log must be closed and opened anew: the outcome of a commit that failed is known
 * only by reading the position again.
 */
final class EventLog implements AutoCloseable {
  /** Whoever closes has committed or aborted; what is left is not worth waiting for. */
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private static final int LINGER_MILLIS = 20;

  /** Room for a whole Debezium batch of one tenant. */
  private static final int BATCH_BYTES = 512 * 1024;

  private final Producer<String, byte[]> producer;
  private final String eventsTopic;
  private final String offsetsTopic;
  private boolean open;

  private EventLog(Producer<String, byte[]> producer, CdcConfig config) {
    this.producer = producer;
    this.eventsTopic = config.events().name();
    this.offsetsTopic = config.offsets().name();
  }

  /** Connects and fences. */
  static EventLog open(CdcConfig config) {
    KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            producerSettings(config), new StringSerializer(), new ByteArraySerializer());
    EventLog log = new EventLog(producer, config);
    try {
      producer.initTransactions();
      return log;
    } catch (RuntimeException e) {
      log.close();
      throw translate(e);
    }
  }

  private static Properties producerSettings(CdcConfig config) {
    int timeoutMillis = Math.toIntExact(config.limits().kafka().toMillis());
    Properties p = new Properties();
    p.putAll(config.kafka().client());
    p.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    p.put(ProducerConfig.CLIENT_ID_CONFIG, config.transactionalId());
    p.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.transactionalId());
    p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    p.put(ProducerConfig.ACKS_CONFIG, "all");
    // The commit flushes, so lingering delays nothing: it keeps the sender from running off with
    // the
    // first event while the others of the transaction are still on their way to the buffer.
    p.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    p.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    // One request at a time: a second one would overtake a first that has to ask again.
    p.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    p.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMillis);
    p.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMillis);
    p.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis / 2);
    p.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Math.toIntExact(config.limits().transaction().toMillis()));
    // A transaction right after another is refused until the markers of the first are written,
    // about a millisecond: ask again soon.
    p.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 1);
    p.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 200);
    p.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    return p;
  }

  /** Adds an event to the transaction, beginning one if none is open. */
  void send(RecordedEvent event) {
    begin();
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(eventsTopic, event.tenant(), event.data());
    List<CloudEvents.Header> headers = CloudEvents.headers(event);
    for (CloudEvents.Header header : headers) {
      record.headers().add(header.name(), header.value());
    }
    send(record);
  }

  /** Ends the transaction with the position it reaches; returns when readers will see all of it. */
  void commit(Position position) {
    begin();
    send(new ProducerRecord<>(offsetsTopic, position.identity().slot(), position.toJson()));
    try {
      producer.commitTransaction();
      open = false;
    } catch (RuntimeException e) {
      throw translate(e);
    }
  }

  /** Takes back what the open transaction holds; does nothing without one. */
  void abort() {
    if (!open) {
      return;
    }
    try {
      producer.abortTransaction();
      open = false;
    } catch (RuntimeException e) {
      throw translate(e);
    }
  }

  private void begin() {
    if (open) {
      return;
    }
    try {
      producer.beginTransaction();
      open = true;
    } catch (RuntimeException e) {
      throw translate(e);
    }
  }

  /** A send that fails later fails the commit: its outcome need not be kept. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(ProducerRecord<String, byte[]> record) {
    try {
      producer.send(record);
    } catch (RuntimeException e) {
      throw translate(e);
    }
  }

  /** Being fenced is told apart from everything else, however deep Kafka wraps it. */
  private static RuntimeException translate(RuntimeException e) {
    for (@Nullable Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof ProducerFencedException || t instanceof InvalidProducerEpochException) {
        return new FencedException("another process publishes for this slot now", e);
      }
    }
    return e instanceof KafkaException
        ? new StreamEndedException("Kafka did not take the events: " + e.getMessage(), e)
        : e;
  }

  /** Settings of the other Kafka clients of this slot: readers and administration. */
  static Map<String, Object> clientSettings(CdcConfig config) {
    Map<String, Object> settings = new HashMap<>(config.kafka().client());
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, config.transactionalId() + "-reader");
    return settings;
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
