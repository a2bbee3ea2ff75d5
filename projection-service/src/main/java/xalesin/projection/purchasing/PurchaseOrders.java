package xalesin.projection.purchasing;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.SearchField;
import xalesin.projection.view.View;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.PartyName;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Approved;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Billed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Cancelled;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Closed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.LinesChanged;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Paid;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Placed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Received;
import xalesin.schemas.purchasing.PurchaseOrderRow;
import xalesin.schemas.purchasing.PurchaseOrderStatus;

/** Purchase orders with their lines and bills; a row for each, for good. Stateless, thread-safe. */
public final class PurchaseOrders implements View<PurchaseOrderRow> {
  private static final Field<PurchaseOrderRow> STATUS =
      Field.text("status", PurchaseOrderRow::status);
  private static final Field<PurchaseOrderRow> SUPPLIER =
      Field.id("supplier", order -> order.supplier().id());
  private static final Field<PurchaseOrderRow> NUMBER =
      Field.text("number", PurchaseOrderRow::number);
  private static final List<Index.Order<PurchaseOrderRow>> NEWEST_FIRST =
      List.of(
          Index.descending(Field.date("date", PurchaseOrderRow::date)), Index.descending(NUMBER));

  public static final Index<PurchaseOrderRow> BY_DATE =
      new Index<>("by-date", "What was ordered last?", List.of(), NEWEST_FIRST);
  public static final Index<PurchaseOrderRow> BY_STATUS_AND_DATE =
      new Index<>("by-status-and-date", "What is to come?", List.of(STATUS), NEWEST_FIRST);
  public static final Index<PurchaseOrderRow> BY_SUPPLIER_AND_DATE =
      new Index<>(
          "by-supplier-and-date",
          "What was ordered from this supplier?",
          List.of(SUPPLIER),
          NEWEST_FIRST);
  public static final Index<PurchaseOrderRow> BY_NUMBER =
      new Index<>(
          "by-number", "Which order has this number?", List.of(), List.of(Index.ascending(NUMBER)));

  public static final PurchaseOrders VIEW = new PurchaseOrders();

  private static final List<SearchField<PurchaseOrderRow>> SEARCHABLE =
      List.of(
          SearchField.code("number", 4, PurchaseOrderRow::number),
          SearchField.text("supplier", 2, row -> row.supplier().name()));

  private static final List<Index<PurchaseOrderRow>> INDEXES =
      List.of(BY_DATE, BY_STATUS_AND_DATE, BY_SUPPLIER_AND_DATE, BY_NUMBER);

  /**
   * What an event makes of an order.
   *
   * @param before null when it has just been placed
   */
  public record Changed(@Nullable PurchaseOrderRow before, PurchaseOrderRow after) {}

  private PurchaseOrders() {}

  @Override
  public String name() {
    return StreamName.PURCHASE_ORDERS;
  }

  @Override
  public Class<PurchaseOrderRow> rowClass() {
    return PurchaseOrderRow.class;
  }

  @Override
  public List<Index<PurchaseOrderRow>> indexes() {
    return INDEXES;
  }

  @Override
  public List<SearchField<PurchaseOrderRow>> searchable() {
    return SEARCHABLE;
  }

  @Override
  public List<Change<PurchaseOrderRow>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof PurchaseOrderEvent orderEvent)) {
      return List.of();
    }
    PurchaseOrderRow row = changed(recorded, orderEvent, rows).after();
    return List.of(Change.put(row.id(), row));
  }

  /**
   * The order before and after the event, for views of what has changed.
   *
   * @param rows as this view is given them or one that stands before it in the catalog
   */
  public static Changed changed(RecordedEvent recorded, PurchaseOrderEvent event, Rows rows) {
    UUID id = StreamName.parse(recorded.stream()).id();
    PurchaseOrderRow before = rows.get(VIEW, id);
    if (event instanceof Placed placed) {
      if (before != null) {
        throw new IllegalStateException("order " + id + " was placed before");
      }
      return new Changed(null, placed(id, recorded, placed));
    }
    if (before == null) {
      throw new IllegalStateException("order " + id + " does not exist");
    }
    PurchaseOrderDraft draft = new PurchaseOrderDraft(before);
    switch (event) {
      case Placed _ -> throw new AssertionError("is handled above");
      case LinesChanged now -> draft.order(now);
      case Approved approved -> draft.approve(approved);
      case Received delivery -> draft.receive(delivery);
      case Billed bill -> draft.bill(bill);
      case Paid payment -> draft.paid = draft.paid.plus(payment.amount());
      case Cancelled _ -> draft.status = PurchaseOrderStatus.CANCELLED;
      case Closed rest -> draft.close(rest);
    }
    return new Changed(before, draft.row(recorded.version(), recorded.recordedAt()));
  }

  private static PurchaseOrderRow placed(UUID id, RecordedEvent recorded, Placed placed) {
    return new PurchaseOrderRow(
        id,
        placed.number(),
        PurchaseOrderStatus.DRAFT,
        new PartyName(placed.supplier(), placed.supplierName()),
        placed.author(),
        null,
        placed.date(),
        placed.currency(),
        PurchaseOrderDraft.lines(placed.lines()),
        placed.totals().net(),
        placed.totals().tax(),
        placed.totals().total(),
        Amount.ZERO,
        Amount.ZERO,
        Amount.ZERO,
        List.of(),
        placed.reference(),
        recorded.version(),
        recorded.recordedAt(),
        recorded.recordedAt());
  }
}
