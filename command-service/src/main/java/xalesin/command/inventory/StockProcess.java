package xalesin.command.inventory;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Decision;
import xalesin.command.decision.Plan;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.finance.Journal;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.settings.AccountPurpose;

/**
 * What a command to an item does: to its stock, and to the books. What comes, goes or is found
 * without a document is a stock adjustment there. Pure.
 */
final class StockProcess {
  private StockProcess() {}

  static Plan.Verdict decide(
      UUID id, InventoryItemCommand command, CommandContext context, Plan.States states) {
    UnitOfWork work = new UnitOfWork(states);
    InventoryItem item = work.state(InventoryItemDecider.AGGREGATE, id);
    if (item instanceof InventoryItem.Live live) {
      Refusal refusal = reservedByDocument(command);
      if (refusal == null) {
        refusal = unknownLocation(work, live, command);
      }
      if (refusal != null) {
        return new Plan.Refuse(refusal);
      }
    }
    return switch (InventoryItemDecider.decide(command, item)) {
      case Decision.Refused<InventoryItemEvent>(var refusal) -> new Plan.Refuse(refusal);
      case Decision.Accepted<InventoryItemEvent>(var events) -> {
        int place = 0;
        for (InventoryItemEvent event : events) {
          work.append(InventoryItemDecider.AGGREGATE, id, event);
          Refusal refusal = book(work, id, event, context, place++);
          if (refusal != null) {
            yield new Plan.Refuse(refusal);
          }
        }
        yield work.done();
      }
    };
  }

  /** By hand nothing is set aside or set free for an order: the order would not know. */
  private static @Nullable Refusal reservedByDocument(InventoryItemCommand command) {
    String reference =
        switch (command) {
          case InventoryItemCommand.Reserve reserve -> reserve.reference();
          case InventoryItemCommand.Release release -> release.reference();
          case InventoryItemCommand.Create _,
              InventoryItemCommand.ChangeDetails _,
              InventoryItemCommand.ChangePrice _,
              InventoryItemCommand.Activate _,
              InventoryItemCommand.Deactivate _,
              InventoryItemCommand.Delete _,
              InventoryItemCommand.Receive _,
              InventoryItemCommand.Issue _,
              InventoryItemCommand.Transfer _,
              InventoryItemCommand.Adjust _ ->
              "";
        };
    return reference.startsWith(StreamName.SALES_ORDERS + "/")
        ? new InventoryItemRefusal.ReservedByDocument(reference)
        : null;
  }

  /**
   * Why stock cannot be moved there, or null. From a location that the tenant has taken off its
   * list, what is left may still leave, and what was set aside may be set free.
   */
  private static @Nullable Refusal unknownLocation(
      UnitOfWork work, InventoryItem.Live item, InventoryItemCommand command) {
    return switch (command) {
      case InventoryItemCommand.Receive receive ->
          StockWork.unknownLocation(work, receive.location());
      case InventoryItemCommand.Reserve reserve ->
          StockWork.unknownLocation(work, reserve.location());
      case InventoryItemCommand.Issue issue -> unknownOrigin(work, item, issue.location());
      case InventoryItemCommand.Transfer transfer -> {
        Refusal unknown = unknownOrigin(work, item, transfer.from());
        yield unknown == null ? StockWork.unknownLocation(work, transfer.to()) : unknown;
      }
      case InventoryItemCommand.Adjust adjust ->
          adjust.quantity().signum() < 0
              ? unknownOrigin(work, item, adjust.location())
              : StockWork.unknownLocation(work, adjust.location());
      case InventoryItemCommand.Release _,
          InventoryItemCommand.Create _,
          InventoryItemCommand.ChangeDetails _,
          InventoryItemCommand.ChangePrice _,
          InventoryItemCommand.Activate _,
          InventoryItemCommand.Deactivate _,
          InventoryItemCommand.Delete _ ->
          null;
    };
  }

  private static @Nullable Refusal unknownOrigin(
      UnitOfWork work, InventoryItem.Live item, String location) {
    return item.at(location).onHand().signum() > 0
        ? null
        : StockWork.unknownLocation(work, location);
  }

  private static @Nullable Refusal book(
      UnitOfWork work, UUID id, InventoryItemEvent event, CommandContext context, int place) {
    Money value = StockWork.valueOf(event);
    if (value == null || value.amount().signum() == 0) {
      return null;
    }
    boolean isOut = event instanceof InventoryItemEvent.StockIssued;
    boolean isLess = isOut ? value.amount().signum() > 0 : value.amount().signum() < 0;
    Money amount = new Money(value.amount().abs(), value.currency());
    UUID inventory = Tenants.account(work, AccountPurpose.INVENTORY);
    UUID adjustment = Tenants.account(work, AccountPurpose.STOCK_ADJUSTMENT);
    return Journal.post(
        work,
        context.derivedId(place),
        new Journal.Entry(
            context.today(),
            memo(event),
            InventoryItemDecider.AGGREGATE.stream(id).toString(),
            null,
            isLess
                ? List.of(Posting.debit(adjustment, amount), Posting.credit(inventory, amount))
                : List.of(Posting.debit(inventory, amount), Posting.credit(adjustment, amount))));
  }

  private static String memo(InventoryItemEvent event) {
    return switch (event) {
      case InventoryItemEvent.StockIssued issued -> issued.reason();
      case InventoryItemEvent.StockAdjusted adjusted -> adjusted.reason();
      case InventoryItemEvent.StockReceived _ -> "Stock received";
      case InventoryItemEvent.Created _,
          InventoryItemEvent.DetailsChanged _,
          InventoryItemEvent.PriceChanged _,
          InventoryItemEvent.Activated _,
          InventoryItemEvent.Deactivated _,
          InventoryItemEvent.Deleted _,
          InventoryItemEvent.StockTransferred _,
          InventoryItemEvent.StockReserved _,
          InventoryItemEvent.StockReservationReleased _ ->
          throw new IllegalArgumentException("is worth nothing: " + event);
    };
  }
}
