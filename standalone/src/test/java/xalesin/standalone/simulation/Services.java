package xalesin.standalone.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import xalesin.command.CommandNode;
import xalesin.command.FaultyProxy;
import xalesin.embedded.Database;

/** Two command services on one database, each of which may be gone at any moment. Thread-safe. */
final class Services implements AutoCloseable {
  private static final int COUNT = 2;

  /** The other writers commit all the time: the moment comes soon, or it is done without it. */
  private static final long MOMENT_SECONDS = 5;

  private final Database database;
  private final AtomicReferenceArray<Running> running = new AtomicReferenceArray<>(COUNT);
  private final List<AutoCloseable> gone = new ArrayList<>();

  private record Running(CommandNode node, FaultyProxy proxy) implements AutoCloseable {
    @Override
    public void close() {
      node.close();
      proxy.close();
    }
  }

  Services(Database database) {
    this.database = database;
    for (int place = 0; place < COUNT; place++) {
      running.set(place, start());
    }
  }

  private Running start() {
    FaultyProxy proxy = new FaultyProxy(database);
    return new Running(new CommandNode(proxy.database()), proxy);
  }

  CommandNode at(int place) {
    return running.get(Math.floorMod(place, COUNT)).node();
  }

  /**
   * One of them is gone in the middle of its work: its connections to the database and to its
   * callers break, just before a commit, just after, or anywhere. Another one takes its place.
   */
  synchronized void crash(Random random) throws InterruptedException {
    int place = random.nextInt(COUNT);
    Running victim = running.get(place);
    int moment = random.nextInt(3);
    if (moment > 0) {
      CountDownLatch broken =
          moment == 1
              ? victim.proxy().breakAfterNextCommit()
              : victim.proxy().breakBeforeNextCommit();
      broken.await(MOMENT_SECONDS, TimeUnit.SECONDS);
    }
    victim.proxy().disappear();
    victim.node().hangUp();
    running.set(place, start());
    gone.add(victim);
  }

  @Override
  public synchronized void close() throws Exception {
    for (AutoCloseable each : gone) {
      each.close();
    }
    for (int place = 0; place < COUNT; place++) {
      running.get(place).close();
    }
  }
}
