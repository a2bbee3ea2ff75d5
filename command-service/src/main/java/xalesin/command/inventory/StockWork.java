package xalesin.command.inventory;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Decision;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent;

/** What documents do to stock: the moves of an item as part of a bigger decision. Pure. */
public final class StockWork {
  private StockWork() {}

  /** What became of a move. */
  public sealed interface Move {}

  /**
   * @param value by how much the stock is worth more (in) or less (out); null when nothing was ever
   *     received at a cost
   */
  public record Moved(@Nullable Money value) implements Move {}

  public record NotMoved(Refusal refusal) implements Move {}

  /** An item that can be traded, or null when there is none of that id. */
  public static InventoryItem.@Nullable Live item(UnitOfWork work, UUID item) {
    return work.state(InventoryItemDecider.AGGREGATE, item) instanceof InventoryItem.Live live
        ? live
        : null;
  }

  /** Why nothing may come to the location, or null: the tenant may have listed where stock is. */
  public static @Nullable Refusal unknownLocation(UnitOfWork work, String location) {
    List<String> locations = Tenants.of(work).settings().locations();
    return locations.isEmpty() || locations.contains(location)
        ? null
        : new InventoryItemRefusal.UnknownLocation(location);
  }

  /** Sets aside; null when it is done. */
  public static @Nullable Refusal reserve(
      UnitOfWork work, UUID item, String location, Quantity quantity, String reference) {
    return refusal(
        apply(work, item, new InventoryItemCommand.Reserve(quantity, location, reference)));
  }

  /** Sets free what was set aside; null when it is done. */
  public static @Nullable Refusal release(
      UnitOfWork work, UUID item, String location, Quantity quantity, String reference) {
    return refusal(
        apply(work, item, new InventoryItemCommand.Release(quantity, location, reference)));
  }

  /**
   * Lets goods out at their average cost.
   *
   * @param document the stream for which they leave, such as {@code sales-orders/…}
   */
  public static Move issue(
      UnitOfWork work,
      UUID item,
      String location,
      Quantity quantity,
      String reason,
      String document) {
    InventoryItem.Live live = item(work, item);
    return live == null
        ? new NotMoved(new InventoryItemRefusal.NotFound())
        : moved(work, item, InventoryItemDecider.issue(live, location, quantity, reason, document));
  }

  /**
   * Takes goods in at a cost.
   *
   * @param document the stream with which they come, such as {@code purchase-orders/…}
   */
  public static Move receive(
      UnitOfWork work,
      UUID item,
      String location,
      Quantity quantity,
      Money unitCost,
      String document) {
    InventoryItem.Live live = item(work, item);
    return live == null
        ? new NotMoved(new InventoryItemRefusal.NotFound())
        : moved(
            work, item, InventoryItemDecider.receive(live, location, quantity, unitCost, document));
  }

  /**
   * Takes back goods that had left, at what they were worth then.
   *
   * @param value of all of them; null when they had no cost
   * @param document the stream with which they come back, such as {@code sales-orders/…}
   */
  public static Move takeBack(
      UnitOfWork work,
      UUID item,
      String location,
      Quantity quantity,
      @Nullable Money value,
      String document) {
    InventoryItem.Live live = item(work, item);
    return live == null
        ? new NotMoved(new InventoryItemRefusal.NotFound())
        : moved(
            work, item, InventoryItemDecider.takeBack(live, location, quantity, value, document));
  }

  private static Move apply(UnitOfWork work, UUID item, InventoryItemCommand command) {
    return moved(
        work,
        item,
        InventoryItemDecider.decide(command, work.state(InventoryItemDecider.AGGREGATE, item)));
  }

  private static @Nullable Refusal refusal(Move move) {
    return switch (move) {
      case Moved _ -> null;
      case NotMoved(var refusal) -> refusal;
    };
  }

  private static Move moved(UnitOfWork work, UUID item, Decision<InventoryItemEvent> decision) {
    return switch (decision) {
      case Decision.Refused<InventoryItemEvent>(var refusal) -> new NotMoved(refusal);
      case Decision.Accepted<InventoryItemEvent>(var events) -> {
        Money value = null;
        for (InventoryItemEvent event : events) {
          work.append(InventoryItemDecider.AGGREGATE, item, event);
          value = valueOf(event);
        }
        yield new Moved(value);
      }
    };
  }

  /** By how much the event makes the stock worth more or less; null when it does not. */
  static @Nullable Money valueOf(InventoryItemEvent event) {
    return switch (event) {
      case InventoryItemEvent.StockReceived received -> received.value();
      case InventoryItemEvent.StockIssued issued -> issued.value();
      case InventoryItemEvent.StockAdjusted adjusted -> adjusted.value();
      case InventoryItemEvent.Created _,
          InventoryItemEvent.DetailsChanged _,
          InventoryItemEvent.PriceChanged _,
          InventoryItemEvent.Activated _,
          InventoryItemEvent.Deactivated _,
          InventoryItemEvent.Deleted _,
          InventoryItemEvent.StockTransferred _,
          InventoryItemEvent.StockReserved _,
          InventoryItemEvent.StockReservationReleased _ ->
          null;
    };
  }
}
