package xalesin.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are ready and whose clients have not taken them yet. They take no place to work:
 * a client that reads slowly would keep others from working. What bounds them instead is memory, of
 * all and of each tenant, and time. A request is let in while there is room, and its answer is then
 * sent however large it is: nothing is worked out, or worse, done, and not answered. So beyond the
 * bound there may be as much as requests at work answer. Thread-safe, never blocks.
 */
final class UnsentAnswers implements AutoCloseable {
  /** What is held for an answer besides its bytes: the request, its thread, buffers. */
  static final int EACH_BYTES = 16 << 10;

  private static final long LOOK_EVERY_MILLIS = 1000;

  private final long mostBytes;
  private final long patienceNanos;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong ofRefusals = new AtomicLong();

  /** Only of those who have any. */
  private final Map<String, Long> ofTenants = new ConcurrentHashMap<>();

  private final Set<Sending> underWay = ConcurrentHashMap.newKeySet();
  private final Counter cutOff;
  private final Future<?> looks;

  /**
   * @param mostBytes of all answers; a tenant has half of it, refusals a quarter
   * @param patience within what an answer must be taken
   */
  UnsentAnswers(long mostBytes, Duration patience, MeterRegistry registry) {
    this.mostBytes = mostBytes;
    this.patienceNanos = patience.toNanos();
    Gauge.builder("http.server.answers.unsent", bytes, AtomicLong::get)
        .description("Answers that are not taken yet, with what is held for them")
        .baseUnit("bytes")
        .register(registry);
    this.cutOff =
        Counter.builder("http.server.answers.cut.off")
            .description("Answers that were taken too slowly")
            .register(registry);
    long everyMillis = Math.clamp(patience.toMillis() / 2, 1, LOOK_EVERY_MILLIS);
    this.looks =
        ForkJoinPool.commonPool()
            .scheduleWithFixedDelay(this::look, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
  }

  /**
   * Whether work for a tenant may begin.
   *
   * @param tenant empty for callers without one
   */
  boolean haveRoomFor(String tenant) {
    return bytes.get() < mostBytes && ofTenants.getOrDefault(tenant, 0L) < mostBytes / 2;
  }

  boolean haveRoomForRefusal() {
    return ofRefusals.get() < mostBytes / 4;
  }

  /**
   * An answer of so many bytes, from now until it is closed.
   *
   * @param tenant whose it is; null for a refusal
   */
  Sending begin(ServletContextRequest request, @Nullable String tenant, int answerBytes) {
    Sending sending = new Sending(request, tenant, answerBytes);
    bytes.addAndGet(sending.held);
    if (tenant == null) {
      ofRefusals.addAndGet(sending.held);
    } else {
      ofTenants.merge(tenant, sending.held, Long::sum);
    }
    underWay.add(sending);
    return sending;
  }

  private void look() {
    long now = System.nanoTime();
    for (Sending each : underWay) {
      if (now - each.deadlineNanos > 0) {
        each.cutOff();
      }
    }
  }

  /** Ends the looks; answers under way go on. */
  @Override
  public void close() {
    looks.cancel(false);
  }

  /** One answer that is being sent. */
  final class Sending implements AutoCloseable {
    private final ServletContextRequest request;
    private final @Nullable String tenant;
    private final long held;
    private final long deadlineNanos;
    private boolean isCutOff;

    private Sending(ServletContextRequest request, @Nullable String tenant, int answerBytes) {
      this.request = request;
      this.tenant = tenant;
      this.held = (long) EACH_BYTES + answerBytes;
      this.deadlineNanos = System.nanoTime() + patienceNanos;
    }

    /** Called by one look after the other. */
    private void cutOff() {
      if (isCutOff) {
        // Of HTTP/2: what the whole connection takes is too slow for the stream's end to go out.
        Breaking.connection(request);
        return;
      }
      isCutOff = true;
      cutOff.increment();
      Breaking.off(request);
    }

    @Override
    public void close() {
      underWay.remove(this);
      bytes.addAndGet(-held);
      if (tenant == null) {
        ofRefusals.addAndGet(-held);
      } else {
        ofTenants.computeIfPresent(tenant, (_, of) -> of == held ? null : of - held);
      }
    }
  }
}
