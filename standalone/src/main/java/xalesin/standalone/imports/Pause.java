package xalesin.standalone.imports;

import java.time.Duration;

/** Waits before a retry. */
@FunctionalInterface
public interface Pause {
  Pause SLEEP = Thread::sleep;

  void pause(Duration duration) throws InterruptedException;
}
