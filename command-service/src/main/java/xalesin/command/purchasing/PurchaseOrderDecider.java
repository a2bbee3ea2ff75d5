package xalesin.command.purchasing;

import java.util.UUID;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Plan;
import xalesin.schemas.StreamName;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.purchasing.PurchaseOrderEvent;

/** The rules of purchase orders. Pure. */
public final class PurchaseOrderDecider {
  private static final int WEIGHT = 10;

  /** What the command handler needs to know of purchase orders. */
  public static final Aggregate<PurchaseOrder, PurchaseOrderCommand, PurchaseOrderEvent> AGGREGATE =
      new Aggregate<>(
          StreamName.PURCHASE_ORDERS,
          PurchaseOrderCommand.class,
          PurchaseOrderEvent.class,
          PurchaseOrder.NONE,
          PurchaseOrder::evolve,
          PurchaseOrderDecider::decide,
          _ -> WEIGHT);

  private PurchaseOrderDecider() {}

  private static Plan.Verdict decide(
      UUID id, PurchaseOrderCommand command, CommandContext context, Plan.States states) {
    throw new UnsupportedOperationException("" + id + command + context + states);
  }
}
