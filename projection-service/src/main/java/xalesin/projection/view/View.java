package xalesin.projection.view;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;

/**
 * The declaration of a view: its rows, how events change them, and its indexes. Implementations are
 * stateless and thread-safe; the fold is pure, so the same events always make the same rows.
 *
 * @param <R> the row, a record of the contract
 */
public interface View<R> {
  /** The resources whose rows are streams. */
  Set<String> STREAMS =
      Set.of(
          StreamName.INVENTORY_ITEMS,
          StreamName.PARTIES,
          StreamName.SALES_ORDERS,
          StreamName.PURCHASE_ORDERS,
          StreamName.ACCOUNTS,
          StreamName.FINANCIAL_TRANSACTIONS,
          StreamName.TENANT_SETTINGS);

  /** The resource it is served as, such as {@code inventory-items}; part of topic and keys. */
  String name();

  Class<R> rowClass();

  /**
   * What the event makes of this view's rows, in order; empty when it does not concern it.
   *
   * @param rows the rows before the event; of views that stand before this one in the catalog, the
   *     rows after it
   */
  List<Change<R>> fold(RecordedEvent recorded, DomainEvent event, Rows rows);

  List<Index<R>> indexes();

  /** Whether folds look at its rows, so that busy ones are worth keeping at hand. */
  default boolean isReadByFolds() {
    return true;
  }

  /**
   * Whether each of its rows is what a stream of the same resource and id has come to, so that a
   * row has a history.
   */
  default boolean isOfStreams() {
    return STREAMS.contains(name());
  }

  /**
   * Whether its rows add up what happened to many streams, in an order that does not count: such a
   * row follows from all events of the tenant, and its version counts those in it.
   */
  default boolean isOfManyStreams() {
    return false;
  }

  /** Whether a tenant has one row of it, of the id {@link StreamName#ONLY}. */
  default boolean isSingle() {
    return false;
  }

  /**
   * The index of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  default Index<R> index(String name) {
    for (Index<R> index : indexes()) {
      if (index.name().equals(name)) {
        return index;
      }
    }
    throw new IllegalArgumentException(name() + " has no index " + name);
  }

  /** Rows of the event's tenant, as a fold may look at them. */
  interface Rows {
    <T> @Nullable T get(View<T> view, UUID id);
  }

  /**
   * A row that is new, replaced or gone.
   *
   * @param row null when it is deleted
   */
  record Change<R>(UUID id, @Nullable R row) {
    public static <R> Change<R> put(UUID id, R row) {
      return new Change<>(id, row);
    }

    public static <R> Change<R> delete(UUID id) {
      return new Change<>(id, null);
    }
  }
}
