package xalesin.command.purchasing;

import static java.util.Objects.requireNonNullElse;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.finance.Journal;
import xalesin.command.inventory.InventoryItemDecider;
import xalesin.command.inventory.StockWork;
import xalesin.command.purchasing.PurchaseOrder.Approved;
import xalesin.command.purchasing.PurchaseOrder.Line;
import xalesin.command.purchasing.PurchaseOrderRefusal.ExceededLine;
import xalesin.command.purchasing.PurchaseOrderRefusal.LineRule;
import xalesin.command.purchasing.PurchaseOrderRefusal.Standing;
import xalesin.schemas.Amount;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.settings.AccountPurpose;

/** Takes in what was ordered: into stock, and into the books as owed and not yet billed. Pure. */
final class Receiving {
  private Receiving() {}

  static @Nullable Refusal receive(
      UnitOfWork work,
      UUID id,
      Approved order,
      PurchaseOrderCommand.Receive receive,
      CommandContext context) {
    List<LineQuantity> coming = requireNonNullElse(receive.lines(), order.left());
    if (coming.isEmpty()) {
      return Standing.NOTHING_TO_RECEIVE;
    }
    Refusal refusal = check(order, coming);
    if (refusal != null) {
      return refusal;
    }
    if (order.receipts() >= PurchaseOrder.MAX_STEPS && !coming.equals(order.left())) {
      // The last one leaves nothing to come, so that no order is stuck.
      return Standing.TOO_MANY_RECEIPTS;
    }
    LocalDate date = requireNonNullElse(receive.date(), context.today());
    PurchaseOrderEvent.Received received = received(order, coming, date);
    work.append(PurchaseOrderDecider.AGGREGATE, id, received);

    work.prepare(
        InventoryItemDecider.AGGREGATE,
        coming.stream().map(part -> order.line(part.line()).ordered().item()).toList());
    Amount cost = Amount.ZERO;
    BigDecimal worth = BigDecimal.ZERO;
    for (PurchaseOrderEvent.ReceivedLine part : received.lines()) {
      switch (toStock(work, id, order, part)) {
        case StockWork.NotMoved(var why) -> {
          return why;
        }
        case StockWork.Moved(var value) -> {
          worth = value == null ? worth : worth.add(value.amount());
          cost = cost.plus(part.net());
          if (Amounts.isTooLarge(worth)) {
            return Standing.TOO_MUCH;
          }
        }
      }
    }
    return Journal.post(
        work,
        context.derivedId(0),
        new Journal.Entry(
            date,
            "Goods received for " + order.origin().number(),
            PurchaseOrderDecider.AGGREGATE.stream(id).toString(),
            null,
            postings(work, order.origin().currency(), worth, cost.value())));
  }

  private static @Nullable Refusal check(Approved order, List<LineQuantity> coming) {
    List<ExceededLine> exceeded = new ArrayList<>();
    for (LineQuantity part : coming) {
      if (part.line() > order.lines().size()) {
        return new PurchaseOrderRefusal.UnknownLine(part.line(), order.lines().size());
      }
      Quantity left = order.line(part.line()).left();
      if (left.isLessThan(part.quantity())) {
        exceeded.add(new ExceededLine(part.line(), part.quantity(), left));
      }
    }
    return exceeded.isEmpty() ? null : new PurchaseOrderRefusal.ReceivesTooMuch(exceeded);
  }

  private static PurchaseOrderEvent.Received received(
      Approved order, List<LineQuantity> coming, LocalDate date) {
    List<PurchaseOrderEvent.ReceivedLine> lines = new ArrayList<>();
    int finished = 0;
    for (LineQuantity part : coming) {
      Line line = order.line(part.line());
      Amount before = line.receivedNet();
      Amount after =
          Amounts.part(
              line.ordered().net(),
              line.received().plus(part.quantity()),
              line.ordered().quantity(),
              order.origin().currency());
      lines.add(
          new PurchaseOrderEvent.ReceivedLine(part.line(), part.quantity(), after.minus(before)));
      finished += line.left().equals(part.quantity()) ? 1 : 0;
    }
    long unfinished = order.lines().stream().filter(line -> !line.left().isZero()).count();
    return new PurchaseOrderEvent.Received(date, List.copyOf(lines), finished == unfinished);
  }

  /** Goods come into stock at what the order says that they cost. */
  private static StockWork.Move toStock(
      UnitOfWork work, UUID id, Approved order, PurchaseOrderEvent.ReceivedLine part) {
    Line line = order.line(part.line());
    UUID item = line.ordered().item();
    BigDecimal unitCost = Amounts.perUnit(part.net(), part.quantity());
    if (StockWork.item(work, item) == null) {
      return unfit(LineRule.UNKNOWN_ITEM, part.line(), item);
    }
    if (Amounts.isTooLarge(unitCost)) {
      return new StockWork.NotMoved(Standing.TOO_MUCH);
    }
    return StockWork.unknownLocation(work, line.ordered().location()) != null
        ? unfit(LineRule.UNKNOWN_LOCATION, part.line(), item)
        : StockWork.receive(
            work,
            item,
            line.ordered().location(),
            part.quantity(),
            new Money(unitCost, order.origin().currency()),
            PurchaseOrderDecider.AGGREGATE.stream(id).toString());
  }

  private static StockWork.NotMoved unfit(LineRule rule, int line, UUID item) {
    return new StockWork.NotMoved(
        new PurchaseOrderRefusal.UnfitLines(
            rule, List.of(new PurchaseOrderRefusal.Line(line, item))));
  }

  /**
   * @param worth by how much the stock is worth more: it is kept at a cost of a unit that is
   *     rounded, so that this may differ a little from the cost
   */
  private static List<Posting> postings(
      UnitOfWork work, String currency, BigDecimal worth, BigDecimal cost) {
    Entries entries = new Entries(work, currency);
    entries.debit(AccountPurpose.INVENTORY, worth);
    entries.credit(AccountPurpose.GOODS_RECEIVED, cost);
    entries.debit(AccountPurpose.COST_OF_GOODS, cost.subtract(worth));
    return entries.postings();
  }
}
