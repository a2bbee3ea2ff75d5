package xalesin.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * How one answer was read: which indexes, how much of them. Written as a list of structured fields
 * (RFC 9651), an item for each kind of step and index in the order of their first use:
 *
 * <pre>
 * scan;index="inventory-items.by-status";times=1;entries=51;rows=50, count;index=…;times=1
 * </pre>
 *
 * For one thread.
 */
final class QueryPlan {
  private final Map<Step, Cost> steps = new LinkedHashMap<>();

  /** What is done, and by what. */
  private record Step(String kind, String by) {}

  private static final class Cost {
    private long times;
    private long entries;
    private long rows;
  }

  /**
   * @param kind a token: scan, anchors, count, row, rows, search
   * @param by the index with its view, or the view
   * @param entries index entries looked at
   * @param rows rows read
   */
  void step(String kind, String by, long entries, long rows) {
    Cost cost = steps.computeIfAbsent(new Step(kind, by), _ -> new Cost());
    cost.times++;
    cost.entries += entries;
    cost.rows += rows;
  }

  /** Reads of the store: steps, index entries and rows. */
  long reads() {
    long reads = 0;
    for (Cost cost : steps.values()) {
      reads += cost.times + cost.entries + cost.rows;
    }
    return reads;
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ");
    steps.forEach(
        (step, cost) ->
            text.add(
                "%s;index=\"%s\";times=%d;entries=%d;rows=%d"
                    .formatted(step.kind, step.by, cost.times, cost.entries, cost.rows)));
    return text.toString();
  }
}
