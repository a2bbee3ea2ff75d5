package xalesin.edge.limits;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.edge.Bodies;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;

/**
 * Policies in a file, looked at every second: whoever may write it may change them while the
 * program runs. One that cannot be used stops a start; later it is refused with a line in the log
 * that names the field, and what held before stays; so it does when the file has gone, which may be
 * half of a replacement. Until there is a file the settings hold.
 */
public final class PolicyFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyFile.class);
  private static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private final Policies settings;
  private final Consumer<Policies> use;
  private final CountDownLatch closed = new CountDownLatch(1);
  private byte @Nullable [] seen;
  private boolean gone;
  private volatile @Nullable String refused;

  private PolicyFile(Path file, Policies settings, Consumer<Policies> use) {
    this.file = file;
    this.settings = settings;
    this.use = use;
  }

  /**
   * Uses what the file says and what it will say.
   *
   * @throws IllegalArgumentException when it cannot be used now; names the field
   */
  public static PolicyFile watch(
      Path file, Policies settings, RateLimiter limiter, MeterRegistry registry) {
    PolicyFile watched = new PolicyFile(file, settings, limiter::use);
    try {
      watched.apply(watched.bytes());
    } catch (IllegalArgumentException | IOException e) {
      throw new IllegalArgumentException(file + " cannot be used: " + e.getMessage(), e);
    }
    Gauge.builder("http.server.limits.file.refused", watched, w -> w.refused == null ? 0 : 1)
        .description("1 while the policy file is one that cannot be used")
        .register(registry);
    Thread.ofPlatform().daemon().name("limits-file").start(watched::lookOn);
    return watched;
  }

  private void lookOn() {
    try {
      while (!closed.await(LimitsConfig.LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      byte[] now = bytes();
      if (now == null && seen != null) {
        gone = true;
        throw new IllegalStateException("it has gone");
      }
      if (gone || !Arrays.equals(now, seen)) {
        gone = false;
        apply(now);
      }
    } catch (RuntimeException | IOException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(refused)) {
        LOG.error("{} is not used, the policies stay as they were: {}", file, why);
      }
      refused = why;
    }
  }

  private byte @Nullable [] bytes() throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException("it has more than " + MAX_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void apply(byte @Nullable [] now) {
    seen = now;
    use.accept(now == null ? settings : read(now).or(settings));
    refused = null;
    LOG.info("limits as {} {}", file, now == null ? "would have, were it there" : "has them");
  }

  private static Policies read(byte[] json) {
    try {
      return Bodies.read(json, Policies.class);
    } catch (ProblemException e) {
      throw new IllegalArgumentException(describe(e.problem()), e);
    }
  }

  private static String describe(Problem problem) {
    StringBuilder text = new StringBuilder(problem.title());
    if (problem.detail() != null) {
      text.append(": ").append(problem.detail());
    }
    for (Problem.FieldError error : problem.errors()) {
      text.append("; ").append(error.pointer()).append(' ').append(error.detail());
    }
    return text.toString();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
