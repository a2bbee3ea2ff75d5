package xalesin.schemas.golden;

import static java.util.Map.entry;
import static xalesin.schemas.golden.GoldenEvents.CASH;
import static xalesin.schemas.golden.GoldenEvents.CUSTOMER;
import static xalesin.schemas.golden.GoldenEvents.ITEM;
import static xalesin.schemas.golden.GoldenEvents.OTHER_ITEM;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
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
import xalesin.schemas.sales.SalesOrderEvent.ShippedLine;
import xalesin.schemas.sales.SalesOrderEvent.Totals;
import xalesin.schemas.sales.SalesOrderLine;

final class GoldenSales {
  private static final LocalDate MARCH_9 = LocalDate.of(2026, 3, 9);

  private static final SalesOrderLine CHAI =
      new SalesOrderLine(
          ITEM,
          "NW-0001",
          "Chai",
          Quantity.of(3),
          Amount.of("18.5"),
          Fraction.of("0.15"),
          Fraction.of("0.19"),
          "main",
          Amount.of("47.18"),
          Amount.of("8.96"));

  private static final SalesOrderLine CHANG =
      new SalesOrderLine(
          OTHER_ITEM,
          "NW-0002",
          "Chang",
          Quantity.of("0.5"),
          Amount.of("20"),
          Fraction.ZERO,
          Fraction.ZERO,
          "outlet",
          Amount.of("10"),
          Amount.ZERO);

  static final Map<String, DomainEvent> EVENTS =
      Map.ofEntries(
          entry(
              "SalesOrderPlaced.1",
              new Placed(
                  "SO-2026-000001",
                  CUSTOMER,
                  "Alfreds Futterkiste",
                  MARCH_9,
                  LocalDate.of(2026, 3, 23),
                  "EUR",
                  "PO 4711",
                  List.of(CHAI, CHANG),
                  totals("57.18", "8.96", "4.9", "71.04"))),
          entry(
              "SalesOrderPlaced.1-least",
              new Placed(
                  "SO-2026-000002",
                  CUSTOMER,
                  "Alfreds Futterkiste",
                  MARCH_9,
                  null,
                  "EUR",
                  null,
                  List.of(CHANG),
                  totals("10", "0", "0", "10"))),
          entry(
              "SalesOrderLinesChanged.1",
              new LinesChanged(List.of(CHAI), totals("47.18", "8.96", "0", "56.14"))),
          entry("SalesOrderConfirmed.1", new Confirmed()),
          entry(
              "SalesOrderShipped.1",
              new Shipped(
                  MARCH_9,
                  List.of(
                      new ShippedLine(1, Quantity.of(2), Money.of("34.67", "EUR")),
                      new ShippedLine(2, Quantity.of("0.5"), null)),
                  false)),
          entry(
              "SalesOrderShipped.1-rest",
              new Shipped(
                  MARCH_9,
                  List.of(new ShippedLine(1, Quantity.of(1), Money.of("17.33", "EUR"))),
                  true)),
          entry(
              "SalesOrderInvoiced.1",
              new Invoiced(
                  "INV-2026-000001",
                  MARCH_9,
                  LocalDate.of(2026, 4, 8),
                  List.of(
                      new BilledLine(1, Quantity.of(2), Amount.of("31.45"), Amount.of("5.98")),
                      new BilledLine(2, Quantity.of("0.5"), Amount.of("10"), Amount.ZERO)),
                  totals("41.45", "5.98", "4.9", "52.33"),
                  false)),
          entry("SalesOrderPaid.1", new Paid(Amount.of("50"), MARCH_9, CASH, Amount.of("2.33"))),
          entry("SalesOrderPaid.1-back", new Paid(Amount.of("-16.39"), MARCH_9, CASH, Amount.ZERO)),
          entry(
              "SalesOrderReturned.1",
              new Returned(
                  MARCH_9,
                  "broken",
                  "CN-2026-000001",
                  List.of(
                      new ReturnedLine(
                          1,
                          Quantity.of(2),
                          Money.of("34.67", "EUR"),
                          Quantity.of(1),
                          Amount.of("15.73"),
                          Amount.of("2.99"))),
                  totals("15.73", "2.99", "0", "18.72"))),
          entry(
              "SalesOrderReturned.1-not-billed",
              new Returned(
                  MARCH_9,
                  "not wanted",
                  null,
                  List.of(
                      new ReturnedLine(
                          2, Quantity.of("0.5"), null, Quantity.ZERO, Amount.ZERO, Amount.ZERO)),
                  totals("0", "0", "0", "0"))),
          entry("SalesOrderCancelled.1", new Cancelled("ordered twice")),
          entry(
              "SalesOrderClosed.1",
              new Closed(
                  "out of print",
                  List.of(
                      new LineQuantity(1, Quantity.of(1)),
                      new LineQuantity(2, Quantity.of("0.25"))))));

  private GoldenSales() {}

  private static Totals totals(String net, String tax, String freight, String total) {
    return new Totals(Amount.of(net), Amount.of(tax), Amount.of(freight), Amount.of(total));
  }
}
