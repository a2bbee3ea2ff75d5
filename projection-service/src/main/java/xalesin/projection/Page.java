package xalesin.projection;

import java.util.List;

/**
 * Rows of an index range.
 *
 * @param rows JSON as served, in the index's order; the arrays are the caller's
 * @param positions of each row its place in the index: the key behind tenant, index and equality
 *     values. To continue behind a row, give its position as {@link ListRequest#after()}
 * @param hasMore whether the range goes on behind the last row
 * @param touched index entries looked at
 */
public record Page(List<byte[]> rows, List<byte[]> positions, boolean hasMore, int touched) {}
