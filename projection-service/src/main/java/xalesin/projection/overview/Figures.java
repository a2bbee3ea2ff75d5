package xalesin.projection.overview;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.projection.overview.FigureSums.Names;
import xalesin.projection.purchasing.PurchaseOrders;
import xalesin.projection.sales.SalesOrders;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Total;
import xalesin.schemas.overview.FigureRow;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.purchasing.PurchaseOrderRow;
import xalesin.schemas.purchasing.PurchaseOrderRow.Bill;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderEvent.BilledLine;
import xalesin.schemas.sales.SalesOrderEvent.Cancelled;
import xalesin.schemas.sales.SalesOrderEvent.Closed;
import xalesin.schemas.sales.SalesOrderEvent.Confirmed;
import xalesin.schemas.sales.SalesOrderEvent.Invoiced;
import xalesin.schemas.sales.SalesOrderEvent.LinesChanged;
import xalesin.schemas.sales.SalesOrderEvent.Paid;
import xalesin.schemas.sales.SalesOrderEvent.Placed;
import xalesin.schemas.sales.SalesOrderEvent.Returned;
import xalesin.schemas.sales.SalesOrderEvent.ReturnedLine;
import xalesin.schemas.sales.SalesOrderEvent.Shipped;
import xalesin.schemas.sales.SalesOrderRow;
import xalesin.schemas.sales.SalesOrderRow.Invoice;

/**
 * Sums over all documents, one row per figure, key and currency: an event adds what it changes, so
 * they are exact at any time and cost the same however many documents there are. Stands before the
 * orders in the catalog, to see what they were. Stateless, thread-safe.
 */
public final class Figures implements View<FigureRow> {
  private static final Field<FigureRow> FIGURE = Field.text("figure", FigureRow::figure);
  private static final Field<FigureRow> CURRENCY = Field.text("currency", FigureRow::currency);
  private static final Field<FigureRow> KEY = Field.text("key", FigureRow::key);

  /** The figure again, where more of one thing is to be told from less of another. */
  private static final Field<FigureRow> RANKING =
      Field.optionalText("ranking", row -> isRanked(row) ? row.figure() : null);

  private static final Field<FigureRow> AMOUNT = Field.decimal("amount", Figures::ranked);

  /** The largest amount that an index tells from larger ones. */
  private static final BigDecimal MAX_RANKED = new BigDecimal("999999999999999.999999");

  /** Days are ordered in time, as their text is. */
  public static final Index<FigureRow> BY_KEY =
      new Index<>(
          "by-key",
          "What was the revenue of these days?",
          List.of(FIGURE),
          List.of(Index.ascending(KEY), Index.ascending(CURRENCY)));

  public static final Index<FigureRow> BY_RANK =
      new Index<>(
          "by-rank",
          "Which items bring the most revenue?",
          List.of(RANKING, CURRENCY),
          List.of(Index.descending(AMOUNT)));

  public static final Figures VIEW = new Figures();

  private static final List<Index<FigureRow>> INDEXES = List.of(BY_KEY, BY_RANK);

  private Figures() {}

  private static boolean isRanked(FigureRow row) {
    boolean isRanking =
        row.figure().equals(FigureRow.REVENUE_BY_ITEM)
            || row.figure().equals(FigureRow.REVENUE_BY_CUSTOMER);
    return isRanking && row.amount().compareTo(Total.ZERO) > 0;
  }

  private static BigDecimal ranked(FigureRow row) {
    return row.amount().value().min(MAX_RANKED).max(MAX_RANKED.negate());
  }

  @Override
  public String name() {
    return "figures";
  }

  @Override
  public Class<FigureRow> rowClass() {
    return FigureRow.class;
  }

  @Override
  public List<Index<FigureRow>> indexes() {
    return INDEXES;
  }

  @Override
  public boolean isOfManyStreams() {
    return true;
  }

