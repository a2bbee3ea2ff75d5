package xalesin.projection.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.View.Change;
import xalesin.projection.view.View.Rows;
import xalesin.schemas.Total;
import xalesin.schemas.overview.FigureRow;

/**
 * By how much an event changes the figures. In which order the events of different documents come
 * does not count: what is named is told by when it was recorded. Lives for one fold.
 */
final class FigureSums {
  private final Map<Place, Difference> differences = new LinkedHashMap<>();
  private final String currency;

  private record Place(String figure, String key, String currency) {
    UUID id() {
      return UUID.nameUUIDFromBytes((figure + "/" + key + "/" + currency).getBytes(UTF_8));
    }
  }

  /** What a thing is called on a document. */
  record Names(@Nullable String sku, @Nullable String name) {
    static final Names NONE = new Names(null, null);

    private static final Comparator<Names> ORDER = Comparator.comparing(Names::text);

    private String text() {
      return sku + " " + name;
    }
  }

  private record Difference(Names names, long count, Total quantity, Total amount) {
    Difference plus(Difference other) {
      return new Difference(
          other.names,
          count + other.count,
          quantity.plus(other.quantity),
          amount.plus(other.amount));
    }

    boolean isNone() {
      return count == 0 && quantity.isZero() && amount.isZero();
    }
  }

  /**
   * @param currency of all amounts: a document has one
   */
  FigureSums(String currency) {
    this.currency = currency;
  }

  void add(String figure, String key, long count, BigDecimal amount) {
    add(figure, key, Names.NONE, count, BigDecimal.ZERO, amount);
  }

  void add(
      String figure, String key, Names names, long count, BigDecimal quantity, BigDecimal amount) {
    differences.merge(
        new Place(figure, key, currency),
        new Difference(names, count, new Total(quantity), new Total(amount)),
        Difference::plus);
  }

  /** The rows that are different now. */
  List<Change<FigureRow>> changes(Rows rows, Instant recordedAt) {
    List<Change<FigureRow>> changes = new ArrayList<>(differences.size());
    differences.forEach(
        (place, difference) -> {
          if (!difference.isNone()) {
            FigureRow before = rows.get(Figures.VIEW, place.id());
            FigureRow row =
                before == null
                    ? row(place, difference, 1, recordedAt)
                    : row(place, sum(before, difference, recordedAt), before, recordedAt);
            changes.add(Change.put(row.id(), row));
          }
        });
    return changes;
  }

  private static Difference sum(FigureRow before, Difference change, Instant recordedAt) {
    Names names = newest(before, change.names(), recordedAt);
    return new Difference(names, before.count(), before.quantity(), before.amount())
        .plus(new Difference(names, change.count(), change.quantity(), change.amount()));
  }

  /** Of those that were recorded together any will do, but always the same. */
  private static Names newest(FigureRow before, Names now, Instant recordedAt) {
    Names known = new Names(before.sku(), before.name());
    int later = recordedAt.compareTo(before.updatedAt());
    return later > 0 || (later == 0 && Names.ORDER.compare(now, known) > 0) ? now : known;
  }

  private static FigureRow row(Place place, Difference sum, FigureRow before, Instant recordedAt) {
    boolean isNewest = recordedAt.isAfter(before.updatedAt());
    return row(place, sum, before.version() + 1, isNewest ? recordedAt : before.updatedAt());
  }

  private static FigureRow row(Place place, Difference sum, long version, Instant updatedAt) {
    return new FigureRow(
        place.id(),
        place.figure(),
        place.key(),
        place.currency(),
        sum.names().sku(),
        sum.names().name(),
        sum.count(),
        sum.quantity(),
        sum.amount(),
        version,
        updatedAt);
  }
}
