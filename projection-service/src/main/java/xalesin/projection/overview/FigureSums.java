package xalesin.projection.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.View.Change;
import xalesin.projection.view.View.Rows;
import xalesin.schemas.Total;
import xalesin.schemas.overview.FigureRow;

/** By how much an event changes the figures. Lives for one fold. */
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
  List<Change<FigureRow>> changes(Rows rows) {
    List<Change<FigureRow>> changes = new ArrayList<>(differences.size());
    differences.forEach(
        (place, difference) -> {
          if (!difference.isNone()) {
            FigureRow row = row(place, difference, rows.get(Figures.VIEW, place.id()));
            changes.add(Change.put(row.id(), row));
          }
        });
    return changes;
  }

  private static FigureRow row(Place place, Difference change, @Nullable FigureRow before) {
    return new FigureRow(
        place.id(),
        place.figure(),
        place.key(),
        place.currency(),
        change.names().sku(),
        change.names().name(),
        (before == null ? 0 : before.count()) + change.count(),
        before == null ? change.quantity() : before.quantity().plus(change.quantity()),
        before == null ? change.amount() : before.amount().plus(change.amount()),
        before == null ? 1 : before.version() + 1);
  }
}
