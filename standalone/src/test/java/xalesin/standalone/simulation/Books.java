package xalesin.standalone.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import xalesin.projection.BruteForce;
import xalesin.projection.finance.AccountBalances;
import xalesin.projection.inventory.InventoryItems;
import xalesin.projection.overview.Figures;
import xalesin.projection.view.View;
import xalesin.schemas.finance.AccountBalanceRow;
import xalesin.schemas.inventory.InventoryItemRow;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.standalone.simulation.Documents.Order;

/**
 * Everything that is reckoned from the events by hand, and what must hold of it after every
 * transaction. For one thread.
 */
final class Books {
  private final StockModel stock = new StockModel();
  private final LedgerModel ledger = new LedgerModel();
  private final Documents documents = new Documents();

  void take(List<Happened> transaction) {
    for (Happened each : transaction) {
      stock.take(each.stream().id(), each.event());
      documents.take(each.stream().id(), each.event());
    }
    ledger.take(transaction);
    stock.check();
    stock
        .values()
        .forEach(
            (currency, value) ->
                assertThat(ledger.balance(AccountPurpose.INVENTORY, currency))
                    .as("inventory account and the stock's value in %s", currency)
                    .isEqualByComparingTo(value));
  }

  /** What is open of all orders is what the ledger says is owed; costs a look at each order. */
  void checkOwed() {
    Map<String, BigDecimal> receivable = open(documents.sales.values());
    Map<String, BigDecimal> payable = open(documents.purchases.values());
    Map<String, BigDecimal> received = new HashMap<>();
    documents
        .purchases
        .values()
        .forEach(order -> received.merge(order.currency, order.receivedNotBilled, BigDecimal::add));
    for (String currency : List.of("EUR", "USD")) {
      assertThat(ledger.balance(AccountPurpose.RECEIVABLE, currency))
          .as("receivable in %s", currency)
          .isEqualByComparingTo(receivable.getOrDefault(currency, BigDecimal.ZERO));
      assertThat(ledger.balance(AccountPurpose.PAYABLE, currency).negate())
          .as("payable in %s", currency)
          .isEqualByComparingTo(payable.getOrDefault(currency, BigDecimal.ZERO));
      assertThat(ledger.balance(AccountPurpose.GOODS_RECEIVED, currency).negate())
          .as("goods received and not billed in %s", currency)
          .isEqualByComparingTo(received.getOrDefault(currency, BigDecimal.ZERO));
    }
  }

  private static Map<String, BigDecimal> open(Iterable<? extends Order> orders) {
    Map<String, BigDecimal> open = new HashMap<>();
    orders.forEach(order -> open.merge(order.currency, order.open(), BigDecimal::add));
    return open;
  }

  /** Compares what the views add up with what was reckoned by hand. */
  void checkViews(BruteForce views) {
    FiguresModel.check(rows(views, Figures.VIEW), documents);
    for (InventoryItemRow row : rows(views, InventoryItems.VIEW)) {
      StockModel.Item item = requireNonNull(stock.items().get(row.id()));
      assertThat(row.onHand().value()).as("on hand: %s", row).isEqualByComparingTo(item.onHand());
      assertThat(row.reserved().value())
          .as("reserved: %s", row)
          .isEqualByComparingTo(item.reserved());
      assertThat(row.value() == null ? BigDecimal.ZERO : row.value().amount())
          .as("value: %s", row)
          .isEqualByComparingTo(item.value);
    }
    Map<LedgerModel.Place, BigDecimal> balances = new HashMap<>();
    for (AccountBalanceRow row : rows(views, AccountBalances.YEARS)) {
      balances.merge(
          new LedgerModel.Place(row.account(), row.currency()),
          row.debit().value().subtract(row.credit().value()),
          BigDecimal::add);
    }
    var places = new TreeSet<LedgerModel.Place>(java.util.Comparator.comparing(Object::toString));
    places.addAll(balances.keySet());
    places.addAll(ledger.balances().keySet());
    for (LedgerModel.Place place : places) {
      assertThat(balances.getOrDefault(place, BigDecimal.ZERO))
          .as("balance of %s", place)
          .isEqualByComparingTo(ledger.balances().getOrDefault(place, BigDecimal.ZERO));
    }
  }

  /** How many orders there are of each status, for a look at what the company has done. */
  Map<String, Long> sales() {
    return documents.sales.values().stream()
        .collect(Collectors.groupingBy(Order::status, Collectors.counting()));
  }

  Map<String, Long> purchases() {
    return documents.purchases.values().stream()
        .collect(Collectors.groupingBy(Order::status, Collectors.counting()));
  }

  private static <R> List<R> rows(BruteForce views, View<R> view) {
    return views.rowsOf(view).values().stream()
        .map((Function<Object, R>) view.rowClass()::cast)
        .toList();
  }
}
