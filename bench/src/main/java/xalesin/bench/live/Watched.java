package xalesin.bench.live;

import java.util.ArrayList;
import java.util.List;
import xalesin.bench.inventory.Item;

/**
 * An item that commands change and followers see. Guarded by its audience; only this benchmark
 * changes it, with one command at a time, so that the version of the next event is known before the
 * command is sent.
 */
public final class Watched {
  private final Audience audience;
  private final Item item;

  /** Of the newest event; 0 before a first frame has told it. */
  long version;

  /** Whether a command for it is under way. */
  boolean busy;

  /** Commands that not everybody has been shown, the oldest first. */
  final List<Delivery> open = new ArrayList<>(2);

  Watched(Audience audience, Item item) {
    this.audience = audience;
    this.item = item;
  }

  public Audience audience() {
    return audience;
  }

  public Item item() {
    return item;
  }
}
