package xalesin.projection.sales;

import java.time.LocalDate;
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
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderEvent.Cancelled;
import xalesin.schemas.sales.SalesOrderEvent.Closed;
import xalesin.schemas.sales.SalesOrderEvent.Confirmed;
import xalesin.schemas.sales.SalesOrderEvent.Invoiced;
import xalesin.schemas.sales.SalesOrderEvent.LinesChanged;
import xalesin.schemas.sales.SalesOrderEvent.Paid;
import xalesin.schemas.sales.SalesOrderEvent.Placed;
import xalesin.schemas.sales.SalesOrderEvent.Returned;
import xalesin.schemas.sales.SalesOrderEvent.Shipped;
import xalesin.schemas.sales.SalesOrderRow;
import xalesin.schemas.sales.SalesOrderStatus;

/** Sales orders with their lines and invoices; a row for each, for good. Stateless, thread-safe. */
public final class SalesOrders implements View<SalesOrderRow> {
  private static final Field<SalesOrderRow> STATUS = Field.text("status", SalesOrderRow::status);
  private static final Field<SalesOrderRow> CUSTOMER =
      Field.id("customer", order -> order.customer().id());
  private static final Field<SalesOrderRow> NUMBER = Field.text("number", SalesOrderRow::number);

  /** Behind all days that there are: an order that is not due at any day comes last. */
  private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

  private static final Field<SalesOrderRow> DUE_DATE =
      Field.date("dueDate", order -> order.dueDate() == null ? NEVER : order.dueDate());

  private static final List<Index.Order<SalesOrderRow>> NEWEST_FIRST =
      List.of(Index.descending(Field.date("date", SalesOrderRow::date)), Index.descending(NUMBER));

  public static final Index<SalesOrderRow> BY_DATE =
      new Index<>("by-date", "What was ordered last?", List.of(), NEWEST_FIRST);
  public static final Index<SalesOrderRow> BY_STATUS_AND_DATE =
      new Index<>("by-status-and-date", "What is to be shipped?", List.of(STATUS), NEWEST_FIRST);
  public static final Index<SalesOrderRow> BY_CUSTOMER_AND_DATE =
      new Index<>(
          "by-customer-and-date",
          "What has this customer ordered?",
          List.of(CUSTOMER),
          NEWEST_FIRST);
  public static final Index<SalesOrderRow> BY_CUSTOMER_AND_STATUS =
      new Index<>(
          "by-customer-and-status",
          "What does this customer wait for?",
          List.of(CUSTOMER, STATUS),
          NEWEST_FIRST);
  public static final Index<SalesOrderRow> BY_NUMBER =
      new Index<>(
          "by-number", "Which order has this number?", List.of(), List.of(Index.ascending(NUMBER)));
  public static final Index<SalesOrderRow> BY_STATUS_AND_DUE_DATE =
      new Index<>(
          "by-status-and-due-date",
          "What is overdue?",
          List.of(STATUS),
          List.of(Index.ascending(DUE_DATE)));

  public static final SalesOrders VIEW = new SalesOrders();

  private static final List<SearchField<SalesOrderRow>> SEARCHABLE =
      List.of(
          SearchField.code("number", 4, SalesOrderRow::number),
          SearchField.text("customer", 2, row -> row.customer().name()));

  private static final List<Index<SalesOrderRow>> INDEXES =
      List.of(
          BY_DATE,
          BY_STATUS_AND_DATE,
          BY_CUSTOMER_AND_DATE,
          BY_CUSTOMER_AND_STATUS,
          BY_NUMBER,
          BY_STATUS_AND_DUE_DATE);

  /**
   * What an event makes of an order.
   *
   * @param before null when it has just been placed
   */
  public record Changed(@Nullable SalesOrderRow before, SalesOrderRow after) {}

  private SalesOrders() {}

  @Override
  public String name() {
    return StreamName.SALES_ORDERS;
  }

  @Override
  public Class<SalesOrderRow> rowClass() {
    return SalesOrderRow.class;
  }

  @Override
  public List<Index<SalesOrderRow>> indexes() {
    return INDEXES;
  }

  @Override
  public List<SearchField<SalesOrderRow>> searchable() {
    return SEARCHABLE;
  }

  @Override
  public List<Change<SalesOrderRow>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof SalesOrderEvent orderEvent)) {
      return List.of();
    }
    SalesOrderRow row = changed(recorded, orderEvent, rows).after();
    return List.of(Change.put(row.id(), row));
  }

  /**
   * The order before and after the event, for views of what has changed.
   *
   * @param rows as this view is given them or one that stands before it in the catalog
   */
  public static Changed changed(RecordedEvent recorded, SalesOrderEvent event, Rows rows) {
    UUID id = StreamName.parse(recorded.stream()).id();
    SalesOrderRow before = rows.get(VIEW, id);
    if (event instanceof Placed placed) {
      if (before != null) {
        throw new IllegalStateException("order " + id + " was placed before");
      }
      return new Changed(null, placed(id, recorded, placed));
    }
    if (before == null) {
      throw new IllegalStateException("order " + id + " does not exist");
    }
    SalesOrderDraft draft = new SalesOrderDraft(before);
    switch (event) {
      case Placed _ -> throw new AssertionError("is handled above");
      case LinesChanged now -> draft.agree(now.lines(), now.totals());
      case Confirmed _ -> draft.status = SalesOrderStatus.CONFIRMED;
      case Shipped shipment -> draft.ship(shipment);
      case Invoiced invoice -> draft.invoice(invoice);
      case Paid payment -> draft.paid = draft.paid.plus(payment.amount());
      case Returned goods -> draft.takeBack(goods);
      case Cancelled _ -> draft.status = SalesOrderStatus.CANCELLED;
      case Closed rest -> draft.close(rest);
    }
    return new Changed(before, draft.row(recorded.version(), recorded.recordedAt()));
  }

  private static SalesOrderRow placed(UUID id, RecordedEvent recorded, Placed placed) {
    return new SalesOrderRow(
        id,
        placed.number(),
        SalesOrderStatus.DRAFT,
        new PartyName(placed.customer(), placed.customerName()),
        placed.date(),
        placed.dueDate(),
        placed.currency(),
        SalesOrderDraft.lines(placed.lines()),
        placed.totals().net(),
        placed.totals().tax(),
        placed.totals().freight(),
        placed.totals().total(),
        Amount.ZERO,
        Amount.ZERO,
        Amount.ZERO,
        List.of(),
        List.of(),
        placed.reference(),
        recorded.version(),
        recorded.recordedAt(),
        recorded.recordedAt());
  }
}
