package xalesin.command.sales;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Refusal;
import xalesin.command.sales.SalesOrder.Draft;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Amount;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.schemas.sales.SalesOrderCommand.ChangeLines;
import xalesin.schemas.sales.SalesOrderCommand.Place;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderLine;
import xalesin.schemas.settings.DocumentKind;

/** Writing an order down: nothing is promised by it. Pure. */
final class Placing {
  private Placing() {}

  static @Nullable Refusal place(OrderWork at, Place command) {
    at.prepare(command.customer(), items(command.lines()));
    Refusal unfit = at.unfit(command.customer());
    if (unfit != null) {
      return unfit;
    }
    LocalDate date = at.date(command.date());
    LocalDate dueDate = command.dueDate();
    if (dueDate != null && dueDate.isBefore(date)) {
      return new PlacingRefusal.DueBeforeOrder(date, dueDate);
    }
    String named = command.currency();
    String currency = named == null ? Tenants.of(at.work()).settings().baseCurrency() : named;
    return switch (Pricing.price(at.work(), command.lines(), freight(command), currency)) {
      case Pricing.NotPriced(var refusal) -> refusal;
      case Pricing.Agreed(var lines, var totals) -> {
        at.happened(
            new SalesOrderEvent.Placed(
                Tenants.number(at.work(), DocumentKind.SALES_ORDER, date),
                command.customer(),
                at.customer(command.customer()).details().name(),
                date,
                dueDate,
                currency,
                command.reference(),
                lines,
                totals));
        yield null;
      }
    };
  }

  /**
   * An order is there under the id already: placing it so again asks for what is. What the command
   * leaves open, such as a price, was filled in when it was placed first, and stays so.
   */
  static @Nullable Refusal placeAgain(Place command, SalesOrderEvent.Placed origin) {
    return isSame(command, origin) ? null : new SalesOrderRefusal.AlreadyExists();
  }

  private static boolean isSame(Place command, SalesOrderEvent.Placed origin) {
    List<SalesOrderLine> placed = origin.lines();
    boolean isSame =
        command.customer().equals(origin.customer())
            && isOpenOr(origin.date(), command.date())
            && isSame(origin.dueDate(), command.dueDate())
            && isOpenOr(origin.currency(), command.currency())
            && isSame(origin.reference(), command.reference())
            && freight(command).equals(origin.totals().freight())
            && command.lines().size() == placed.size();
    for (int i = 0; isSame && i < placed.size(); i++) {
      isSame = isSame(command.lines().get(i), placed.get(i));
    }
    return isSame;
  }

  /** The line's own constructor has put the defaults of all but the price. */
  private static boolean isSame(SalesOrderCommand.Line line, SalesOrderLine placed) {
    return line.item().equals(placed.item())
        && line.quantity().equals(placed.quantity())
        && isOpenOr(placed.unitPrice(), line.unitPrice())
        && placed.discount().equals(line.discount())
        && placed.taxRate().equals(line.taxRate())
        && placed.location().equals(line.location());
  }

  private static <T> boolean isOpenOr(T placed, @Nullable T asked) {
    return asked == null || asked.equals(placed);
  }

  private static <T> boolean isSame(@Nullable T placed, @Nullable T asked) {
    return placed == null ? asked == null : placed.equals(asked);
  }

  static @Nullable Refusal changeLines(OrderWork at, Draft order, ChangeLines command) {
    at.prepare(order.origin().customer(), items(command.lines()));
    Amount named = command.freight();
    Amount freight = named == null ? order.totals().freight() : named;
    String currency = order.origin().currency();
    return switch (Pricing.price(at.work(), command.lines(), freight, currency)) {
      case Pricing.NotPriced(var refusal) -> refusal;
      case Pricing.Agreed(var lines, var totals) -> {
        if (!lines.equals(order.lines()) || !totals.equals(order.totals())) {
          at.happened(new SalesOrderEvent.LinesChanged(lines, totals));
        }
        yield null;
      }
    };
  }

  private static List<UUID> items(List<SalesOrderCommand.Line> lines) {
    return lines.stream().map(SalesOrderCommand.Line::item).toList();
  }

  private static Amount freight(Place command) {
    Amount named = command.freight();
    return named == null ? Amount.ZERO : named;
  }
}
