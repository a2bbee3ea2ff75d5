package xalesin.schemas;

import java.util.List;

/**
 * Some of a document's line.
 *
 * @param line its place in the document, from 1
 */
public record LineQuantity(int line, Quantity quantity) {
  public LineQuantity {
    if (line < 1) {
      throw new InvalidValueException("line", "must be the number of a line, from 1");
    }
    Check.positive("quantity", quantity);
  }

  /** Each line once at most. */
  public static List<LineQuantity> check(String field, List<LineQuantity> lines, int maxSize) {
    List<LineQuantity> checked = Check.notEmpty(field, lines, maxSize);
    Check.distinct(field, checked.stream().map(LineQuantity::line).toList());
    return checked;
  }
}
