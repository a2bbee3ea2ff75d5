package xalesin.command.finance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Books;
import xalesin.command.inventory.InventoryItemDecider;
import xalesin.command.settings.TenantSettingsDecider;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountCommand;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.finance.FinancialTransactionCommand;
import xalesin.schemas.finance.FinancialTransactionCommand.Post;
import xalesin.schemas.finance.FinancialTransactionCommand.Reverse;
import xalesin.schemas.finance.FinancialTransactionEvent.Posted;
import xalesin.schemas.finance.FinancialTransactionEvent.Reversed;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.DocumentKind;
import xalesin.schemas.settings.TenantSettingsCommand;

class FinancialTransactionDeciderTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

  private final Books books = new Books().today(TODAY);
  private final UUID entry = books.newId();
  private final UUID bank = books.account("1000");
  private final UUID expenses = books.account("6000");

  private Books.Result does(UUID id, FinancialTransactionCommand command) {
    return books.does(FinancialTransactionDecider.AGGREGATE, id, command);
  }

  private Books.Result settings(TenantSettingsCommand command) {
    return books.does(TenantSettingsDecider.AGGREGATE, StreamName.ONLY, command);
  }

  private static Post post(LocalDate date, Posting... postings) {
    return new Post(null, date, "Rent", List.of(postings));
  }

  private Posting debit(String amount) {
    return Posting.debit(expenses, eur(amount));
  }

  private Posting credit(String amount) {
    return Posting.credit(bank, eur(amount));
  }

  private Post rent(LocalDate date) {
    return post(date, debit("800"), credit("800"));
  }

  private static Reverse reverse(@Nullable LocalDate date) {
    return new Reverse(date, "wrong account");
  }

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  private List<String> numbers() {
    return books.entries().stream().map(Posted::number).toList();
  }

  private UUID opened(String code, @Nullable String currency) {
    UUID id = books.newId();
    books
        .does(
            AccountDecider.AGGREGATE,
            id,
            new AccountCommand.Create(null, code, code, AccountType.ASSET, currency))
        .events();
    return id;
  }

  // Posting

  @Test
  void an_entry_is_posted_under_the_next_number_of_its_year() {
    assertThat(does(entry, rent(TODAY)).events())
        .containsExactly(
            new Posted(
                "JE-2026-000001", TODAY, "Rent", null, null, List.of(debit("800"), credit("800"))));
    assertThat(books.trialBalance()).isEqualTo(Map.of("1000 EUR", "-800", "6000 EUR", "800"));
  }

  @Test
  void an_entry_has_as_many_postings_as_it_takes() {
    does(entry, post(TODAY, debit("1.5"), debit("0.49"), debit("0.01"), credit("2"))).events();
    assertThat(books.trialBalance()).isEqualTo(Map.of("1000 EUR", "-2", "6000 EUR", "2"));
  }

  @Test
  void each_fiscal_year_begins_with_number_one() {
    does(books.newId(), rent(LocalDate.of(2025, 12, 31))).events();
    does(books.newId(), rent(LocalDate.of(2026, 1, 1))).events();
    does(books.newId(), rent(LocalDate.of(2025, 6, 30))).events();
    settings(new TenantSettingsCommand.Change(null, 4, null, null, null, null, null, null))
        .events();
    does(books.newId(), rent(LocalDate.of(2026, 3, 31))).events();
    does(books.newId(), rent(LocalDate.of(2026, 4, 1))).events();
    assertThat(numbers())
        .containsExactly(
            "JE-2025-000001",
            "JE-2026-000001",
            "JE-2025-000002",
            "JE-2025-000003",
            "JE-2026-000002");
  }

  @Test
  void numbers_go_on_in_the_format_that_the_tenant_has_set() {
    does(books.newId(), rent(TODAY)).events();
    settings(
        new TenantSettingsCommand.Change(
            null,
            null,
            null,
            null,
            Map.of(DocumentKind.JOURNAL_ENTRY, "J{year}/{number:3}"),
            null,
            null,
            null));
    does(books.newId(), rent(TODAY)).events();
    assertThat(numbers()).containsExactly("JE-2026-000001", "J2026/002");
  }

  @Test
  void what_is_refused_takes_no_number() {
    does(books.newId(), rent(TODAY)).events();
    does(books.newId(), post(TODAY, debit("1"), credit("2"))).refusal();
    does(books.newId(), rent(TODAY)).events();
    assertThat(numbers()).containsExactly("JE-2026-000001", "JE-2026-000002");
  }

  @Test
  void posting_the_same_again_changes_nothing_though_it_has_been_reversed_since() {
    does(entry, rent(TODAY)).events();
    assertThat(does(entry, rent(TODAY)).events()).isEmpty();
    does(entry, reverse(null)).events();
    assertThat(does(entry, rent(TODAY)).events()).isEmpty();
    assertThat(numbers()).hasSize(2);
  }

  @Test
  void posting_the_same_again_changes_nothing_though_the_period_is_closed_by_now() {
    does(entry, rent(TODAY)).events();
    settings(new TenantSettingsCommand.ClosePeriod(TODAY)).events();
    assertThat(does(entry, rent(TODAY)).events()).isEmpty();
  }

  @Test
  void posting_another_under_the_same_id_is_refused() {
    does(entry, rent(TODAY)).events();
    TransactionRefusal refusal = new TransactionRefusal.AlreadyExists();
    assertThat(does(entry, rent(TODAY.minusDays(1))).refusal()).isEqualTo(refusal);
    assertThat(does(entry, post(TODAY, debit("801"), credit("801"))).refusal()).isEqualTo(refusal);
    assertThat(does(entry, post(TODAY, credit("800"), debit("800"))).refusal()).isEqualTo(refusal);
  }

  @Test
  void debits_and_credits_are_equal_in_each_currency() {
    assertThat(does(entry, post(TODAY, debit("10"), credit("9.99"))).refusal())
        .isEqualTo(new FinanceRefusal.Unbalanced("EUR", "0.01"));
    assertThat(does(entry, post(TODAY, debit("10"), debit("10"))).refusal())
        .isEqualTo(new FinanceRefusal.Unbalanced("EUR", "20"));
    Posting dollars = Posting.credit(bank, Money.of("10", "USD"));
    assertThat(does(entry, post(TODAY, debit("10"), dollars)).refusal())
        .isEqualTo(new FinanceRefusal.Unbalanced("EUR", "10"));
    Posting spent = Posting.debit(expenses, Money.of("10", "USD"));
    assertThat(does(entry, post(TODAY, debit("5"), credit("5"), dollars, spent)).events())
        .hasSize(1);
    assertThat(books.trialBalance())
        .isEqualTo(Map.of("1000 EUR", "-5", "6000 EUR", "5", "1000 USD", "-10", "6000 USD", "10"));
  }

  @Test
  void amounts_are_in_whole_units_of_the_smallest_kind() {
    assertThat(does(entry, post(TODAY, debit("0.005"), credit("0.005"))).refusal())
        .isEqualTo(new FinanceRefusal.AmountTooPrecise(eur("0.005")));
    Money sen = Money.of("10.5", "JPY");
    assertThat(
            does(entry, post(TODAY, Posting.debit(expenses, sen), Posting.credit(bank, sen)))
                .refusal())
        .isEqualTo(new FinanceRefusal.AmountTooPrecise(sen));
    Money fils = Money.of("10.125", "KWD");
    assertThat(
            does(entry, post(TODAY, Posting.debit(expenses, fils), Posting.credit(bank, fils)))
                .events())
        .hasSize(1);
  }

  @Test
  void nothing_is_posted_to_an_account_that_is_not_there() {
    UUID nobodys = books.newId();
    assertThat(does(entry, post(TODAY, debit("1"), Posting.credit(nobodys, eur("1")))).refusal())
        .isEqualTo(new FinanceRefusal.UnknownAccount(nobodys));
  }

  @Test
  void nothing_is_posted_to_a_closed_account() {
    books.does(AccountDecider.AGGREGATE, expenses, new AccountCommand.Close()).events();
    assertThat(does(entry, rent(TODAY)).refusal())
        .isEqualTo(new FinanceRefusal.AccountClosed("6000"));
  }

  @Test
  void an_account_of_one_currency_takes_no_other() {
    UUID dollars = opened("1050", "USD");
    Posting paid = Posting.credit(dollars, eur("1"));
    assertThat(does(entry, post(TODAY, debit("1"), paid)).refusal())
        .isEqualTo(new FinanceRefusal.CurrencyNotTaken("1050", "USD", "EUR"));
  }

  @Test
  void nothing_is_posted_into_a_closed_period() {
    settings(new TenantSettingsCommand.ClosePeriod(TODAY.minusDays(1))).events();
    assertThat(does(entry, rent(TODAY.minusDays(1))).refusal())
        .isEqualTo(new FinanceRefusal.PeriodClosed(TODAY.minusDays(1), "2026-03-09"));
    assertThat(does(entry, rent(TODAY)).events()).hasSize(1);
    settings(new TenantSettingsCommand.ReopenPeriod(null, "late bill")).events();
    assertThat(does(books.newId(), rent(TODAY.minusDays(1))).events()).hasSize(1);
  }

  @Test
  void nothing_is_posted_by_hand_to_a_control_account() {
    Map<String, AccountPurpose> controls =
        Map.of(
            "1100", AccountPurpose.RECEIVABLE,
            "1200", AccountPurpose.INVENTORY,
            "2000", AccountPurpose.PAYABLE,
            "2100", AccountPurpose.GOODS_RECEIVED);
    controls.forEach(
        (code, purpose) -> {
          Posting debit = Posting.debit(books.account(code), eur("100"));
          assertThat(does(entry, post(TODAY, debit, credit("100"))).refusal())
              .isEqualTo(new FinanceRefusal.ControlAccount(code, purpose));
        });
    assertThat(books.trialBalance()).isEmpty();
  }

  // Reversal

  @Test
  void what_is_on_a_control_account_by_hand_from_before_is_taken_back() {
    UUID inventory = books.account("1200");
    Posting debit = Posting.debit(inventory, eur("100"));
    books.given(
        FinancialTransactionDecider.AGGREGATE,
        entry,
        new Posted("JE-2026-000001", TODAY, "Rent", null, null, List.of(debit, credit("100"))));
    assertThat(books.balance("1200")).isEqualTo("100");
    does(entry, reverse(null)).events();
    assertThat(books.balance("1200")).isEqualTo("0");
  }

  @Test
  void a_reversal_is_the_opposite_entry_and_each_names_the_other() {
    does(entry, rent(TODAY.minusDays(5))).events();
    List<DomainEvent> events = does(entry, reverse(null)).events();
    assertThat(events)
        .hasSize(2)
        .contains(
            new Posted(
                "JE-2026-000002",
                TODAY,
                "wrong account",
                null,
                entry,
                List.of(Posting.credit(expenses, eur("800")), Posting.debit(bank, eur("800")))));
    Reversed reversed =
        (Reversed) books.events(FinancialTransactionDecider.AGGREGATE, entry).getLast();
    assertThat(books.events(FinancialTransactionDecider.AGGREGATE, reversed.by()))
        .singleElement()
        .isIn(events);
    assertThat(reversed.reason()).isEqualTo("wrong account");
    assertThat(books.trialBalance()).isEmpty();
  }

  @Test
  void a_reversal_is_posted_to_the_day_that_is_asked_for() {
    does(entry, rent(TODAY)).events();
    does(entry, reverse(LocalDate.of(2026, 3, 31))).events();
    assertThat(books.entries().getLast().effectiveDate()).isEqualTo(LocalDate.of(2026, 3, 31));
  }

  @Test
  void an_entry_that_is_not_there_is_not_reversed() {
    assertThat(does(entry, reverse(null)).refusal()).isEqualTo(new TransactionRefusal.NotFound());
  }

  @Test
  void an_entry_is_reversed_once() {
    does(entry, rent(TODAY)).events();
    does(entry, reverse(null)).events();
    Reversed reversed =
        (Reversed) books.events(FinancialTransactionDecider.AGGREGATE, entry).getLast();
    assertThat(does(entry, reverse(null)).refusal())
        .isEqualTo(new TransactionRefusal.AlreadyReversed("JE-2026-000001", reversed.by()));
    assertThat(numbers()).hasSize(2);
  }

  @Test
  void a_reversal_is_not_reversed() {
    does(entry, rent(TODAY)).events();
    does(entry, reverse(null)).events();
    Reversed reversed =
        (Reversed) books.events(FinancialTransactionDecider.AGGREGATE, entry).getLast();
    assertThat(does(reversed.by(), reverse(null)).refusal())
        .isEqualTo(new TransactionRefusal.IsReversal("JE-2026-000002", entry));
  }

  @Test
  void an_entry_of_a_closed_period_is_reversed_in_an_open_one() {
    LocalDate january = LocalDate.of(2026, 1, 31);
    does(entry, rent(january)).events();
    settings(new TenantSettingsCommand.ClosePeriod(january)).events();
    assertThat(does(entry, reverse(january)).refusal())
        .isEqualTo(new FinanceRefusal.PeriodClosed(january, "2026-01-31"));
    assertThat(does(entry, reverse(null)).events()).hasSize(2);
  }

  @Test
  void a_refused_reversal_leaves_the_entry_to_be_reversed() {
    does(entry, rent(TODAY)).events();
    books.does(AccountDecider.AGGREGATE, expenses, new AccountCommand.Close()).events();
    assertThat(does(entry, reverse(null)).refusal())
        .isEqualTo(new FinanceRefusal.AccountClosed("6000"));
    assertThat(books.events(FinancialTransactionDecider.AGGREGATE, entry)).hasSize(1);
  }

  // Entries of stock and documents

  private UUID stocked() {
    UUID chai = books.newId();
    books.does(
        InventoryItemDecider.AGGREGATE,
        chai,
        new InventoryItemCommand.Create(
            null, "CHAI", "Chai", null, null, null, eur("18"), null, null));
    receive(chai).events();
    return chai;
  }

  private Books.Result receive(UUID item) {
    return books.does(
        InventoryItemDecider.AGGREGATE,
        item,
        new InventoryItemCommand.Receive(Quantity.of("4"), "A", eur("2.5")));
  }

  @Test
  void what_was_posted_for_stock_is_not_reversed_by_hand() {
    UUID chai = stocked();
    UUID posted =
        books.log().stream()
            .filter(recorded -> recorded.event() instanceof Posted)
            .map(recorded -> recorded.stream().id())
            .findAny()
            .orElseThrow();
    assertThat(does(posted, reverse(null)).refusal())
        .isEqualTo(
            new TransactionRefusal.PostedByDocument("JE-2026-000001", "inventory-items/" + chai));
    assertThat(books.balance("1200")).isEqualTo("10");
  }

  @Test
  void stock_does_not_move_when_its_entry_cannot_be_posted() {
    UUID chai = stocked();
    settings(new TenantSettingsCommand.ClosePeriod(TODAY)).events();
    assertThat(receive(chai).refusal())
        .isEqualTo(new FinanceRefusal.PeriodClosed(TODAY, "2026-03-10"));
    books.today(TODAY.plusDays(1));
    assertThat(receive(chai).events()).hasSize(2);
    assertThat(books.balance("1200")).isEqualTo("20");
  }
}
