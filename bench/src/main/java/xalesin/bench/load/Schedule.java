package xalesin.bench.load;

import java.util.SplittableRandom;

/**
 * When the exchanges of an open loop are meant to begin, whatever the server does: offsets in
 * nanoseconds from the start of the run, never decreasing. Not thread-safe.
 */
public sealed interface Schedule {
  /** The next offset; each call moves on. */
  long next();

  /** Evenly spaced. */
  static Schedule constant(double perSecond) {
    return new Constant(1e9 / positive(perSecond));
  }

  /** Independent arrivals: exponentially distributed gaps, the same for the same seed. */
  static Schedule poisson(double perSecond, long seed) {
    return new Poisson(1e9 / positive(perSecond), new SplittableRandom(seed));
  }

  private static double positive(double perSecond) {
    if (!(perSecond > 0 && perSecond <= 1e6)) {
      throw new IllegalArgumentException("rate must be above 0 and at most 1,000,000 per second");
    }
    return perSecond;
  }

  /** Every gap the same. */
  final class Constant implements Schedule {
    private final double gapNanos;
    private long count;

    private Constant(double gapNanos) {
      this.gapNanos = gapNanos;
    }

    @Override
    public long next() {
      return (long) (gapNanos * count++);
    }
  }

  /** Gaps as of a Poisson process. */
  final class Poisson implements Schedule {
    private final double meanGapNanos;
    private final SplittableRandom random;
    private double at;

    private Poisson(double meanGapNanos, SplittableRandom random) {
      this.meanGapNanos = meanGapNanos;
      this.random = random;
    }

    @Override
    public long next() {
      at += -Math.log(1 - random.nextDouble()) * meanGapNanos;
      return (long) at;
    }
  }
}