  @Override
  public List<Change<FigureRow>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    return switch (event) {
      case SalesOrderEvent sales -> {
        SalesOrders.Changed order = SalesOrders.changed(recorded, sales, rows);
        FigureSums sums = new FigureSums(order.after().currency());
        revenue(sums, sales, order.after());
        salesOrder(sums, order.before(), -1);
        salesOrder(sums, order.after(), 1);
        yield sums.changes(rows, recorded.recordedAt());
      }
      case PurchaseOrderEvent purchase -> {
        PurchaseOrders.Changed order = PurchaseOrders.changed(recorded, purchase, rows);
        FigureSums sums = new FigureSums(order.after().currency());
        purchaseOrder(sums, order.before(), -1);
        purchaseOrder(sums, order.after(), 1);
        yield sums.changes(rows, recorded.recordedAt());
      }
      default -> List.of();
    };
  }

  private static void revenue(FigureSums sums, SalesOrderEvent event, SalesOrderRow order) {
    switch (event) {
      case Invoiced invoice -> {
        revenue(sums, order, invoice.date(), 1, invoice.totals().net().value());
        for (BilledLine line : invoice.lines()) {
          BigDecimal quantity = line.quantity().value();
          item(sums, order.lines().get(line.line() - 1), 1, quantity, line.net().value());
        }
      }
      case Returned goods -> {
        revenue(sums, order, goods.date(), 0, goods.totals().net().value().negate());
        for (ReturnedLine line : goods.lines()) {
          BigDecimal quantity = line.credited().value().negate();
          BigDecimal net = line.net().value().negate();
          item(sums, order.lines().get(line.line() - 1), 0, quantity, net);
        }
      }
      case Placed _, LinesChanged _, Confirmed _, Shipped _, Paid _, Cancelled _, Closed _ -> {}
    }
  }

  private static void revenue(
      FigureSums sums, SalesOrderRow order, LocalDate date, int invoices, BigDecimal net) {
    sums.add(FigureRow.REVENUE, "", invoices, net);
    sums.add(FigureRow.REVENUE_BY_DAY, date.toString(), invoices, net);
    sums.add(
        FigureRow.REVENUE_BY_CUSTOMER,
        order.customer().id().toString(),
        new Names(null, order.customer().name()),
        invoices,
        BigDecimal.ZERO,
        net);
  }

  private static void item(
      FigureSums sums, SalesOrderRow.Line line, int billed, BigDecimal quantity, BigDecimal net) {
    sums.add(
        FigureRow.REVENUE_BY_ITEM,
        line.item().toString(),
        new Names(line.sku(), line.name()),
        billed,
        quantity,
        net);
  }

  /** Puts an order in or, with a sign of -1, takes it out. */
  private static void salesOrder(FigureSums sums, @Nullable SalesOrderRow order, int sign) {
    if (order == null) {
      return;
    }
    sums.add(FigureRow.SALES_ORDERS, order.status(), sign, signed(order.total(), sign));
    for (Invoice invoice : order.invoices()) {
      if (!invoice.open().isZero()) {
        BigDecimal open = signed(invoice.open(), sign);
        sums.add(FigureRow.RECEIVABLE, "", sign, open);
        sums.add(FigureRow.RECEIVABLE_BY_DUE_DATE, invoice.dueDate().toString(), sign, open);
      }
    }
  }

  /** Puts an order in or, with a sign of -1, takes it out. */
  private static void purchaseOrder(FigureSums sums, @Nullable PurchaseOrderRow order, int sign) {
    if (order == null) {
      return;
    }
    sums.add(FigureRow.PURCHASE_ORDERS, order.status(), sign, signed(order.total(), sign));
    for (Bill bill : order.bills()) {
      if (!bill.open().isZero()) {
        BigDecimal open = signed(bill.open(), sign);
        sums.add(FigureRow.PAYABLE, "", sign, open);
        sums.add(FigureRow.PAYABLE_BY_DUE_DATE, bill.dueDate().toString(), sign, open);
      }
    }
  }

  private static BigDecimal signed(Amount amount, int sign) {
    return sign < 0 ? amount.value().negate() : amount.value();
  }
}
