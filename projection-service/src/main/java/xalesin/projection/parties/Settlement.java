package xalesin.projection.parties;

import java.util.ArrayList;
import java.util.List;
import xalesin.schemas.Amount;

/** How payments and credits settle the documents of an order: the oldest first. Pure. */
public final class Settlement {
  private Settlement() {}

  public static Amount sum(List<Amount> amounts) {
    return amounts.stream().reduce(Amount.ZERO, Amount::plus);
  }

  /**
   * What is left open of each document, never less than zero: what is paid too much settles none.
   *
   * @param totals of the documents, the oldest first
   * @param settled payments and credits together
   */
  public static List<Amount> open(List<Amount> totals, Amount settled) {
    List<Amount> open = new ArrayList<>(totals.size());
    Amount left = settled;
    for (Amount total : totals) {
      Amount used = left.compareTo(total) < 0 ? left : total;
      open.add(total.minus(used));
      left = left.minus(used);
    }
    return open;
  }
}
