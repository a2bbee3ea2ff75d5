package xalesin.command.sales;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Books;
import xalesin.command.decision.Refusal;
import xalesin.command.inventory.InventoryItem;
import xalesin.command.inventory.InventoryItemDecider;
import xalesin.command.parties.Credit;
import xalesin.command.parties.PartyDecider;
import xalesin.command.settings.Tenant;
import xalesin.command.settings.TenantSettingsDecider;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.settings.TaxRate;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent;

/** A tenant that sells: words for what tests of orders are told in. */
final class Shop {
  static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

  final Books books = new Books().today(TODAY);

  /** A new customer without a limit, who pays within 14 days. */
  UUID customer() {
    return customer(null);
  }

  UUID customer(@Nullable Money limit) {
    return party(PartyKind.CUSTOMER, limit);
  }

  UUID party(PartyKind kind, @Nullable Money limit) {
    UUID id = books.newId();
    books
        .does(
            PartyDecider.AGGREGATE,
            id,
            new PartyCommand.Create(
                null, List.of(kind), "Alfreds", null, null, null, null, null, 14, limit))
        .events();
    return id;
  }

  void party(UUID id, PartyCommand command) {
    books.does(PartyDecider.AGGREGATE, id, command).events();
  }

  /** A new item priced at so many euros, without stock. */
  UUID item(String sku, String price) {
    return item(sku, Money.of(price, "EUR"), false);
  }

  UUID item(String sku, Money price, boolean allowBackorder) {
    UUID id = books.newId();
    item(
        id,
        new InventoryItemCommand.Create(
            null, sku, sku + "!", null, null, null, price, null, allowBackorder));
    return id;
  }

  /** A new item priced at so many euros, with so many of it that cost so much each. */
  UUID item(String sku, String price, String onHand, String unitCost) {
    UUID id = item(sku, price);
    receive(id, onHand, unitCost);
    return id;
  }

  void item(UUID id, InventoryItemCommand command) {
    books.does(InventoryItemDecider.AGGREGATE, id, command).events();
  }

  void receive(UUID item, String quantity, String unitCost) {
    item(
        item,
        new InventoryItemCommand.Receive(Quantity.of(quantity), "main", Money.of(unitCost, "EUR")));
  }

  InventoryItem.Live stock(UUID item) {
    return (InventoryItem.Live) books.state(InventoryItemDecider.AGGREGATE, item);
  }

  Quantity onHand(UUID item, String location) {
    return Objects.requireNonNull(stock(item).locations().get(location)).onHand();
  }

  static SalesOrderCommand.Line line(UUID item, String quantity) {
    return new SalesOrderCommand.Line(item, Quantity.of(quantity), null, null, null, null);
  }

  static SalesOrderCommand.Line line(
      UUID item, String quantity, String price, String discount, String taxRate) {
    return new SalesOrderCommand.Line(
        item,
        Quantity.of(quantity),
        Amount.of(price),
        Fraction.of(discount),
        Fraction.of(taxRate),
        null);
  }

  static SalesOrderCommand.Line lineAt(String location, UUID item, String quantity) {
    return new SalesOrderCommand.Line(item, Quantity.of(quantity), null, null, null, location);
  }

  static SalesOrderCommand.Place order(UUID customer, SalesOrderCommand.Line... lines) {
    return order(customer, null, null, lines);
  }

  static SalesOrderCommand.Place order(
      UUID customer,
      @Nullable String currency,
      @Nullable String freight,
      SalesOrderCommand.Line... lines) {
    return new SalesOrderCommand.Place(
        null,
        customer,
        null,
        null,
        currency,
        List.of(lines),
        freight == null ? null : Amount.of(freight),
        null);
  }

  /** What happens when it is asked. */
  Books.Result asks(UUID order, SalesOrderCommand command) {
    return books.does(SalesOrderDecider.AGGREGATE, order, command);
  }

  /** What happens in all streams. */
  List<DomainEvent> does(UUID order, SalesOrderCommand command) {
    return asks(order, command).events();
  }

