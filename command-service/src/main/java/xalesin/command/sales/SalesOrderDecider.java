package xalesin.command.sales;

import java.util.UUID;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Plan;
import xalesin.schemas.StreamName;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.schemas.sales.SalesOrderEvent;

/** The rules of sales orders. Pure. */
public final class SalesOrderDecider {
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
          _ -> WEIGHT);

  private SalesOrderDecider() {}

  private static Plan.Verdict decide(
      UUID id, SalesOrderCommand command, CommandContext context, Plan.States states) {
    throw new UnsupportedOperationException("" + id + command + context + states);
  }
}
