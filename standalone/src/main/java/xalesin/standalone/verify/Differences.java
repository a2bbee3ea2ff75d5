package xalesin.standalone.verify;

import java.util.ArrayList;
import java.util.List;

/** What did not agree. Counts all, keeps the first so many. Not thread-safe. */
public final class Differences {
  /** Enough to see a pattern; a list of millions helps nobody. */
  private static final int KEPT = 200;

  private final List<String> first = new ArrayList<>();
  private long count;

  void add(String difference) {
    count++;
    if (first.size() < KEPT) {
      first.add(difference);
    }
  }

  public long count() {
    return count;
  }

  /** The first differences found, each a sentence. */
  public List<String> first() {
    return List.copyOf(first);
  }
}
