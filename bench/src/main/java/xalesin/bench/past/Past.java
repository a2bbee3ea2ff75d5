package xalesin.bench.past;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import xalesin.bench.inventory.Uuid7;
import xalesin.schemas.StreamName;

/**
 * Two years of one tenant in which so many rows of one resource came into being, told event by
 * event from a seed. However many rows there are, they spread over the same days; one group (a
 * category, a customer, an item) has a tenth of them, and the others about {@link #PER_GROUP} each.
 * Not thread-safe.
 */
public abstract class Past {
  /** Rows of every group but the large one, so that a page of 50 is full. */
  static final int PER_GROUP = 90;

  /** The number of the group that has a tenth of all rows. */
  static final int LARGE = 0;

  static final Duration SPAN = Duration.ofDays(730);
  static final String CURRENCY = "EUR";

  /** One in so many events is not by the one who does most. */
  private static final int OTHERS = 20;

  /** Values, or ranges, that one question is asked with. */
  private static final int WAYS = 20;

  private static final int RANGE_DAYS = 120;

  private static final String USER = "user-";

  private final int rows;
  private final long seed;
  private final Instant end;
  private int told;
  final SplittableRandom random;

  /**
   * @param rows of the resource at the end
   * @param end when it ends
   */
  Past(int rows, long seed, Instant end) {
    this.rows = rows;
    this.seed = seed;
    this.end = end;
    this.random = new SplittableRandom(seed);
  }

  public final int rows() {
    return rows;
  }

  public final boolean isOver() {
    return told == rows;
  }

  /** The part that has been told, from 0 to 1. */
  public final double told() {
    return (double) told / rows;
  }

  /** Adds the events of the next row. */
  final void next(List<Happening> happenings) {
    tell(told, at(told), happenings);
    told++;
  }

  /** The events that make the row of this number, from 0; the first at the time. */
  abstract void tell(int number, Instant at, List<Happening> happenings);

  /** When a row came into being: evenly over the span, to the microsecond. */
  final Instant at(int number) {
    long micros = SPAN.toMillis() * 1_000 / rows * number;
    return end.minus(SPAN).plusNanos(micros * 1_000);
  }

  final int groups() {
    return Math.max(2, rows / PER_GROUP);
  }

  /** A group for a new row. */
  final int group() {
    return random.nextInt(10) == 0 ? LARGE : 1 + random.nextInt(groups() - 1);
  }

  /** The id of the thing of this kind and number, the same whenever it is asked for. */
  final UUID id(String kind, int number) {
    long own = seed * 31 + kind.hashCode() * 1_000_003L + number;
    return Uuid7.of(at(0).toEpochMilli() + number, new SplittableRandom(own));
  }

  final String stream(String resource, int number) {
    return new StreamName(resource, id(resource, number)).toString();
  }

  final String actor() {
    return user(oneIn(OTHERS) ? 1 + random.nextInt(users()) : LARGE);
  }

  /** Users beside the one who does most. */
  final int users() {
    return Math.max(1, rows / OTHERS / PER_GROUP);
  }

  /** A user: {@link #LARGE} does most. */
  static String user(int number) {
    return USER + number;
  }

  /** What the contract asks of these rows; told when the past is over. */
  public abstract List<Question> questions();

  /** What is made of a few of the small groups, each time of the same. */
  static List<String> some(int count, IntFunction<String> parameters) {
    return IntStream.rangeClosed(1, Math.min(count, WAYS)).mapToObj(parameters).toList();
  }

  /** Four months somewhere in the span, by whole days. */
  final List<String> days(String parameters, String field) {
    return ranges(parameters, field, at -> at.atOffset(ZoneOffset.UTC).toLocalDate().toString());
  }

  /** Four months somewhere in the span, from one moment to another. */
  final List<String> moments(String parameters, String field) {
    return ranges(parameters, field, at -> at.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private List<String> ranges(String parameters, String field, Function<Instant, String> text) {
    SplittableRandom own = new SplittableRandom(seed);
    List<String> ranges = new ArrayList<>();
    for (int i = 0; i < WAYS; i++) {
      Instant from = at(0).plusSeconds(own.nextLong(SPAN.minusDays(RANGE_DAYS).toSeconds()));
      Instant to = from.plus(Duration.ofDays(RANGE_DAYS));
      ranges.add(
          "%s%s%s.gte=%s&%s.lt=%s"
              .formatted(
                  parameters,
                  parameters.isEmpty() ? "" : "&",
                  field,
                  text.apply(from),
                  field,
                  text.apply(to)));
    }
    return ranges;
  }

  /** One in so many is true. */
  final boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  static String number(String prefix, int number) {
    return String.format(Locale.ROOT, "%s-%07d", prefix, number + 1);
  }
}
