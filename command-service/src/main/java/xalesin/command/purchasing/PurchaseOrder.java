package xalesin.command.purchasing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import xalesin.schemas.Amount;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.purchasing.PurchaseOrderLine;

/** An order, as its events tell. Immutable. Amounts are in the order's currency. */
public sealed interface PurchaseOrder {
  /**
   * Receipts and payments of one order, each: what is done is read again with the order, and its
   * bills stand in its row. A bill is for what came since the one before, so there are no more of
   * them than receipts. Far more than any order needs.
   */
  int MAX_STEPS = 1_000;

  /** Nothing has happened under this id. */
  record None() implements PurchaseOrder {}

  /**
   * Written, and not yet approved: its lines may still change.
   *
   * @param origin how it was placed: placing it so again is no change
   * @param authors who placed it and who changed its lines
   */
  record Draft(
      PurchaseOrderEvent.Placed origin,
      Set<String> authors,
      List<PurchaseOrderLine> lines,
      PurchaseOrderEvent.Totals totals)
      implements PurchaseOrder {}

  /**
   * With the supplier: goods come, bills come, and they are paid, in parts of any size.
   *
   * @param billed sums over all bills
   * @param receipts how many there have been
   * @param payments how many there have been
   */
  record Approved(
      PurchaseOrderEvent.Placed origin,
      List<Line> lines,
      PurchaseOrderEvent.Totals billed,
      Amount paid,
      int receipts,
      int payments)
      implements PurchaseOrder {

    /** What is billed and not paid. */
    Amount open() {
      return billed.total().minus(paid);
    }

    boolean isReceivedInPart() {
      return lines.stream().anyMatch(line -> !line.received().isZero());
    }

    /** What of each line is still to come, if anything is. */
    List<LineQuantity> left() {
      List<LineQuantity> left = new ArrayList<>();
      for (int number = 1; number <= lines.size(); number++) {
        if (!line(number).left().isZero()) {
          left.add(new LineQuantity(number, line(number).left()));
        }
      }
      return left;
    }

    /** The line of that number, counted from 1. */
    Line line(int number) {
      return lines.get(number - 1);
    }
  }

  /** Not to be carried out; nothing had come. */
  record Cancelled(PurchaseOrderEvent.Placed origin) implements PurchaseOrder {}

  /**
   * How far a line has come.
   *
   * @param closed what will not come, because the order was closed before
   * @param received over all receipts
   * @param receivedNet what that cost
   * @param billed how much of what was received the supplier has billed
   */
  record Line(
      PurchaseOrderLine ordered,
      Quantity closed,
      Quantity received,
      Amount receivedNet,
      Quantity billed) {

    Quantity left() {
      return ordered.quantity().minus(closed).minus(received);
    }

    boolean isBilled() {
      return billed.equals(received);
    }

    private Line received(PurchaseOrderEvent.ReceivedLine part) {
      return new Line(
          ordered, closed, received.plus(part.quantity()), receivedNet.plus(part.net()), billed);
    }

    private Line closed(Quantity given) {
      return new Line(ordered, closed.plus(given), received, receivedNet, billed);
    }

    private Line allBilled() {
      return new Line(ordered, closed, received, receivedNet, received);
    }
  }

  PurchaseOrder NONE = new None();

  PurchaseOrderEvent.Totals NOTHING =
      new PurchaseOrderEvent.Totals(Amount.ZERO, Amount.ZERO, Amount.ZERO);

  /**
   * The state after an event.
   *
   * @throws IllegalStateException when the event cannot follow: the log is damaged
   */
  static PurchaseOrder evolve(PurchaseOrder order, PurchaseOrderEvent event) {
    return switch (order) {
      case None() when event instanceof PurchaseOrderEvent.Placed placed ->
          new Draft(placed, Set.of(placed.author()), placed.lines(), placed.totals());
      case Draft draft -> draft(draft, event);
      case Approved approved -> approved(approved, event);
      case None(), Cancelled _ -> throw impossible(order, event);
    };
  }

