package xalesin.standalone.imports;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderLine;

/**
 * What a company's events come to, as an analyst would sum them up from the topic. For one thread.
 */
public final class TradeInEvents {
  private final Set<String> numbers = new HashSet<>();
  private final Set<String> skus = new HashSet<>();
  private final Map<String, SalesOrderEvent.Placed> orders = new HashMap<>();
  private final Map<String, BigDecimal> byItem = new HashMap<>();
  private final Map<String, BigDecimal> byCustomer = new HashMap<>();
  private int customers;
  private int suppliers;
  private int inactive;
  private int paid;
  private BigDecimal onHand = BigDecimal.ZERO;
  private BigDecimal reserved = BigDecimal.ZERO;
  private BigDecimal orderValue = BigDecimal.ZERO;
  private BigDecimal revenue = BigDecimal.ZERO;
  private BigDecimal freight = BigDecimal.ZERO;
  private BigDecimal costOfGoods = BigDecimal.ZERO;
  private BigDecimal stockValue = BigDecimal.ZERO;
  private BigDecimal ledger = BigDecimal.ZERO;

  /**
   * @param stream such as {@code sales-orders/…}
   */
  public void take(String stream, DomainEvent event) {
    switch (event) {
      case PartyEvent.Registered party -> {
        customers += party.details().kinds().contains(PartyKind.CUSTOMER) ? 1 : 0;
        suppliers += party.details().kinds().contains(PartyKind.SUPPLIER) ? 1 : 0;
      }
      case InventoryItemEvent.Created item -> skus.add(item.sku());
      case InventoryItemEvent.Deactivated() -> inactive++;
      case InventoryItemEvent.StockReceived received -> {
        onHand = onHand.add(received.quantity().value());
        stockValue = stockValue.add(received.value().amount());
      }
      case InventoryItemEvent.StockIssued issued -> {
        onHand = onHand.subtract(issued.quantity().value());
        stockValue = stockValue.subtract(amount(issued.value()));
      }
      case InventoryItemEvent.StockReserved it -> reserved = reserved.add(it.quantity().value());
      case InventoryItemEvent.StockReservationReleased it ->
          reserved = reserved.subtract(it.quantity().value());
      case SalesOrderEvent.Placed placed -> {
        number(placed.number());
        orders.put(stream, placed);
        orderValue = orderValue.add(placed.totals().net().value());
      }
      case SalesOrderEvent.Shipped shipped ->
          shipped.lines().forEach(line -> costOfGoods = costOfGoods.add(amount(line.cost())));
      case SalesOrderEvent.Invoiced invoiced -> invoiced(stream, invoiced);
      case SalesOrderEvent.Paid it -> paid += it.open().isZero() ? 1 : 0;
      case FinancialTransactionEvent.Posted posted -> {
        number(posted.number());
        posted.postings().forEach(this::post);
      }
      default -> {}
    }
  }

  private void invoiced(String stream, SalesOrderEvent.Invoiced invoiced) {
    SalesOrderEvent.Placed order = Objects.requireNonNull(orders.get(stream));
    number(invoiced.number());
    revenue = revenue.add(invoiced.totals().net().value());
    freight = freight.add(invoiced.totals().freight().value());
    byCustomer.merge(order.customerName(), invoiced.totals().net().value(), BigDecimal::add);
    for (SalesOrderEvent.BilledLine billed : invoiced.lines()) {
      SalesOrderLine line = order.lines().get(billed.line() - 1);
      byItem.merge(line.sku(), billed.net().value(), BigDecimal::add);
    }
  }

  private void number(String number) {
    if (!numbers.add(number)) {
      throw new AssertionError("two documents have the number " + number);
    }
  }

  private void post(Posting posting) {
    BigDecimal amount = posting.money().amount();
    ledger = posting.debit() == null ? ledger.subtract(amount) : ledger.add(amount);
  }

  private static BigDecimal amount(@Nullable Money money) {
    return money == null ? BigDecimal.ZERO : money.amount();
  }

  /** All debits less all credits. */
  public BigDecimal ledger() {
    return ledger;
  }

  public TradeFigures figures() {
    Map.Entry<String, BigDecimal> topItem = TradeFigures.most(byItem);
    Map.Entry<String, BigDecimal> bestCustomer = TradeFigures.most(byCustomer);
    return new TradeFigures(
        customers,
        suppliers,
        skus.size(),
        inactive,
        orders.size(),
        paid,
        onHand,
        reserved,
        onHand.subtract(reserved),
        orderValue,
        revenue,
        freight,
        costOfGoods,
        stockValue,
        topItem.getKey(),
        topItem.getValue(),
        bestCustomer.getKey(),
        bestCustomer.getValue());
  }
}
