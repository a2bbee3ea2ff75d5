package xalesin.schemas.golden;

import static java.util.Map.entry;
import static xalesin.schemas.golden.GoldenEvents.CASH;
import static xalesin.schemas.golden.GoldenEvents.ITEM;
import static xalesin.schemas.golden.GoldenEvents.SUPPLIER;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Approved;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Billed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Cancelled;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Closed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.LinesChanged;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Paid;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Placed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Received;
import xalesin.schemas.purchasing.PurchaseOrderEvent.ReceivedLine;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Totals;
import xalesin.schemas.purchasing.PurchaseOrderLine;

final class GoldenPurchasing {
  private static final LocalDate MARCH_9 = LocalDate.of(2026, 3, 9);

  private static final PurchaseOrderLine CHAI =
      new PurchaseOrderLine(
          ITEM,
          "NW-0001",
          "Chai",
          Quantity.of(39),
          Amount.of("13.3333"),
          Fraction.of("0.07"),
          "main",
          Amount.of("520"),
          Amount.of("36.4"));

  private static final Totals TOTALS =
      new Totals(Amount.of("520"), Amount.of("36.4"), Amount.of("556.4"));

  static final Map<String, DomainEvent> EVENTS =
      Map.ofEntries(
          entry(
              "PurchaseOrderPlaced.1",
              new Placed(
                  "PO-2026-000001",
                  SUPPLIER,
                  "Exotic Liquids",
                  "ann",
                  MARCH_9,
                  "GBP",
                  "Q-17",
                  List.of(CHAI),
                  TOTALS)),
          entry(
              "PurchaseOrderPlaced.1-least",
              new Placed(
                  "PO-2026-000002",
                  SUPPLIER,
                  "Exotic Liquids",
                  "ann",
                  MARCH_9,
                  "GBP",
                  null,
                  List.of(CHAI),
                  TOTALS)),
          entry("PurchaseOrderLinesChanged.1", new LinesChanged("bob", List.of(CHAI), TOTALS)),
          entry("PurchaseOrderApproved.1", new Approved("carol")),
          entry(
              "PurchaseOrderReceived.1",
              new Received(
                  MARCH_9,
                  List.of(new ReceivedLine(1, Quantity.of(13), Amount.of("173.33"))),
                  false)),
          entry(
              "PurchaseOrderBilled.1",
              new Billed(
                  MARCH_9,
                  LocalDate.of(2026, 4, 8),
                  new Totals(Amount.of("173.33"), Amount.of("12.13"), Amount.of("185.46")),
                  false)),
          entry("PurchaseOrderPaid.1", new Paid(Amount.of("185.46"), MARCH_9, CASH, Amount.ZERO)),
          entry("PurchaseOrderCancelled.1", new Cancelled("too late")),
          entry(
              "PurchaseOrderClosed.1",
              new Closed("out of season", List.of(new LineQuantity(1, Quantity.of(7))))));

  private GoldenPurchasing() {}
}
