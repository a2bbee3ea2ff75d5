package xalesin.command.sales;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.inventory.InventoryItem;
import xalesin.command.inventory.StockWork;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.schemas.sales.SalesOrderEvent.Totals;
import xalesin.schemas.sales.SalesOrderLine;
import xalesin.schemas.settings.TaxRate;
import xalesin.schemas.settings.TenantSettings;

/** What the lines of an order come to. Pure. */
final class Pricing {
  /** A tenth of what an amount can be, so that roundings and sums stay within it. */
  private static final BigDecimal MOST = BigDecimal.TEN.pow(14);

  private Pricing() {}

  /** What became of it. */
  sealed interface Priced {}

  record Agreed(List<SalesOrderLine> lines, Totals totals) implements Priced {}

  record NotPriced(Refusal refusal) implements Priced {}

  /** A line as it is asked for, and the item that it names. */
  private record Asked(int number, SalesOrderCommand.Line line, InventoryItem.Live item) {

    /** The item's own price where the line names none. */
    Amount unitPrice() {
      Amount named = line.unitPrice();
      return named == null ? new Amount(item.price().amount()) : named;
    }

    boolean isPricedIn(String currency) {
      return line.unitPrice() != null || item.price().currency().equals(currency);
    }

    Fraction discount() {
      return given(line.discount(), Fraction.ZERO);
    }

    Fraction taxRate() {
      return given(line.taxRate(), Fraction.ZERO);
    }

    String location() {
      return given(line.location(), SalesOrderCommand.DEFAULT_LOCATION);
    }

    /** Not rounded yet. */
    BigDecimal net() {
      return line.quantity().value().multiply(unitPrice().value()).multiply(discount().rest());
    }

    /** Not rounded yet. */
    BigDecimal netAndTax() {
      return net().multiply(BigDecimal.ONE.add(taxRate().value()));
    }

    /** The tax is reckoned from the rounded net amount, which is what the customer reads. */
    SalesOrderLine agreed(String currency) {
      Amount net = Amount.rounded(net(), currency);
      return new SalesOrderLine(
          line.item(),
          item.details().sku(),
          item.details().name(),
          line.quantity(),
          unitPrice(),
          discount(),
          taxRate(),
          location(),
          net,
          Amount.rounded(net.value().multiply(taxRate().value()), currency));
    }
  }

  /**
   * Looks up each line's item and reckons the amounts.
   *
   * @param freight in the currency, as unit prices are
   */
  static Priced price(
      UnitOfWork work, List<SalesOrderCommand.Line> lines, Amount freight, String currency) {
    List<Asked> asked = new ArrayList<>();
    List<SalesOrderRefusal.Line> unknown = new ArrayList<>();
    for (SalesOrderCommand.Line line : lines) {
      int number = asked.size() + unknown.size() + 1;
      InventoryItem.Live item = StockWork.item(work, line.item());
      if (item == null) {
        unknown.add(new SalesOrderRefusal.Line(number, line.item()));
      } else {
        asked.add(new Asked(number, line, item));
      }
    }
    Refusal refusal =
        unknown.isEmpty()
            ? refusal(Tenants.of(work).settings(), asked, freight, currency)
            : new PlacingRefusal.UnknownItems(unknown);
    if (refusal != null) {
      return new NotPriced(refusal);
    }
    List<SalesOrderLine> agreed = asked.stream().map(line -> line.agreed(currency)).toList();
    return new Agreed(agreed, totals(agreed, freight));
  }

  private static Totals totals(List<SalesOrderLine> lines, Amount freight) {
    Amount net = Amount.ZERO;
    Amount tax = Amount.ZERO;
    for (SalesOrderLine line : lines) {
      net = net.plus(line.net());
      tax = tax.plus(line.tax());
    }
    return totals(net, tax, freight);
  }

  static Totals totals(Amount net, Amount tax, Amount freight) {
    return new Totals(net, tax, freight, net.plus(tax).plus(freight));
  }

  /** The first rule that lines break, with all lines that break it; null when none does. */
  private static @Nullable Refusal refusal(
      TenantSettings settings, List<Asked> lines, Amount freight, String currency) {
    var inactive = breaking(lines, line -> line.item().active());
    if (!inactive.isEmpty()) {
      return new PlacingRefusal.ItemsInactive(inactive);
    }
    var foreign = breaking(lines, line -> line.isPricedIn(currency));
    if (!foreign.isEmpty()) {
      return new PlacingRefusal.ForeignPrices(currency, foreign);
    }
    var taxed = breaking(lines, line -> isListed(settings, line.taxRate()));
    if (!taxed.isEmpty()) {
      return new PlacingRefusal.UnknownTaxRates(taxed);
    }
    var nowhere = breaking(lines, line -> isListed(settings, line.location()));
    if (!nowhere.isEmpty()) {
      return new PlacingRefusal.UnknownLocations(nowhere);
    }
    if (!freight.isWholeUnits(currency)) {
      return new PlacingRefusal.BrokenUnits(freight, currency);
    }
    BigDecimal sum = freight.value();
    for (Asked line : lines) {
      sum = sum.add(line.netAndTax());
    }
    return sum.compareTo(MOST) < 0 ? null : new PlacingRefusal.TooMuch();
  }

  private static List<SalesOrderRefusal.Line> breaking(List<Asked> lines, Predicate<Asked> rule) {
    return lines.stream()
        .filter(rule.negate())
        .map(line -> new SalesOrderRefusal.Line(line.number(), line.line().item()))
        .toList();
  }

  /** A tenant that lists no rates uses any. A line without tax has no rate that must be listed. */
  private static boolean isListed(TenantSettings settings, Fraction taxRate) {
    return settings.taxRates().isEmpty()
        || taxRate.equals(Fraction.ZERO)
        || settings.taxRates().stream().map(TaxRate::rate).anyMatch(taxRate::equals);
  }

  /** A tenant that lists no locations has any. */
  private static boolean isListed(TenantSettings settings, String location) {
    return settings.locations().isEmpty() || settings.locations().contains(location);
  }

  private static <T> T given(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
