package xalesin.projection.purchasing;

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
import xalesin.schemas.purchasing.PayableRow;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.purchasing.PurchaseOrderRow;
import xalesin.schemas.purchasing.PurchaseOrderRow.Bill;

/**
 * Suppliers' bills that are not settled, a row for each as long as it is so. Stands before {@link
 * PurchaseOrders} in the catalog. Stateless, thread-safe.
 */
public final class Payables implements View<PayableRow> {
  private static final Field<PayableRow> SUPPLIER =
      Field.id("supplier", bill -> bill.supplier().id());
  private static final List<Index.Order<PayableRow>> OLDEST_DUE_FIRST =
      List.of(Index.ascending(Field.date("dueDate", PayableRow::dueDate)));

  public static final Index<PayableRow> BY_DUE_DATE =
      new Index<>("by-due-date", "What is to be paid next?", List.of(), OLDEST_DUE_FIRST);
  public static final Index<PayableRow> BY_SUPPLIER_AND_DUE_DATE =
      new Index<>(
          "by-supplier-and-due-date",
          "What is this supplier owed?",
          List.of(SUPPLIER),
          OLDEST_DUE_FIRST);

  public static final Payables VIEW = new Payables();

  private static final List<Index<PayableRow>> INDEXES =
      List.of(BY_DUE_DATE, BY_SUPPLIER_AND_DUE_DATE);

  private Payables() {}

  @Override
  public String name() {
    return "payables";
  }

  @Override
  public Class<PayableRow> rowClass() {
    return PayableRow.class;
  }

  @Override
  public List<Index<PayableRow>> indexes() {
    return INDEXES;
  }

  @Override
  public boolean isReadByFolds() {
    return false;
  }

  @Override
  public List<Change<PayableRow>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof PurchaseOrderEvent orderEvent)) {
      return List.of();
    }
    PurchaseOrders.Changed order = PurchaseOrders.changed(recorded, orderEvent, rows);
    List<Change<PayableRow>> changes = new ArrayList<>();
    for (int i = 0; i < order.after().bills().size(); i++) {
      Bill before = bill(order.before(), i);
      Bill after = order.after().bills().get(i);
      if (!after.open().isZero() && !after.equals(before)) {
        PayableRow row = row(order.after(), i, after);
        changes.add(Change.put(row.id(), row));
      } else if (after.open().isZero() && before != null && !before.open().isZero()) {
        changes.add(Change.delete(id(order.after(), i)));
      }
    }
    return changes;
  }

  private static @Nullable Bill bill(@Nullable PurchaseOrderRow order, int place) {
    return order == null || place >= order.bills().size() ? null : order.bills().get(place);
  }

  private static PayableRow row(PurchaseOrderRow order, int place, Bill bill) {
    return new PayableRow(
        id(order, place),
        order.id(),
        order.number(),
        order.supplier(),
        order.currency(),
        bill.date(),
        bill.dueDate(),
        bill.total(),
        bill.open(),
        order.version());
  }

  private static UUID id(PurchaseOrderRow order, int place) {
    return UUID.nameUUIDFromBytes(("payables/" + order.id() + "/" + place).getBytes(UTF_8));
  }
}
