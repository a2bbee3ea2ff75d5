package xalesin.command.sales;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Refusal;
import xalesin.schemas.Amount;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderEvent.BilledLine;
import xalesin.schemas.sales.SalesOrderEvent.ReturnedLine;
import xalesin.schemas.sales.SalesOrderEvent.ShippedLine;
import xalesin.schemas.sales.SalesOrderLine;

/** An order, as its events tell. Immutable. */
public sealed interface SalesOrder {
  /**
   * Shipments, returns and payments of one order, each: what is done is read again with the order,
   * and its bills and credit notes stand in its row. Far more than any order needs.
   */
  int MAX_STEPS = 1_000;

  /** Nothing has happened under this id. */
  record None() implements SalesOrder {}

  /**
   * What is talked about with the customer: nothing is promised yet.
   *
   * @param origin how it was placed: placing it so again is no change
   */
  record Draft(
      SalesOrderEvent.Placed origin, List<SalesOrderLine> lines, SalesOrderEvent.Totals totals)
      implements SalesOrder {
    public Draft {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Promised: its goods are set aside until they are shipped; what is shipped is billed, what is
   * billed is paid.
   *
   * @param origin how it was placed
   * @param lines by their place in the order
   * @param freightBilled whether there has been a bill: the first one has the freight
   * @param billed over all invoices, tax included
   * @param credited over all credit notes
   * @param paid less what was paid back
   * @param steps what has been done with it
   */
  record Confirmed(
      SalesOrderEvent.Placed origin,
      List<LineProgress> lines,
      SalesOrderEvent.Totals totals,
      boolean freightBilled,
      Amount billed,
      Amount credited,
      Amount paid,
      Steps steps)
      implements SalesOrder {
    public Confirmed {
      lines = List.copyOf(lines);
    }

    String currency() {
      return origin.currency();
    }

    /** A line by its place in the order, from 1. */
    LineProgress line(int number) {
      return lines.get(number - 1);
    }

    /** Why there is no such line, if one is named that is not there. */
    @Nullable Refusal unknownLine(List<LineQuantity> parts) {
      for (LineQuantity part : parts) {
        if (part.line() > lines.size()) {
          return new SalesOrderRefusal.UnknownLine(part.line(), lines.size());
        }
      }
      return null;
    }

    /** Billed and not paid; negative when too much has been paid. */
    public Amount open() {
      return billed.minus(credited).minus(paid);
    }

    boolean isShippedInPart() {
      return lines.stream().anyMatch(line -> line.shipped().signum() > 0);
    }

    boolean isShippedOut() {
      return lines.stream().allMatch(line -> line.toShip().isZero());
    }

    boolean isBilledOut() {
      return lines.stream().allMatch(LineProgress::isBilledOut);
    }

    /** What the next bill asks for the way of the goods. */
    Amount freightToBill() {
      return freightBilled ? Amount.ZERO : totals.freight();
    }

    /**
     * The most that the customer can still come to owe for it: what is open, and what can still be
     * billed. What was paid too much is not set off against bills to come: it may be paid back
     * before. So this never rises, and no credit is taken but by the confirmation.
     */
    public Amount exposure() {
      Amount sum = open().signum() > 0 ? open() : Amount.ZERO;
      for (LineProgress line : lines) {
        sum = sum.plus(line.stillToBill(currency()));
      }
      // The freight comes with goods only.
      return isBilledOut() ? sum : sum.plus(freightToBill());
    }

    Confirmed shipped(List<ShippedLine> parts) {
      List<LineProgress> then = new ArrayList<>(lines);
      for (ShippedLine part : parts) {
        then.set(part.line() - 1, line(part.line()).shipped(part));
      }
      return new Confirmed(
          origin, then, totals, freightBilled, billed, credited, paid, steps.shipped());
    }

    /** What of each line is left to ship, if anything is. */
    List<LineQuantity> toShip() {
      List<LineQuantity> left = new ArrayList<>();
      for (int number = 1; number <= lines.size(); number++) {
        if (!line(number).toShip().isZero()) {
          left.add(new LineQuantity(number, line(number).toShip()));
        }
      }
      return left;
    }

    Confirmed closed(List<LineQuantity> parts) {
      List<LineProgress> then = new ArrayList<>(lines);
      for (LineQuantity part : parts) {
        then.set(part.line() - 1, line(part.line()).closed(part.quantity()));
      }
      return new Confirmed(origin, then, totals, freightBilled, billed, credited, paid, steps);
    }

    Confirmed invoiced(List<BilledLine> parts, Amount total) {
      List<LineProgress> then = new ArrayList<>(lines);
      for (BilledLine part : parts) {
        then.set(part.line() - 1, line(part.line()).billed(part));
      }
      return new Confirmed(origin, then, totals, true, billed.plus(total), credited, paid, steps);
    }

    Confirmed paid(Amount amount) {
      return new Confirmed(
          origin, lines, totals, freightBilled, billed, credited, paid.plus(amount), steps.paid());
    }

    Confirmed returned(List<ReturnedLine> parts, Amount total) {
      List<LineProgress> then = new ArrayList<>(lines);
      for (ReturnedLine part : parts) {
        then.set(part.line() - 1, line(part.line()).returned(part));
      }
      return new Confirmed(
          origin,
          then,
          totals,
          freightBilled,
          billed,
          credited.plus(total),
          paid,
          steps.returned());
    }
  }

  /**
   * How often something was done with an order; bounded, so that an order and its row are. An
   * invoice bills what was shipped since the one before, so there are no more of them than
   * shipments.
   */
  record Steps(int shipments, int returns, int payments) {
    static final Steps NONE = new Steps(0, 0, 0);

    private Steps shipped() {
      return new Steps(shipments + 1, returns, payments);
    }

    private Steps returned() {
      return new Steps(shipments, returns + 1, payments);
    }

    private Steps paid() {
      return new Steps(shipments, returns, payments + 1);
    }
  }

  /**
   * Given up before anything was shipped.
   *
   * @param origin how it was placed
   */
  record Cancelled(SalesOrderEvent.Placed origin) implements SalesOrder {}

  SalesOrder NONE = new None();

  /**
   * The state after an event.
   *
   * @throws IllegalStateException when the event cannot follow: the log is damaged
   */
  static SalesOrder evolve(SalesOrder order, SalesOrderEvent event) {
    return switch (order) {
      case None() when event instanceof SalesOrderEvent.Placed placed ->
          new Draft(placed, placed.lines(), placed.totals());
      case Draft draft when event instanceof SalesOrderEvent.LinesChanged(var lines, var totals) ->
          new Draft(draft.origin(), lines, totals);
      case Draft draft when event instanceof SalesOrderEvent.Confirmed -> confirmed(draft);
      case Draft draft when event instanceof SalesOrderEvent.Cancelled ->
          new Cancelled(draft.origin());
      case Confirmed confirmed -> confirmed(confirmed, event);
      case None(), Draft _, Cancelled _ -> throw impossible(order, event);
    };
  }

  private static Confirmed confirmed(Draft order) {
    return new Confirmed(
        order.origin(),
        order.lines().stream().map(LineProgress::begun).toList(),
        order.totals(),
        false,
        Amount.ZERO,
        Amount.ZERO,
        Amount.ZERO,
        Steps.NONE);
  }

  private static SalesOrder confirmed(Confirmed order, SalesOrderEvent event) {
    return switch (event) {
      case SalesOrderEvent.Shipped shipped -> order.shipped(shipped.lines());
      case SalesOrderEvent.Invoiced invoiced ->
          order.invoiced(invoiced.lines(), invoiced.totals().total());
      case SalesOrderEvent.Paid paid -> order.paid(paid.amount());
      case SalesOrderEvent.Returned returned ->
          order.returned(returned.lines(), returned.totals().total());
      case SalesOrderEvent.Cancelled _ when !order.isShippedInPart() ->
          new Cancelled(order.origin());
      case SalesOrderEvent.Closed closed when order.isShippedInPart() ->
          order.closed(closed.lines());
      case SalesOrderEvent.Placed _,
          SalesOrderEvent.LinesChanged _,
          SalesOrderEvent.Confirmed _,
          SalesOrderEvent.Cancelled _,
          SalesOrderEvent.Closed _ ->
          throw impossible(order, event);
    };
  }

  private static IllegalStateException impossible(SalesOrder order, SalesOrderEvent event) {
    return new IllegalStateException(
        "%s cannot follow in state %s"
            .formatted(event.getClass().getSimpleName(), order.getClass().getSimpleName()));
  }
}
