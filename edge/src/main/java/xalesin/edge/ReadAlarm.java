package xalesin.edge;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a blocking read of this thread, by an interrupt, when its time is over. What is interrupted
 * is the read alone: after {@link #close} nothing of it is left on the thread.
 */
final class ReadAlarm implements AutoCloseable {
  private final Thread reader = Thread.currentThread();
  private final ScheduledFuture<?> alarm;
  private boolean over;
  private boolean rung;

  ReadAlarm(long nanos) {
    alarm = ForkJoinPool.commonPool().schedule(this::ring, nanos, TimeUnit.NANOSECONDS);
  }

  private synchronized void ring() {
    if (!over) {
      rung = true;
      reader.interrupt();
    }
  }

  synchronized boolean rung() {
    return rung;
  }

  @Override
  public void close() {
    alarm.cancel(false);
    synchronized (this) {
      over = true;
      if (rung) {
        Thread.interrupted();
      }
    }
  }
}
