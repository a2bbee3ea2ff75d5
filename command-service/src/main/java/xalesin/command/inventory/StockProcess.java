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
    Decision<InventoryItemEvent> decision =
        InventoryItemDecider.decide(command, work.state(InventoryItemDecider.AGGREGATE, id));
    return switch (decision) {
      case Decision.Refused<InventoryItemEvent>(var refusal) -> new Plan.Refuse(refusal);
      case Decision.Accepted<InventoryItemEvent>(var events) -> {
        Refusal refusal = null;
        for (InventoryItemEvent event : events) {
          work.append(InventoryItemDecider.AGGREGATE, id, event);
          refusal = book(work, id, event, context);
        }
        yield refusal == null ? work.done() : new Plan.Refuse(refusal);
      }
    };
  }

  private static @Nullable Refusal book(
      UnitOfWork work, UUID id, InventoryItemEvent event, CommandContext context) {
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
        context.derivedId(0),
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
