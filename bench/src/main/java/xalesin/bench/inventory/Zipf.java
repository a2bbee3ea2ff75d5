package xalesin.bench.inventory;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws a few things much more often than the many others: the k-th has weight 1/k (Zipf's law with
 * exponent 1). Immutable.
 */
final class Zipf {
  private final double[] cumulative;

  /**
   * @param size how many there are, at least one
   */
  Zipf(int size) {
    cumulative = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += 1.0 / (i + 1);
      cumulative[i] = sum;
    }
  }

  /** From 0, the most frequent one, to the size less one. */
  int next(SplittableRandom random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
  }
}
