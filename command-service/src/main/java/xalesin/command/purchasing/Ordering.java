package xalesin.command.purchasing;

import static java.util.Objects.requireNonNullElse;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.inventory.InventoryItem;
import xalesin.command.inventory.InventoryItemDecider;
import xalesin.command.inventory.StockWork;
import xalesin.command.parties.Party;
import xalesin.command.parties.PartyDecider;
import xalesin.command.purchasing.PurchaseOrder.Draft;
import xalesin.command.purchasing.PurchaseOrderRefusal.LineRule;
import xalesin.command.purchasing.PurchaseOrderRefusal.Standing;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.purchasing.PurchaseOrderLine;
import xalesin.schemas.settings.DocumentKind;
import xalesin.schemas.settings.TaxRate;

/** Writes orders: from whom, what, and for how much. Pure. */
final class Ordering {
  private Ordering() {}

  static @Nullable Refusal place(
      UnitOfWork work, UUID id, PurchaseOrderCommand.Place place, CommandContext context) {
    return switch (work.state(PartyDecider.AGGREGATE, place.supplier())) {
      case Party.None() -> new PurchaseOrderRefusal.UnknownSupplier(place.supplier());
      case Party.Registered party when !party.is(PartyKind.SUPPLIER) ->
          new PurchaseOrderRefusal.NotASupplier(place.supplier(), party.details().name());
      case Party.Registered party when !party.active() ->
          new PurchaseOrderRefusal.SupplierInactive(place.supplier(), party.details().name());
      case Party.Registered supplier -> place(work, id, place, supplier, context);
    };
  }

  private static @Nullable Refusal place(
      UnitOfWork work,
      UUID id,
      PurchaseOrderCommand.Place place,
      Party.Registered supplier,
      CommandContext context) {
    Refusal refusal = check(work, place.lines());
    if (refusal != null) {
      return refusal;
    }
    LocalDate date = requireNonNullElse(place.date(), context.today());
    String currency =
        requireNonNullElse(place.currency(), Tenants.of(work).settings().baseCurrency());
    List<PurchaseOrderLine> lines = write(work, place.lines(), currency);
    work.append(
        PurchaseOrderDecider.AGGREGATE,
        id,
        new PurchaseOrderEvent.Placed(
            Tenants.number(work, DocumentKind.PURCHASE_ORDER, date),
            place.supplier(),
            supplier.details().name(),
            context.actor(),
            date,
            currency,
            place.reference(),
            lines,
            Amounts.totals(lines)));
    return null;
  }

  static @Nullable Refusal changeLines(
      UnitOfWork work,
      UUID id,
      Draft order,
      PurchaseOrderCommand.ChangeLines change,
      CommandContext context) {
    Refusal refusal = check(work, change.lines());
    if (refusal != null) {
      return refusal;
    }
    List<PurchaseOrderLine> lines = write(work, change.lines(), order.origin().currency());
    if (!lines.equals(order.lines())) {
      work.append(
          PurchaseOrderDecider.AGGREGATE,
          id,
          new PurchaseOrderEvent.LinesChanged(context.actor(), lines, Amounts.totals(lines)));
    }
    return null;
  }

  /** Why the lines cannot be ordered, or null: the first rule that any of them breaks. */
  private static @Nullable Refusal check(UnitOfWork work, List<PurchaseOrderCommand.Line> lines) {
    work.prepare(
        InventoryItemDecider.AGGREGATE,
        lines.stream().map(PurchaseOrderCommand.Line::item).toList());
    for (LineRule rule : LineRule.values()) {
      List<PurchaseOrderRefusal.Line> breaking = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        if (!isKept(work, rule, lines.get(i))) {
          breaking.add(new PurchaseOrderRefusal.Line(i + 1, lines.get(i).item()));
        }
      }
      if (!breaking.isEmpty()) {
        return new PurchaseOrderRefusal.UnfitLines(rule, breaking);
      }
    }
    return isTooMuch(lines) ? Standing.TOO_MUCH : null;
  }

  private static boolean isKept(UnitOfWork work, LineRule rule, PurchaseOrderCommand.Line line) {
    return switch (rule) {
      case UNKNOWN_ITEM -> StockWork.item(work, line.item()) != null;
      case ITEM_INACTIVE -> item(work, line).active();
      case UNKNOWN_TAX_RATE -> isUsed(work, taxRate(line));
      case UNKNOWN_LOCATION -> StockWork.unknownLocation(work, location(line)) == null;
    };
  }

  private static InventoryItem.Live item(UnitOfWork work, PurchaseOrderCommand.Line line) {
    InventoryItem.Live item = StockWork.item(work, line.item());
    if (item == null) {
      throw new IllegalStateException("was not checked: " + line.item());
    }
    return item;
  }

  private static boolean isTooMuch(List<PurchaseOrderCommand.Line> lines) {
    BigDecimal total = BigDecimal.ZERO;
    for (PurchaseOrderCommand.Line line : lines) {
      BigDecimal net = line.quantity().value().multiply(line.unitCost().value());
      // Both amounts of a line may be rounded up.
      total = total.add(net).add(net.multiply(taxRate(line).value())).add(BigDecimal.TWO);
    }
    return Amounts.isTooLarge(total);
  }

  /** Whether the tenant uses the rate; no tax is always possible. */
  private static boolean isUsed(UnitOfWork work, Fraction rate) {
    List<TaxRate> rates = Tenants.of(work).settings().taxRates();
    return rates.isEmpty()
        || rate.equals(Fraction.ZERO)
        || rates.stream().anyMatch(used -> used.rate().equals(rate));
  }

  /** The lines as they are kept; they have been checked. */
  private static List<PurchaseOrderLine> write(
      UnitOfWork work, List<PurchaseOrderCommand.Line> lines, String currency) {
    List<PurchaseOrderLine> written = new ArrayList<>();
    for (PurchaseOrderCommand.Line line : lines) {
      InventoryItem.Live item = item(work, line);
      Amount net =
          Amount.rounded(line.quantity().value().multiply(line.unitCost().value()), currency);
      written.add(
          new PurchaseOrderLine(
              line.item(),
              item.details().sku(),
              item.details().name(),
              line.quantity(),
              line.unitCost(),
              taxRate(line),
              location(line),
              net,
              Amount.rounded(net.value().multiply(taxRate(line).value()), currency)));
    }
    return List.copyOf(written);
  }

  /** Whether it asks for what was placed; what it leaves open agrees with anything. */
  static boolean isSame(PurchaseOrderCommand.Place place, PurchaseOrderEvent.Placed origin) {
    return place.supplier().equals(origin.supplier())
        && (place.date() == null || place.date().equals(origin.date()))
        && (place.currency() == null || place.currency().equals(origin.currency()))
        && Objects.equals(place.reference(), origin.reference())
        && place.lines().equals(origin.lines().stream().map(Ordering::asOrdered).toList());
  }

  private static PurchaseOrderCommand.Line asOrdered(PurchaseOrderLine line) {
    return new PurchaseOrderCommand.Line(
        line.item(), line.quantity(), line.unitCost(), line.taxRate(), line.location());
  }

  private static Fraction taxRate(PurchaseOrderCommand.Line line) {
    return requireNonNullElse(line.taxRate(), Fraction.ZERO);
  }

  private static String location(PurchaseOrderCommand.Line line) {
    return requireNonNullElse(line.location(), PurchaseOrderCommand.DEFAULT_LOCATION);
  }
}
