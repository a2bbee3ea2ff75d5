package xalesin.bench.load;

import java.time.Duration;

/** How hard to press, and until when. Every load is bounded in time and in count. */
public sealed interface Load {
  /** More exchanges than any run here makes; a bound all the same. */
  long MOST_EXCHANGES = 100_000_000;

  /** The window in which exchanges begin. */
  Duration duration();

  /** At most so many exchanges begin. */
  long exchanges();

  /** Each connection begins its next exchange when the one before is done: measures throughput. */
  record Closed(Duration duration, long exchanges) implements Load {
    public Closed {
      check(duration, exchanges);
    }
  }

  /**
   * Exchanges begin when the schedule says, whatever the server does: measures latency, from the
   * intended beginning on.
   */
  record Open(Duration duration, long exchanges, double perSecond, Arrivals arrivals, long seed)
      implements Load {
    public Open {
      check(duration, exchanges);
    }

    Schedule schedule(int part, int parts) {
      double rate = perSecond / parts;
      return switch (arrivals) {
        case CONSTANT -> Schedule.constant(rate);
        case POISSON -> Schedule.poisson(rate, seed + part);
      };
    }
  }

  /** How the exchanges of an open loop are spread. */
  enum Arrivals {
    CONSTANT,
    POISSON
  }

  static Load closed(Duration duration) {
    return new Closed(duration, MOST_EXCHANGES);
  }

  /** So many exchanges, however long they take within the bound. */
  static Load closed(long exchanges, Duration bound) {
    return new Closed(bound, exchanges);
  }

  static Load poisson(double perSecond, Duration duration, long seed) {
    return new Open(duration, MOST_EXCHANGES, perSecond, Arrivals.POISSON, seed);
  }

  static Load constant(double perSecond, Duration duration) {
    return new Open(duration, MOST_EXCHANGES, perSecond, Arrivals.CONSTANT, 0);
  }

  private static void check(Duration duration, long exchanges) {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("a load lasts more than nothing and at most an hour");
    }
    if (exchanges < 1 || exchanges > MOST_EXCHANGES) {
      throw new IllegalArgumentException("between 1 and " + MOST_EXCHANGES + " exchanges");
    }
  }
}
