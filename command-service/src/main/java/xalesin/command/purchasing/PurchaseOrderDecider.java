package xalesin.command.purchasing;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Plan;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.purchasing.PurchaseOrder.Approved;
import xalesin.command.purchasing.PurchaseOrder.Draft;
import xalesin.command.purchasing.PurchaseOrderRefusal.Standing;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.purchasing.PurchaseOrderEvent;

/**
 * The rules of purchase orders: one is placed as a draft, approved, and then goods are received,
 * bills are booked and paid, each in as many parts as it takes. Pure.
 */
public final class PurchaseOrderDecider {
  /** What the command handler needs to know of purchase orders. */
  public static final Aggregate<PurchaseOrder, PurchaseOrderCommand, PurchaseOrderEvent> AGGREGATE =
      new Aggregate<>(
          StreamName.PURCHASE_ORDERS,
          PurchaseOrderCommand.class,
          PurchaseOrderEvent.class,
          PurchaseOrder.NONE,
          PurchaseOrder::evolve,
          PurchaseOrderDecider::decide,
          PurchaseOrderDecider::weight);

  /** Beside its lines, and of each of them. */
  private static final int WEIGHT = 10;

  private PurchaseOrderDecider() {}

  private static Plan.Verdict decide(
      UUID id, PurchaseOrderCommand command, CommandContext context, Plan.States states) {
    UnitOfWork work = new UnitOfWork(states);
    Refusal refusal =
        switch (work.state(AGGREGATE, id)) {
          case PurchaseOrder.None() ->
              command instanceof PurchaseOrderCommand.Place place
                  ? Ordering.place(work, id, place, context)
                  : Standing.NOT_FOUND;
          case Draft order -> decide(work, id, order, command, context);
          case Approved order -> decide(work, id, order, command, context);
          case PurchaseOrder.Cancelled(var origin) ->
              command instanceof PurchaseOrderCommand.Place place
                  ? placeAgain(place, origin)
                  : Standing.CANCELLED;
        };
    return refusal == null ? work.done() : new Plan.Refuse(refusal);
  }

  /** Why it cannot be, or null when the work has all that happens. */
  private static @Nullable Refusal decide(
      UnitOfWork work, UUID id, Draft order, PurchaseOrderCommand command, CommandContext context) {
    return switch (command) {
      case PurchaseOrderCommand.Place place -> placeAgain(place, order.origin());
      case PurchaseOrderCommand.ChangeLines change ->
          Ordering.changeLines(work, id, order, change, context);
      case PurchaseOrderCommand.Approve() -> approve(work, id, order, context.actor());
      case PurchaseOrderCommand.Receive _,
          PurchaseOrderCommand.Bill _,
          PurchaseOrderCommand.Pay _,
          PurchaseOrderCommand.Close _ ->
          Standing.NOT_APPROVED;
      case PurchaseOrderCommand.Cancel(var reason) -> cancel(work, id, reason);
    };
  }

  private static @Nullable Refusal decide(
      UnitOfWork work,
      UUID id,
      Approved order,
      PurchaseOrderCommand command,
      CommandContext context) {
    return switch (command) {
      case PurchaseOrderCommand.Place place -> placeAgain(place, order.origin());
      case PurchaseOrderCommand.ChangeLines _, PurchaseOrderCommand.Approve _ -> Standing.NOT_DRAFT;
      case PurchaseOrderCommand.Receive receive ->
          Receiving.receive(work, id, order, receive, context);
      case PurchaseOrderCommand.Bill bill -> Paying.bill(work, id, order, bill, context);
      case PurchaseOrderCommand.Pay pay -> Paying.pay(work, id, order, pay, context);
      case PurchaseOrderCommand.Cancel(var reason) ->
          order.isReceivedInPart() ? Standing.HAS_RECEIPTS : cancel(work, id, reason);
      case PurchaseOrderCommand.Close(var reason) -> close(work, id, order, reason);
    };
  }

  private static @Nullable Refusal placeAgain(
      PurchaseOrderCommand.Place place, PurchaseOrderEvent.Placed origin) {
    return Ordering.isSame(place, origin) ? null : Standing.ALREADY_EXISTS;
  }

  /** Above the tenant's limit it takes another person than those who wrote the order. */
  private static @Nullable Refusal approve(UnitOfWork work, UUID id, Draft order, String approver) {
    Money limit = Tenants.of(work).settings().approvalLimit();
    if (limit != null && isAbove(limit, order) && order.authors().contains(approver)) {
      return new PurchaseOrderRefusal.ApprovalByAuthor(approver, limit);
    }
    work.append(AGGREGATE, id, new PurchaseOrderEvent.Approved(approver));
    return null;
  }

  /** Nobody says what another currency is worth, so it may be more. */
  private static boolean isAbove(Money limit, Draft order) {
    return !order.origin().currency().equals(limit.currency())
        || order.totals().total().value().compareTo(limit.amount()) > 0;
  }

  private static @Nullable Refusal cancel(UnitOfWork work, UUID id, String reason) {
    work.append(AGGREGATE, id, new PurchaseOrderEvent.Cancelled(reason));
    return null;
  }

  /** What is still to come is given up; when nothing is, there is nothing to do. */
  private static @Nullable Refusal close(UnitOfWork work, UUID id, Approved order, String reason) {
    if (!order.isReceivedInPart()) {
      return Standing.NO_RECEIPTS;
    }
    if (!order.left().isEmpty()) {
      work.append(AGGREGATE, id, new PurchaseOrderEvent.Closed(reason, order.left()));
    }
    return null;
  }

  private static int weight(PurchaseOrder state) {
    return switch (state) {
      case PurchaseOrder.None() -> 1;
      case Draft order -> WEIGHT * (1 + order.lines().size());
      // What was placed is kept beside what became of it.
      case Approved order -> WEIGHT * (1 + order.origin().lines().size() + order.lines().size());
      case PurchaseOrder.Cancelled(var origin) -> WEIGHT * (1 + origin.lines().size());
    };
  }
}
