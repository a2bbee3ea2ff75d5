package xalesin.projection.view;

import java.util.List;

/**
 * An order of a view's rows that one range scan reads: the rows with the given values of the
 * equality fields, ordered by the order fields and at last by id (ascending), so that every entry
 * has its own place. An exact counter is kept for every combination of equality values, and one for
 * every day of it (in UTC) when the first order field is a time or a date. A row with several
 * values of an equality field has an entry, and counts, for each. Immutable.
 *
 * @param name unique within its view; part of the keys, so a renamed index is a new one
 * @param question what it answers, in the words of a user
 * @param equality fields that a range gives one value each, in the order of the key
 * @param order at least one; a range may bound the first
 */
public record Index<R>(
    String name, String question, List<Field<R>> equality, List<Order<R>> order) {

  /** An order field and whether it runs from large to small (for times: newest first). */
  public record Order<R>(Field<R> field, boolean descending) {}

  public Index {
    equality = List.copyOf(equality);
    order = List.copyOf(order);
    if (order.isEmpty()) {
      throw new IllegalArgumentException("index " + name + " orders by nothing");
    }
    for (Order<R> each : order) {
      if (each.field().many()) {
        throw new IllegalArgumentException(
            "index %s orders by %s, which has many values".formatted(name, each.field().name()));
      }
    }
  }

  public static <R> Order<R> ascending(Field<R> field) {
    return new Order<>(field, false);
  }

  public static <R> Order<R> descending(Field<R> field) {
    return new Order<>(field, true);
  }

  /** Whether counters by day are kept, so that a range of time is counted without walking it. */
  public boolean countsDays() {
    return order.getFirst().field().kind().isTemporal();
  }

  /** Whether a row may have several entries, or none. */
  public boolean isMultivalued() {
    return equality.stream().anyMatch(Field::many);
  }
}
