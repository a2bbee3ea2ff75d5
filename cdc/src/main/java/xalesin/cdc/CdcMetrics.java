package xalesin.cdc;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What cdc tells about itself, all under {@code xalesin.cdc}. Thread-safe. */
final class CdcMetrics {
  private final Clock clock;
  private final Counter events;
  private final Counter transactions;
  private final Counter kafkaTransactions;
  private final Counter dropped;
  private final Counter restarts;
  private final DistributionSummary batches;
  private final Timer hop;

  /** After so long without a commit the newest delay says nothing about now. */
  private static final Duration RECENT = Duration.ofSeconds(2);

  private volatile CdcState state = CdcState.STANDBY;
  private volatile Instant lastActive;
  private volatile Instant lastCommit = Instant.EPOCH;
  private volatile Duration lastHop = Duration.ZERO;
  private volatile @Nullable Instant batchSince;
  private volatile long lagBytes;
  private volatile boolean walAtRisk;

  CdcMetrics(MeterRegistry registry, Clock clock) {
    this.clock = clock;
    this.lastActive = clock.instant();
    events = counter(registry, "events", "Events published");
    transactions = counter(registry, "transactions", "Postgres transactions published");
    kafkaTransactions = counter(registry, "kafka.transactions", "Kafka transactions committed");
    dropped = counter(registry, "events.dropped", "Events that came again and were dropped");
    restarts = counter(registry, "restarts", "Times that publishing was built anew");
    batches =
        DistributionSummary.builder("xalesin.cdc.batch")
            .description("Records in a Debezium batch")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    hop =
        Timer.builder("xalesin.cdc.hop")
            .description("From an event's recordedAt to its commit in Kafka, last of a transaction")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofMinutes(1))
            .register(registry);
    Gauge.builder("xalesin.cdc.lag.bytes", () -> lagBytes)
        .description("WAL written but not confirmed as published")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("xalesin.cdc.lag", this::lagMillis)
        .description("Age of the newest published event when it was published; 0 when idle")
        .baseUnit("milliseconds")
        .register(registry);
    Gauge.builder("xalesin.cdc.wal.at.risk", () -> walAtRisk ? 1 : 0)
        .description("1 when Postgres may remove WAL that the slot still needs")
        .register(registry);
    for (CdcState each : CdcState.values()) {
      Gauge.builder("xalesin.cdc.state", () -> state == each ? 1 : 0)
          .description("1 for the state that cdc is in")
          .tag("state", each.label())
          .register(registry);
    }
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("xalesin.cdc." + name).description(description).register(registry);
  }

  void state(CdcState now) {
    if (state == CdcState.ACTIVE) {
      lastActive = clock.instant();
    }
    state = now;
  }

  void restarted() {
    restarts.increment();
  }

  void batchBegins(int records) {
    batches.record(records);
    batchSince = clock.instant();
  }

  void batchEnds() {
    batchSince = null;
  }

  void dropped(long count) {
    dropped.increment((double) count);
  }

  void committed(long postgresTransactions, Position position, @Nullable Instant newestEvent) {
    events.increment((double) position.events());
    transactions.increment((double) postgresTransactions);
    kafkaTransactions.increment();
    if (newestEvent != null) {
      Instant now = clock.instant();
      Duration took = Duration.between(newestEvent, now);
      lastHop = took.isNegative() ? Duration.ZERO : took;
      lastCommit = now;
      hop.record(lastHop);
    }
  }

  void slot(SlotState slot) {
    lagBytes = slot.lagBytes();
    walAtRisk = "unreserved".equals(slot.walStatus());
  }

  private long lagMillis() {
    Instant now = clock.instant();
    return switch (state) {
      case STANDBY, STOPPED -> 0;
      case STARTING, CATCHING_UP, WAITING, FAILED -> Duration.between(lastActive, now).toMillis();
      case ACTIVE -> {
        Instant since = batchSince;
        if (since != null) {
          yield lastHop.plus(Duration.between(since, now)).toMillis();
        }
        boolean recent = Duration.between(lastCommit, now).compareTo(RECENT) < 0;
        yield recent ? lastHop.toMillis() : 0;
      }
    };
  }
}
