package xalesin.query;

import java.util.List;
import xalesin.projection.IndexRange;

/**
 * How a list is read: the ranges of one index whose rows, merged in the index's order, are the
 * answer. Immutable.
 *
 * @param ranges at least one, without common rows
 * @param question index, values and bounds in one text: equal for equal lists only
 */
record Plan(List<IndexRange> ranges, String question) {
  /** Most ranges merged for one answer: each may read a whole page. */
  static final int MAX_RANGES = 8;
}
