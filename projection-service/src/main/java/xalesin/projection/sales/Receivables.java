package xalesin.projection.sales;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.sales.ReceivableRow;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderRow;
import xalesin.schemas.sales.SalesOrderRow.Invoice;

/**
 * Invoices that are not settled, a row for each as long as it is so. Stands before {@link
 * SalesOrders} in the catalog. Stateless, thread-safe.
 */
public final class Receivables implements View<ReceivableRow> {
  private static final Field<ReceivableRow> CUSTOMER =
      Field.id("customer", invoice -> invoice.customer().id());
  private static final List<Index.Order<ReceivableRow>> OLDEST_DUE_FIRST =
      List.of(Index.ascending(Field.date("dueDate", ReceivableRow::dueDate)));

  public static final Index<ReceivableRow> BY_DUE_DATE =
      new Index<>("by-due-date", "What has been due longest?", List.of(), OLDEST_DUE_FIRST);
  public static final Index<ReceivableRow> BY_CUSTOMER_AND_DUE_DATE =
      new Index<>(
          "by-customer-and-due-date",
          "What does this customer owe?",
          List.of(CUSTOMER),
          OLDEST_DUE_FIRST);

  public static final Receivables VIEW = new Receivables();

  private static final List<Index<ReceivableRow>> INDEXES =
      List.of(BY_DUE_DATE, BY_CUSTOMER_AND_DUE_DATE);

  private Receivables() {}

  @Override
  public String name() {
    return "receivables";
  }

  @Override
  public Class<ReceivableRow> rowClass() {
    return ReceivableRow.class;
  }

  @Override
  public List<Index<ReceivableRow>> indexes() {
    return INDEXES;
  }

  @Override
  public boolean isReadByFolds() {
    return false;
  }

  @Override
  public List<Change<ReceivableRow>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof SalesOrderEvent orderEvent)) {
      return List.of();
    }
    SalesOrders.Changed order = SalesOrders.changed(recorded, orderEvent, rows);
    List<Change<ReceivableRow>> changes = new ArrayList<>();
    for (int i = 0; i < order.after().invoices().size(); i++) {
      Invoice before = invoice(order.before(), i);
      Invoice after = order.after().invoices().get(i);
      if (!after.open().isZero() && !after.equals(before)) {
        ReceivableRow row = row(order.after(), i, after);
        changes.add(Change.put(row.id(), row));
      } else if (after.open().isZero() && before != null && !before.open().isZero()) {
        changes.add(Change.delete(id(order.after(), i)));
      }
    }
    return changes;
  }

  private static @Nullable Invoice invoice(@Nullable SalesOrderRow order, int place) {
    return order == null || place >= order.invoices().size() ? null : order.invoices().get(place);
  }

  private static ReceivableRow row(SalesOrderRow order, int place, Invoice invoice) {
    return new ReceivableRow(
        id(order, place),
        invoice.number(),
        order.id(),
        order.number(),
        order.customer(),
        order.currency(),
        invoice.date(),
        invoice.dueDate(),
        invoice.total(),
        invoice.open(),
        order.version());
  }

  private static UUID id(SalesOrderRow order, int place) {
    return UUID.nameUUIDFromBytes(("receivables/" + order.id() + "/" + place).getBytes(UTF_8));
  }
}
