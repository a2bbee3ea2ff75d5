package xalesin.edge;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends a little, again and again, until it cannot or need not. */
final class Trickle {
  /** Well within any idle time of a test. */
  private static final int EVERY_MILLIS = 50;

  private static final int MOST = 400;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Step step;
  private final AtomicInteger sent = new AtomicInteger();

  interface Step {
    void send() throws IOException;
  }

  private final Thread sender = Thread.ofVirtual().unstarted(this::run);

  private Trickle(Step step) {
    this.step = step;
  }

  static Trickle start(Step step) {
    Trickle trickle = new Trickle(step);
    trickle.sender.start();
    return trickle;
  }

  private void run() {
    try {
      while (sent.get() < MOST && !ended.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        step.send();
        sent.incrementAndGet();
      }
    } catch (IOException | InterruptedException e) {
      // Nobody is there any more.
    }
  }

  /** Whether the other side ended it before all had been sent. */
  boolean wasCutShort() {
    ended.countDown();
    return sent.get() < MOST;
  }

  void endAndWait() throws InterruptedException {
    ended.countDown();
    sender.join();
  }
}