  /** What happens to the order itself. */
  SalesOrderEvent happens(UUID order, SalesOrderCommand command) {
    List<SalesOrderEvent> own = new ArrayList<>();
    for (DomainEvent event : does(order, command)) {
      if (event instanceof SalesOrderEvent orders) {
        own.add(orders);
      }
    }
    assertThat(own).hasSize(1);
    return own.getFirst();
  }

  /** Why it is refused, which leaves nothing. */
  Refusal refuses(UUID order, SalesOrderCommand command) {
    int before = books.log().size();
    Refusal refusal = asks(order, command).refusal();
    assertThat(books.log()).hasSize(before);
    return refusal;
  }

  UUID placed(SalesOrderCommand.Place command) {
    UUID id = books.newId();
    does(id, command);
    return id;
  }

  UUID confirmed(SalesOrderCommand.Place command) {
    UUID id = placed(command);
    does(id, new SalesOrderCommand.Confirm());
    return id;
  }

  /** Confirmed, and all of it shipped. */
  UUID shipped(SalesOrderCommand.Place command) {
    UUID id = confirmed(command);
    does(id, ship());
    return id;
  }

  /** Confirmed, shipped and billed. */
  UUID invoiced(SalesOrderCommand.Place command) {
    UUID id = shipped(command);
    does(id, invoice());
    return id;
  }

  static SalesOrderCommand confirm() {
    return new SalesOrderCommand.Confirm();
  }

  /** All that is left. */
  static SalesOrderCommand ship() {
    return new SalesOrderCommand.Ship(null, null);
  }

  static SalesOrderCommand ship(LineQuantity... parts) {
    return new SalesOrderCommand.Ship(List.of(parts), null);
  }

  static SalesOrderCommand invoice() {
    return new SalesOrderCommand.Invoice(null);
  }

  /** All that is open. */
  static SalesOrderCommand pay() {
    return new SalesOrderCommand.Pay(null, null, null);
  }

  static SalesOrderCommand pay(String amount) {
    return new SalesOrderCommand.Pay(Amount.of(amount), null, null);
  }

  static SalesOrderCommand takeBack(LineQuantity... parts) {
    return new SalesOrderCommand.Return(List.of(parts), "broken", null);
  }

  static SalesOrderCommand cancel() {
    return new SalesOrderCommand.Cancel("changed their mind");
  }

  static SalesOrderCommand close() {
    return new SalesOrderCommand.Close("no longer made");
  }

  static LineQuantity part(int line, String quantity) {
    return new LineQuantity(line, Quantity.of(quantity));
  }

  SalesOrder state(UUID order) {
    return books.state(SalesOrderDecider.AGGREGATE, order);
  }

  String open(UUID order) {
    return ((SalesOrder.Confirmed) state(order)).open().toString();
  }

  /** What the customer has taken of credit in euros. */
  String credit(UUID customer) {
    return books
        .state(Credit.AGGREGATE, customer)
        .taken("EUR")
        .stripTrailingZeros()
        .toPlainString();
  }

  /** The tenant lists what may be used. */
  void lists(List<String> locations, String... taxRates) {
    TenantSettings now = settings().settings();
    books.given(
        TenantSettingsDecider.AGGREGATE,
        StreamName.ONLY,
        new TenantSettingsEvent.Changed(
            new TenantSettings(
                now.baseCurrency(),
                now.fiscalYearStart(),
                locations,
                Arrays.stream(taxRates)
                    .map(rate -> new TaxRate("VAT " + rate, Fraction.of(rate)))
                    .toList(),
                now.numberFormats(),
                now.defaultAccounts(),
                now.approvalLimit())));
  }

  void closes(LocalDate through) {
    books.given(
        TenantSettingsDecider.AGGREGATE,
        StreamName.ONLY,
        new TenantSettingsEvent.PeriodClosed(through));
  }

  private Tenant.Established settings() {
    return (Tenant.Established) books.state(TenantSettingsDecider.AGGREGATE, StreamName.ONLY);
  }
}
