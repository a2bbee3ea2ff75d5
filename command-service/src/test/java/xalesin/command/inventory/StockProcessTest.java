package xalesin.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Books;
import xalesin.command.finance.AccountDecider;
import xalesin.command.finance.FinanceRefusal;
import xalesin.command.settings.Tenant;
import xalesin.command.settings.TenantSettingsDecider;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemCommand.Adjust;
import xalesin.schemas.inventory.InventoryItemCommand.Issue;
import xalesin.schemas.inventory.InventoryItemCommand.Receive;
import xalesin.schemas.inventory.InventoryItemCommand.Release;
import xalesin.schemas.inventory.InventoryItemCommand.Reserve;
import xalesin.schemas.inventory.InventoryItemCommand.Transfer;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent;

/** What moving stock without a document does to the books, and where stock may be. */
class StockProcessTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
  private static final Quantity ONE = Quantity.of(1);

  private final Books books = new Books().today(TODAY);
  private final UUID chai = books.newId();

  StockProcessTest() {
    does(
        new InventoryItemCommand.Create(
            null, "CHAI", "Chai", null, null, null, eur("18"), null, null));
  }

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  private static Receive receive(String quantity, String location, String unitCost) {
    return new Receive(Quantity.of(quantity), location, eur(unitCost));
  }

  private Books.Result does(InventoryItemCommand command) {
    return books.does(InventoryItemDecider.AGGREGATE, chai, command);
  }

  private void refusedAt(String location, InventoryItemCommand command) {
    assertThat(does(command).refusal())
        .isEqualTo(new InventoryItemRefusal.UnknownLocation(location));
  }

  private void setLocations(String... locations) {
    Tenant.Established tenant =
        (Tenant.Established) books.state(TenantSettingsDecider.AGGREGATE, StreamName.ONLY);
    TenantSettings now = tenant.settings();
    books.given(
        TenantSettingsDecider.AGGREGATE,
        StreamName.ONLY,
        new TenantSettingsEvent.Changed(
            new TenantSettings(
                now.baseCurrency(),
                now.fiscalYearStart(),
                List.of(locations),
                now.taxRates(),
                now.numberFormats(),
                now.defaultAccounts(),
                now.approvalLimit())));
  }

  // Books

  @Test
  void what_comes_without_a_document_is_a_stock_adjustment() {
    var events = does(receive("10", "A", "2.5")).events();
    assertThat(events.getLast())
        .isEqualTo(
            new FinancialTransactionEvent.Posted(
                "JE-2026-000001",
                TODAY,
                "Stock received",
                "inventory-items/" + chai,
                null,
                List.of(
                    Posting.debit(books.account("1200"), eur("25")),
                    Posting.credit(books.account("5100"), eur("25")))));
  }

  @Test
  void what_goes_without_a_document_is_one_too_with_its_reason() {
    does(receive("10", "A", "2.5"));
    does(new Issue(Quantity.of(4), "A", "samples"));
    does(new Adjust(Quantity.of(-1), "A", "broken"));
    does(new Adjust(Quantity.of(2), "A", "found"));
    assertThat(books.entries())
        .extracting(entry -> entry.memo() + " " + entry.postings().getFirst().debit())
        .containsExactly(
            "Stock received " + eur("25"),
            "samples " + eur("10"),
            "broken " + eur("2.5"),
            "found " + eur("5"));
    assertThat(books.balance("1200")).isEqualTo("17.5");
    assertThat(books.balance("5100")).isEqualTo("-17.5");
  }

  @Test
  void what_is_worth_nothing_is_not_booked() {
    does(new Adjust(ONE, "A", "found"));
    does(new Issue(ONE, "A", "samples"));
    does(receive("1", "A", "0"));
    does(receive("1", "A", "0.001"));
    does(new Transfer(ONE, "A", "B"));
    does(new Reserve(ONE, "A", "SO-1"));
    assertThat(books.entries()).isEmpty();
  }

  @Test
  void stock_does_not_move_when_its_entry_cannot_be_posted() {
    does(receive("1", "A", "1"));
    books.given(
        TenantSettingsDecider.AGGREGATE,
        StreamName.ONLY,
        new TenantSettingsEvent.PeriodClosed(TODAY));
    FinanceRefusal closed = new FinanceRefusal.PeriodClosed(TODAY, TODAY.toString());
    assertThat(does(receive("1", "A", "1")).refusal()).isEqualTo(closed);
    assertThat(does(new Issue(ONE, "A", "samples")).refusal()).isEqualTo(closed);
    books.today(TODAY.plusDays(1));
    books.given(AccountDecider.AGGREGATE, books.account("5100"), new AccountEvent.Closed());
    assertThat(does(new Issue(ONE, "A", "samples")).refusal())
        .isEqualTo(new FinanceRefusal.AccountClosed("5100"));
    assertThat(books.balance("1200")).isEqualTo("1");
  }

  // Locations

  @Test
  void without_a_list_stock_may_be_anywhere() {
    assertThat(does(receive("1", "anywhere", "1")).events()).hasSize(2);
  }

  @Test
  void with_a_list_stock_comes_only_where_the_list_says() {
    does(receive("5", "Kiel", "1"));
    setLocations("Kiel", "Hamburg");
    refusedAt("Bremen", receive("1", "Bremen", "1"));
    refusedAt("Bremen", new Issue(ONE, "Bremen", "samples"));
    refusedAt("Bremen", new Transfer(ONE, "Bremen", "Kiel"));
    refusedAt("Bremen", new Transfer(ONE, "Kiel", "Bremen"));
    refusedAt("Bremen", new Adjust(ONE, "Bremen", "found"));
    refusedAt("Bremen", new Adjust(ONE.negated(), "Bremen", "lost"));
    refusedAt("Bremen", new Reserve(ONE, "Bremen", "SO-1"));
    for (InventoryItemCommand command :
        List.of(
            receive("1", "Hamburg", "1"),
            new Issue(ONE, "Kiel", "samples"),
            new Transfer(ONE, "Kiel", "Hamburg"),
            new Adjust(ONE, "Hamburg", "found"),
            new Adjust(ONE.negated(), "Hamburg", "lost"),
            new Reserve(ONE, "Hamburg", "SO-1"),
            new Release(ONE, "Hamburg", "SO-1"))) {
      assertThat(does(command).events()).as("%s", command).isNotEmpty();
    }
  }

  @Test
  void what_is_at_a_location_taken_off_the_list_may_still_leave() {
    does(receive("5", "Kiel", "1"));
    does(new Reserve(ONE, "Kiel", "SO-1"));
    setLocations("Hamburg");
    refusedAt("Kiel", receive("1", "Kiel", "1"));
    refusedAt("Kiel", new Reserve(ONE, "Kiel", "SO-1"));
    refusedAt("Kiel", new Adjust(ONE, "Kiel", "found"));
    assertThat(does(new Release(ONE, "Kiel", "SO-1")).events()).hasSize(1);
    assertThat(does(new Issue(ONE, "Kiel", "samples")).events()).hasSize(2);
    assertThat(does(new Transfer(ONE, "Kiel", "Hamburg")).events()).hasSize(1);
    assertThat(does(new Adjust(Quantity.of(-3), "Kiel", "lost")).events()).hasSize(2);
    refusedAt("Kiel", new Issue(ONE, "Kiel", "samples"));
  }

  @Test
  void an_item_that_never_was_is_not_found_wherever_it_should_be() {
    setLocations("Hamburg");
    assertThat(
            books
                .does(InventoryItemDecider.AGGREGATE, books.newId(), receive("1", "Kiel", "1"))
                .refusal())
        .isEqualTo(new InventoryItemRefusal.NotFound());
  }

  @Test
  void what_an_order_has_set_aside_is_not_touched_by_hand() {
    does(receive("5", "main", "2"));
    String order = "sales-orders/" + chai;
    assertThat(does(new InventoryItemCommand.Release(ONE, "main", order)).refusal())
        .isEqualTo(new InventoryItemRefusal.ReservedByDocument(order));
    assertThat(does(new InventoryItemCommand.Reserve(ONE, "main", order)).refusal())
        .isEqualTo(new InventoryItemRefusal.ReservedByDocument(order));
  }
}
