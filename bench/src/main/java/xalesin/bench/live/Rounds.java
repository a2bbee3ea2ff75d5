package xalesin.bench.live;

import java.time.Duration;

/** Counts the frames of connections that are all sent the same. Thread-safe. */
public final class Rounds {
  private final int connections;
  private long frames;

  /**
   * @param connections that each get a frame in each round
   */
  public Rounds(int connections) {
    this.connections = connections;
  }

  synchronized void frame() {
    frames++;
    if (frames % connections == 0) {
      notifyAll();
    }
  }

  /** Waits until so many rounds have arrived everywhere; false when time is up before. */
  public synchronized boolean await(long rounds, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (frames < rounds * connections) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(Math.max(1, left / 1_000_000));
    }
    return true;
  }
}
