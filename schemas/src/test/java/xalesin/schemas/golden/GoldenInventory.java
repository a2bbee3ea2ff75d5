package xalesin.schemas.golden;

import static java.util.Map.entry;

import java.util.Map;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemEvent.Activated;
import xalesin.schemas.inventory.InventoryItemEvent.Created;
import xalesin.schemas.inventory.InventoryItemEvent.Deactivated;
import xalesin.schemas.inventory.InventoryItemEvent.Deleted;
import xalesin.schemas.inventory.InventoryItemEvent.DetailsChanged;
import xalesin.schemas.inventory.InventoryItemEvent.PriceChanged;
import xalesin.schemas.inventory.InventoryItemEvent.StockAdjusted;
import xalesin.schemas.inventory.InventoryItemEvent.StockIssued;
import xalesin.schemas.inventory.InventoryItemEvent.StockReceived;
import xalesin.schemas.inventory.InventoryItemEvent.StockReservationReleased;
import xalesin.schemas.inventory.InventoryItemEvent.StockReserved;
import xalesin.schemas.inventory.InventoryItemEvent.StockTransferred;

final class GoldenInventory {
  static final Map<String, DomainEvent> EVENTS =
      Map.ofEntries(
          entry(
              "InventoryItemCreated.1",
              new Created(
                  "NW-0001",
                  "Chai – “special” blend",
                  "10 boxes x 30 bags",
                  "Beverages",
                  "each",
                  Money.of("18.5", "USD"),
                  Quantity.of(10),
                  false)),
          entry(
              "InventoryItemDetailsChanged.1",
              new DetailsChanged(
                  "NW-0001", "Chai", "", "Hot beverages", "box", Quantity.of("12.5"), true)),
          entry(
              "InventoryItemPriceChanged.1",
              new PriceChanged(Money.of("19.25", "USD"), Money.of("18.5", "USD"))),
          entry("InventoryItemActivated.1", new Activated()),
          entry("InventoryItemDeactivated.1", new Deactivated()),
          entry("InventoryItemDeleted.1", new Deleted("NW-0001")),
          // Version 1 did not tell the value: it is quantity times unit cost, in whole cents.
          entry(
              "StockReceived.1",
              new StockReceived(
                  "main",
                  Quantity.of(39),
                  Money.of("18", "USD"),
                  Money.of("17.333333", "USD"),
                  Money.of("702", "USD"),
                  null)),
          entry(
              "StockReceived.2",
              new StockReceived(
                  "main",
                  Quantity.of("2.5"),
                  Money.of("0.333333", "EUR"),
                  Money.of("0.333333", "EUR"),
                  Money.of("0.83", "EUR"),
                  null)),
          entry(
              "StockReceived.2-on-order",
              new StockReceived(
                  "main",
                  Quantity.of(100),
                  Money.of("18", "JPY"),
                  Money.of("17.5", "JPY"),
                  Money.of("1800", "JPY"),
                  "purchase-orders/0198c4de-0000-7000-8000-00000000000e")),
          entry(
              "StockIssued.1",
              new StockIssued(
                  "main",
                  Quantity.of("0.000001"),
                  "damaged in store",
                  Money.of("17.333333", "USD"),
                  Money.of("0", "USD"),
                  null)),
          entry(
              "StockIssued.2",
              new StockIssued(
                  "main",
                  Quantity.of(3),
                  "shipped",
                  Money.of("17.333333", "USD"),
                  Money.of("52", "USD"),
                  "sales-orders/0198c4de-0000-7000-8000-00000000000e")),
          entry(
              "StockIssued.2-without-cost",
              new StockIssued("main", Quantity.of(3), "damaged in store", null, null, null)),
          entry("StockTransferred.1", new StockTransferred("main", "outlet", Quantity.of(4))),
          entry(
              "StockAdjusted.1",
              new StockAdjusted("main", Quantity.of("-2.75"), "stock taking", null, null)),
          entry(
              "StockAdjusted.2",
              new StockAdjusted(
                  "main",
                  Quantity.of("-2.75"),
                  "stock taking",
                  Money.of("17.333333", "USD"),
                  Money.of("-47.67", "USD"))),
          entry(
              "StockAdjusted.2-without-cost",
              new StockAdjusted("main", Quantity.of(1), "stock taking", null, null)),
          entry("StockReserved.1", new StockReserved("main", Quantity.of(3), "SO-2026-0007")),
          entry(
              "StockReservationReleased.1",
              new StockReservationReleased("main", Quantity.of(3), "SO-2026-0007")));

  private GoldenInventory() {}
}
