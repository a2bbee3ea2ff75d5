package xalesin.command.sales;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Plan;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.sales.SalesOrder.Confirmed;
import xalesin.command.sales.SalesOrder.Draft;
import xalesin.schemas.StreamName;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.schemas.sales.SalesOrderEvent;

/**
 * The rules of sales orders, from the draft to the last payment. What an order does to stock, to
 * the customer's credit and to the books happens with it or not at all. Pure.
 */
public final class SalesOrderDecider {
  /** What a line is made of: what was agreed, and how far it has come. */
  private static final int LINE_WEIGHT = 10;

  private static final int WEIGHT = 10;

  /** What the command handler needs to know of sales orders. */
  public static final Aggregate<SalesOrder, SalesOrderCommand, SalesOrderEvent> AGGREGATE =
      new Aggregate<>(
          StreamName.SALES_ORDERS,
          SalesOrderCommand.class,
          SalesOrderEvent.class,
          SalesOrder.NONE,
          SalesOrder::evolve,
          SalesOrderDecider::decide,
          SalesOrderDecider::weight);

  private SalesOrderDecider() {}

  private static Plan.Verdict decide(
      UUID id, SalesOrderCommand command, CommandContext context, Plan.States states) {
    OrderWork at = new OrderWork(new UnitOfWork(states), states, id, context);
    Refusal refusal =
        switch (at.order()) {
          case SalesOrder.None() -> none(at, command);
          case Draft draft -> draft(at, draft, command);
          case Confirmed confirmed -> confirmed(at, confirmed, command);
          case SalesOrder.Cancelled(var origin) -> cancelled(command, origin);
        };
    return refusal == null ? at.work().done() : new Plan.Refuse(refusal);
  }

  private static @Nullable Refusal none(OrderWork at, SalesOrderCommand command) {
    return command instanceof SalesOrderCommand.Place place
        ? Placing.place(at, place)
        : new SalesOrderRefusal.NotFound();
  }

  private static @Nullable Refusal draft(OrderWork at, Draft order, SalesOrderCommand command) {
    return switch (command) {
      case SalesOrderCommand.Place place -> Placing.placeAgain(place, order.origin());
      case SalesOrderCommand.ChangeLines change -> Placing.changeLines(at, order, change);
      case SalesOrderCommand.Confirm() -> Confirming.confirm(at, order);
      case SalesOrderCommand.Cancel(var reason) -> Confirming.cancel(at, reason);
      case SalesOrderCommand.Ship _,
          SalesOrderCommand.Invoice _,
          SalesOrderCommand.Pay _,
          SalesOrderCommand.Return _,
          SalesOrderCommand.Close _ ->
          new SalesOrderRefusal.NotConfirmed("a draft");
    };
  }

  private static @Nullable Refusal confirmed(
      OrderWork at, Confirmed order, SalesOrderCommand command) {
    return switch (command) {
      case SalesOrderCommand.Place place -> Placing.placeAgain(place, order.origin());
      case SalesOrderCommand.Ship ship -> Shipping.ship(at, order, ship);
      case SalesOrderCommand.Invoice invoice -> Billing.invoice(at, order, invoice);
      case SalesOrderCommand.Pay pay -> Billing.pay(at, order, pay);
      case SalesOrderCommand.Return back -> Returning.takeBack(at, order, back);
      case SalesOrderCommand.Cancel(var reason) -> Confirming.cancel(at, order, reason);
      case SalesOrderCommand.Close(var reason) -> Confirming.close(at, order, reason);
      case SalesOrderCommand.ChangeLines _, SalesOrderCommand.Confirm() ->
          new SalesOrderRefusal.NotDraft("confirmed");
    };
  }

  private static @Nullable Refusal cancelled(
      SalesOrderCommand command, SalesOrderEvent.Placed origin) {
    return switch (command) {
      case SalesOrderCommand.Place place -> Placing.placeAgain(place, origin);
      case SalesOrderCommand.Cancel _ -> null;
      case SalesOrderCommand.ChangeLines _, SalesOrderCommand.Confirm() ->
          new SalesOrderRefusal.NotDraft("cancelled");
      case SalesOrderCommand.Ship _,
          SalesOrderCommand.Invoice _,
          SalesOrderCommand.Pay _,
          SalesOrderCommand.Return _,
          SalesOrderCommand.Close _ ->
          new SalesOrderRefusal.NotConfirmed("cancelled");
    };
  }

  private static int weight(SalesOrder state) {
    return switch (state) {
      case SalesOrder.None() -> 1;
      case Draft draft -> WEIGHT + LINE_WEIGHT * draft.lines().size();
      case Confirmed order -> WEIGHT + LINE_WEIGHT * order.lines().size();
      case SalesOrder.Cancelled(var origin) -> WEIGHT + LINE_WEIGHT * origin.lines().size();
    };
  }
}
