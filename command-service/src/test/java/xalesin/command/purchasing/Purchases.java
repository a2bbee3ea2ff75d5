package xalesin.command.purchasing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Books;
import xalesin.command.inventory.InventoryItem;
import xalesin.command.inventory.InventoryItemDecider;
import xalesin.command.parties.PartyDecider;
import xalesin.command.settings.Tenant;
import xalesin.command.settings.TenantSettingsDecider;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent;

/**
 * A tenant that buys, for tests: Exotic Liquids sells it chai and tea on 10 March 2026. Ann writes
 * the orders and Bob approves them.
 */
final class Purchases {
  static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
  static final int TERM_DAYS = 14;

  final Books books = new Books().today(TODAY).as("ann");
  final UUID supplier = party("Exotic Liquids", PartyKind.SUPPLIER);
  final UUID chai = item("CHAI");
  final UUID tea = item("TEA");

  UUID party(String name, PartyKind... kinds) {
    UUID id = books.newId();
    books.given(
        PartyDecider.AGGREGATE,
        id,
        new PartyEvent.Registered(
            new PartyEvent.Details(
                List.of(kinds), name, null, null, List.of(), List.of(), null, TERM_DAYS, null)));
    return id;
  }

  UUID item(String sku) {
    UUID id = books.newId();
    item(
        id,
        new InventoryItemCommand.Create(
            null, sku, sku.toLowerCase(Locale.ROOT), null, null, null, eur("18"), null, null));
    return id;
  }

  Books.Result item(UUID id, InventoryItemCommand command) {
    return books.does(InventoryItemDecider.AGGREGATE, id, command);
  }

  InventoryItem.Live stock(UUID id) {
    return (InventoryItem.Live) books.state(InventoryItemDecider.AGGREGATE, id);
  }

  /** The tenant sets something for itself. */
  void set(UnaryOperator<TenantSettings> change) {
    Tenant.Established tenant =
        (Tenant.Established) books.state(TenantSettingsDecider.AGGREGATE, StreamName.ONLY);
    books.given(
        TenantSettingsDecider.AGGREGATE,
        StreamName.ONLY,
        new TenantSettingsEvent.Changed(change.apply(tenant.settings())));
  }

  void setLocations(String... locations) {
    set(
        now ->
            new TenantSettings(
                now.baseCurrency(),
                now.fiscalYearStart(),
                List.of(locations),
                now.taxRates(),
                now.numberFormats(),
                now.defaultAccounts(),
                now.approvalLimit()));
  }

  void setApprovalLimit(@Nullable Money limit) {
    set(
        now ->
            new TenantSettings(
                now.baseCurrency(),
                now.fiscalYearStart(),
                now.locations(),
                now.taxRates(),
                now.numberFormats(),
                now.defaultAccounts(),
                limit));
  }

  Books.Result order(UUID id, PurchaseOrderCommand command) {
    return books.does(PurchaseOrderDecider.AGGREGATE, id, command);
  }

  Books.Result place(UUID id, PurchaseOrderCommand.Line... lines) {
    return order(
        id, new PurchaseOrderCommand.Place(null, supplier, null, null, List.of(lines), null));
  }

  /** An order of these lines that Bob has approved. */
  UUID approved(PurchaseOrderCommand.Line... lines) {
    return approved(null, lines);
  }

  UUID approved(@Nullable String currency, PurchaseOrderCommand.Line... lines) {
    UUID id = books.newId();
    order(id, new PurchaseOrderCommand.Place(null, supplier, null, currency, List.of(lines), null))
        .events();
    books.as("bob");
    order(id, new PurchaseOrderCommand.Approve()).events();
    books.as("ann");
    return id;
  }

  /** Of an approved order, what came of that line; of all lines, when none is given. */
  Books.Result receive(UUID order, LineQuantity... parts) {
    return order(
        order, new PurchaseOrderCommand.Receive(parts.length == 0 ? null : List.of(parts), null));
  }

  Books.Result bill(UUID order) {
    return order(order, new PurchaseOrderCommand.Bill(null));
  }

  Books.Result pay(UUID order, @Nullable String amount) {
    return order(
        order, new PurchaseOrderCommand.Pay(amount == null ? null : Amount.of(amount), null, null));
  }

  List<PurchaseOrderEvent> events(UUID order) {
    return books.events(PurchaseOrderDecider.AGGREGATE, order);
  }

  PurchaseOrderEvent last(UUID order) {
    return events(order).getLast();
  }

  PurchaseOrder state(UUID order) {
    return books.state(PurchaseOrderDecider.AGGREGATE, order);
  }

  List<InventoryItemEvent> movements(UUID item) {
    return books.events(InventoryItemDecider.AGGREGATE, item);
  }

  /** Whether the postings of the entry last made are these, such as {@code "Dr 1200 10"}. */
  void assertLastPosted(String... postings) {
    assertThat(
            books.entries().getLast().postings().stream()
                .map(
                    posting ->
                        (posting.debit() == null ? "Cr " : "Dr ")
                            + code(posting.account())
                            + " "
                            + posting.money().amount().toPlainString()
                            + (posting.money().currency().equals("EUR")
                                ? ""
                                : " " + posting.money().currency())))
        .containsExactlyInAnyOrder(postings);
  }

  private String code(UUID account) {
    for (String code : List.of("1000", "1200", "1300", "2000", "2100", "5000", "5100")) {
      if (books.account(code).equals(account)) {
        return code;
      }
    }
    return account.toString();
  }

  PurchaseOrderCommand.Line line(UUID item, String quantity, String unitCost) {
    return line(item, quantity, unitCost, "0");
  }

  PurchaseOrderCommand.Line line(UUID item, String quantity, String unitCost, String taxRate) {
    return new PurchaseOrderCommand.Line(
        item, Quantity.of(quantity), Amount.of(unitCost), Fraction.of(taxRate), null);
  }

  static LineQuantity part(int line, String quantity) {
    return new LineQuantity(line, Quantity.of(quantity));
  }

  static PurchaseOrderRefusal unfit(PurchaseOrderRefusal.LineRule broken, int line, UUID item) {
    return new PurchaseOrderRefusal.UnfitLines(
        broken, List.of(new PurchaseOrderRefusal.Line(line, item)));
  }

  static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  static PurchaseOrderEvent.Totals totals(String net, String tax, String total) {
    return new PurchaseOrderEvent.Totals(Amount.of(net), Amount.of(tax), Amount.of(total));
  }
}
