package xalesin.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import xalesin.schemas.overview.FigureRow;
import xalesin.standalone.simulation.Documents.Bill;
import xalesin.standalone.simulation.Documents.Order;
import xalesin.standalone.simulation.Documents.Purchase;
import xalesin.standalone.simulation.Documents.Revenue;
import xalesin.standalone.simulation.Documents.Sale;
import xalesin.standalone.simulation.Documents.Sold;

/** The overview's figures, each summed up over all documents. */
final class FiguresModel {
  /** What a figure's row says of one key and currency. */
  private record Place(String figure, String key, String currency) {}

  private record Value(long count, BigDecimal quantity, BigDecimal amount) {
    Value plus(Value other) {
      return new Value(count + other.count, quantity.add(other.quantity), amount.add(other.amount));
    }

    boolean isNone() {
      return count == 0 && quantity.signum() == 0 && amount.signum() == 0;
    }

    Value stripped() {
      return new Value(count, quantity.stripTrailingZeros(), amount.stripTrailingZeros());
    }
  }

  private final Map<Place, Value> sums = new HashMap<>();

  private FiguresModel() {}

  /** Compares the rows with the sums over the documents. */
  static void check(Collection<FigureRow> rows, Documents documents) {
    Map<Place, Value> actual = new HashMap<>();
    for (FigureRow row : rows) {
      Value value = new Value(row.count(), row.quantity().value(), row.amount().value());
      if (!value.isNone()) {
        actual.put(new Place(row.figure(), row.key(), row.currency()), value.stripped());
      }
    }
    FiguresModel model = new FiguresModel();
    documents.sales.values().forEach(model::sale);
    documents.purchases.values().forEach(model::purchase);
    model.sums.values().removeIf(Value::isNone);
    model.sums.replaceAll((_, value) -> value.stripped());
    assertThat(actual).as("figures").containsExactlyInAnyOrderEntriesOf(model.sums);
  }

  private void sale(Sale sale) {
    order("sales-orders", "receivable", sale);
    for (Revenue revenue : sale.revenue) {
      String customer = sale.customer.toString();
      for (var place :
          List.of(
              new Place("revenue", "", sale.currency),
              new Place("revenue-by-day", revenue.date().toString(), sale.currency),
              new Place("revenue-by-customer", customer, sale.currency))) {
        add(place, revenue.invoices(), BigDecimal.ZERO, revenue.net());
      }
    }
    for (Sold sold : sale.sold) {
      add(
          new Place("revenue-by-item", sold.item().toString(), sale.currency),
          sold.lines(),
          sold.quantity(),
          sold.net());
    }
  }

  private void purchase(Purchase purchase) {
    order("purchase-orders", "payable", purchase);
  }

  private void order(String orders, String owed, Order order) {
    add(new Place(orders, order.status(), order.currency), 1, BigDecimal.ZERO, order.total);
    List<BigDecimal> open = order.openOfBills();
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i).signum() > 0) {
        Bill bill = order.bills.get(i);
        add(new Place(owed, "", order.currency), 1, BigDecimal.ZERO, open.get(i));
        add(
            new Place(owed + "-by-due-date", bill.due().toString(), order.currency),
            1,
            BigDecimal.ZERO,
            open.get(i));
      }
    }
  }

  private void add(Place place, long count, BigDecimal quantity, BigDecimal amount) {
    sums.merge(place, new Value(count, quantity, amount), Value::plus);
  }
}