  private static PurchaseOrder draft(Draft order, PurchaseOrderEvent event) {
    return switch (event) {
      case PurchaseOrderEvent.LinesChanged(var author, var lines, var totals) ->
          new Draft(order.origin(), with(order.authors(), author), lines, totals);
      case PurchaseOrderEvent.Approved _ ->
          new Approved(
              order.origin(),
              order.lines().stream().map(PurchaseOrder::begun).toList(),
              NOTHING,
              Amount.ZERO,
              0,
              0);
      case PurchaseOrderEvent.Cancelled _ -> new Cancelled(order.origin());
      case PurchaseOrderEvent.Placed _,
          PurchaseOrderEvent.Received _,
          PurchaseOrderEvent.Billed _,
          PurchaseOrderEvent.Paid _,
          PurchaseOrderEvent.Closed _ ->
          throw impossible(order, event);
    };
  }

  private static PurchaseOrder approved(Approved order, PurchaseOrderEvent event) {
    return switch (event) {
      case PurchaseOrderEvent.Received received ->
          new Approved(
              order.origin(),
              received(order, received.lines()),
              order.billed(),
              order.paid(),
              order.receipts() + 1,
              order.payments());
      case PurchaseOrderEvent.Billed bill ->
          new Approved(
              order.origin(),
              order.lines().stream().map(Line::allBilled).toList(),
              sum(order.billed(), bill.totals()),
              order.paid(),
              order.receipts(),
              order.payments());
      case PurchaseOrderEvent.Paid payment ->
          new Approved(
              order.origin(),
              order.lines(),
              order.billed(),
              order.paid().plus(payment.amount()),
              order.receipts(),
              order.payments() + 1);
      case PurchaseOrderEvent.Cancelled _ -> new Cancelled(order.origin());
      case PurchaseOrderEvent.Closed closed ->
          new Approved(
              order.origin(),
              closed(order, closed.lines()),
              order.billed(),
              order.paid(),
              order.receipts(),
              order.payments());
      case PurchaseOrderEvent.Placed _,
          PurchaseOrderEvent.LinesChanged _,
          PurchaseOrderEvent.Approved _ ->
          throw impossible(order, event);
    };
  }

  private static Line begun(PurchaseOrderLine ordered) {
    return new Line(ordered, Quantity.ZERO, Quantity.ZERO, Amount.ZERO, Quantity.ZERO);
  }

  private static List<Line> closed(Approved order, List<LineQuantity> parts) {
    List<Line> lines = new ArrayList<>(order.lines());
    for (LineQuantity part : parts) {
      lines.set(part.line() - 1, order.line(part.line()).closed(part.quantity()));
    }
    return List.copyOf(lines);
  }

  private static List<Line> received(
      Approved order, List<PurchaseOrderEvent.ReceivedLine> received) {
    List<Line> lines = new ArrayList<>(order.lines());
    for (PurchaseOrderEvent.ReceivedLine part : received) {
      lines.set(part.line() - 1, order.line(part.line()).received(part));
    }
    return List.copyOf(lines);
  }

  private static PurchaseOrderEvent.Totals sum(
      PurchaseOrderEvent.Totals one, PurchaseOrderEvent.Totals other) {
    return new PurchaseOrderEvent.Totals(
        one.net().plus(other.net()), one.tax().plus(other.tax()), one.total().plus(other.total()));
  }

  private static Set<String> with(Set<String> authors, String author) {
    Set<String> all = new TreeSet<>(authors);
    all.add(author);
    return Set.copyOf(all);
  }

  private static IllegalStateException impossible(PurchaseOrder order, PurchaseOrderEvent event) {
    return new IllegalStateException(
        "%s cannot follow in state %s"
            .formatted(event.getClass().getSimpleName(), order.getClass().getSimpleName()));
  }
}
