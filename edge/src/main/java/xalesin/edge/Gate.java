package xalesin.edge;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import xalesin.edge.limits.ClientAddress;
import xalesin.edge.limits.LimitsConfig;
import xalesin.edge.limits.PolicyFile;
import xalesin.edge.limits.RateLimiter;
import xalesin.edge.limits.TrustedProxies;
import xalesin.edge.limits.Verdict;
import xalesin.edge.limits.WorkQueue;
import xalesin.edge.limits.WorkQueues;

/**
 * Lets in whom the limits let in, and as many as there are places to work. Asked before a body is
 * read. Thread-safe.
 */
final class Gate implements AutoCloseable {
  private final @Nullable RateLimiter limiter;
  private final @Nullable PolicyFile file;
  private final TrustedProxies proxies;
  private final WorkQueues work;
  private final UnsentAnswers unsent;

  /**
   * @param nanoClock of the limits, as {@link System#nanoTime}
   */
  Gate(HttpDoorConfig config, LongSupplier nanoClock, MeterRegistry registry) {
    LimitsConfig limits = config.limits();
    limiter = limits.enabled() ? new RateLimiter(limits, nanoClock, registry) : null;
    file =
        limiter == null || limits.file() == null
            ? null
            : PolicyFile.watch(limits.file(), limits.policies(), limiter, registry);
    proxies = TrustedProxies.of(limits.trustedProxies());
    work = new WorkQueues(config.work(), registry);
    unsent = new UnsentAnswers(config.maxBodiesInFlightBytes(), config.bodyTimeout(), registry);
  }

  /** Charges a request with a good token; throws the 429 problem. */
  void charge(HttpServletResponse response, RouteClass routeClass, Caller caller) {
    if (limiter != null) {
      tell(response, limiter.charge(routeClass, caller.tenant(), caller.user()));
    }
  }

  /** Charges what comes after the answer has begun; throws the 429 problem. */
  void charge(RouteClass routeClass, Caller caller) {
    if (limiter != null) {
      refuse(limiter.charge(routeClass, caller.tenant(), caller.user()));
    }
  }

  /**
   * Charges one more piece of work of a request, and waits while the limits do not allow it; throws
   * the 429 problem when they have not within the patience.
   */
  void chargeInTime(
      RouteClass routeClass, Caller caller, Duration patience, Exchange.BeforeWaiting beforeWaiting)
      throws IOException, InterruptedException {
    if (limiter == null) {
      return;
    }
    Verdict.Refusal refusal = limiter.charge(routeClass, caller.tenant(), caller.user()).refusal();
    if (refusal == null) {
      return;
    }
    beforeWaiting.run();
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (refusal != null) {
      long leftNanos = deadlineNanos - System.nanoTime();
      if (leftNanos <= 0) {
        throw Problems.limited(refusal.detail(), refusal.retryAfterSeconds());
      }
      Thread.sleep(Duration.ofNanos(Math.min(refusal.waitNanos(), leftNanos)));
      refusal = limiter.charge(routeClass, caller.tenant(), caller.user()).refusal();
    }
  }

  /** Charges a request without a good token to its client's address; throws the 429 problem. */
  void chargeAddress(HttpServletRequest request, HttpServletResponse response) {
    if (limiter != null) {
      tell(response, limiter.charge(ClientAddress.of(clientOf(request))));
    }
  }

  /** Where the request comes from, behind the proxies that are trusted. */
  InetAddress clientOf(HttpServletRequest request) {
    return proxies.clientOf(request.getRemoteAddr(), request.getHeaders("X-Forwarded-For"));
  }

  private static void tell(HttpServletResponse response, Verdict verdict) {
    LimitHeaders.put(response, verdict);
    refuse(verdict);
  }

  private static void refuse(Verdict verdict) {
    Verdict.Refusal refusal = verdict.refusal();
    if (refusal != null) {
      throw Problems.limited(refusal.detail(), refusal.retryAfterSeconds());
    }
  }

  /**
   * A place to work, to be closed; throws the 503 problem when there is none in time, or when too
   * much of what was worked on is not taken.
   */
  WorkQueue.Place enter(RouteClass routeClass, Caller caller) throws InterruptedException {
    WorkQueue.Place place = work.enter(routeClass, caller.tenant());
    if (place == null) {
      throw Problems.overloaded();
    }
    // Asked after the wait, so that it may be exceeded by those at work, not by those who wait too.
    if (!unsent.haveRoomFor(caller.tenant())) {
      place.close();
      throw Problems.notTaken();
    }
    return place;
  }

  UnsentAnswers unsent() {
    return unsent;
  }

  @Override
  public void close() {
    unsent.close();
    if (file != null) {
      file.close();
    }
  }
}
