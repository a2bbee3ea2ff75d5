package xalesin.bench.live;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import xalesin.bench.inventory.Item;

/**
 * Those who follow one tenant's items, and which commands each of them has been shown. A follower
 * has been shown a command when a frame has brought it the item's row in the version of the
 * command's event, or in a later one. Thread-safe: commands and frames come on two threads.
 */
public final class Audience {
  private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(30);

  private final List<Watched> items = new ArrayList<>();
  private final FrameBook frames;
  private final BitSet listening = new BitSet();

  private Histogram last = histogram();
  private long early;
  private long changes;
  private long missing;

  /**
   * What audiences have seen.
   *
   * @param last nanoseconds from each command's answer to the arrival of the last follower's frame;
   *     0 when that was there before the answer
   * @param early commands that everybody was shown before they were answered
   * @param changes shown to followers: a command counts once for each
   * @param missing changes that followers were never shown
   */
  public record Seen(Histogram last, long early, long changes, long missing) {
    /** Of those who have seen nothing. */
    public static Seen nothing() {
      return new Seen(histogram(), 0, 0, 0);
    }

    public Seen plus(Seen other) {
      Histogram both = last.copy();
      both.add(other.last);
      return new Seen(both, early + other.early, changes + other.changes, missing + other.missing);
    }
  }

  private static Histogram histogram() {
    return new Histogram(1_000, HIGHEST_NANOS, 3);
  }

  /**
   * @param watched what is followed, and changed: all of one tenant
   */
  public Audience(List<Item> watched) {
    Map<String, Watched> byId = new HashMap<>();
    for (Item item : watched) {
      Watched each = new Watched(this, item);
      items.add(each);
      byId.put(item.id(), each);
    }
    frames = new FrameBook(byId);
  }

  /** For the client's thread alone. */
  FrameBook frames() {
    return frames;
  }

  /** From now on the follower is to be shown all that is sent. */
  synchronized void joins(int follower) {
    listening.set(follower);
  }

  /** It was lost: what it has not been shown it never will be. */
  synchronized void loses(int follower) {
    listening.clear(follower);
    for (Watched item : items) {
      for (Iterator<Delivery> open = item.open.iterator(); open.hasNext(); ) {
        Delivery delivery = open.next();
        if (delivery.forget(follower)) {
          missing++;
          if (isSettled(delivery)) {
            open.remove();
          }
        }
      }
    }
  }

  /** An item that no command is under way for, now taken; null when there is none. */
  public synchronized @Nullable Watched begin(SplittableRandom random) {
    int first = random.nextInt(items.size());
    for (int i = 0; i < items.size(); i++) {
      Watched item = items.get((first + i) % items.size());
      if (!item.busy && item.version > 0) {
        item.busy = true;
        item.open.add(new Delivery(item.version + 1, listening));
        return item;
      }
    }
    return null;
  }

  /**
   * The command that was begun for the item is answered.
   *
   * @return whether its event has the version that was to come
   */
  public synchronized boolean answered(Watched item, long version, long nanos) {
    if (version != item.version + 1) {
      failed(item);
      return false;
    }
    item.busy = false;
    item.version = version;
    for (Iterator<Delivery> open = item.open.iterator(); open.hasNext(); ) {
      Delivery delivery = open.next();
      if (delivery.version == version) {
        delivery.answered(nanos);
        if (isSettled(delivery)) {
          open.remove();
        }
      }
    }
    return true;
  }

  /** Whether its event is there is unknown, and so is the version of its next: it stays busy. */
  public synchronized void failed(Watched item) {
    item.open.removeIf(delivery -> !delivery.isAnswered());
  }

  /** The follower has been sent the frame. */
  synchronized void received(int follower, FrameBook.Frame frame, long nanos) {
    for (FrameBook.Change change : frame.changes()) {
      Watched item = change.item();
      if (!item.busy && item.version < change.version()) {
        item.version = change.version();
      }
      for (Iterator<Delivery> open = item.open.iterator(); open.hasNext(); ) {
        Delivery delivery = open.next();
        if (delivery.version <= change.version() && delivery.reaches(follower, nanos)) {
          changes++;
          if (isSettled(delivery)) {
            open.remove();
          }
        }
      }
    }
  }

  /** Counts the command when it is answered and everybody has been shown it. */
  private boolean isSettled(Delivery delivery) {
    if (!delivery.isSettled()) {
      return false;
    }
    if (delivery.wasShown()) {
      long nanos = delivery.nanos();
      early += nanos < 0 ? 1 : 0;
      last.recordValue(Math.clamp(nanos, 0, HIGHEST_NANOS));
    }
    notifyAll();
    return true;
  }

  /** Changes of answered commands that followers are still to be shown. */
  private long outstanding() {
    return items.stream()
        .flatMap(item -> item.open.stream())
        .filter(Delivery::isAnswered)
        .mapToLong(Delivery::left)
        .sum();
  }

  /** Waits until everybody has been shown all answered commands, or time is up. */
  public synchronized void await(long deadlineNanos) throws InterruptedException {
    for (long left = deadlineNanos - System.nanoTime();
        left > 0 && outstanding() > 0;
        left = deadlineNanos - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
  }

  /** What has been seen since this was last asked; what is outstanding is missing for good. */
  public synchronized Seen take() {
    missing += outstanding();
    items.forEach(item -> item.open.clear());
    Seen seen = new Seen(last, early, changes, missing);
    last = histogram();
    early = 0;
    changes = 0;
    missing = 0;
    return seen;
  }
}
