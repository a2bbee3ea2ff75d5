package xalesin.command.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Books;
import xalesin.command.finance.AccountDecider;
import xalesin.command.finance.FinanceRefusal;
import xalesin.schemas.Fraction;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountCommand;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.DocumentKind;
import xalesin.schemas.settings.TaxRate;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsCommand;
import xalesin.schemas.settings.TenantSettingsCommand.Change;
import xalesin.schemas.settings.TenantSettingsCommand.ClosePeriod;
import xalesin.schemas.settings.TenantSettingsCommand.ReopenPeriod;
import xalesin.schemas.settings.TenantSettingsEvent.Changed;
import xalesin.schemas.settings.TenantSettingsEvent.PeriodClosed;
import xalesin.schemas.settings.TenantSettingsEvent.PeriodReopened;

class TenantSettingsDeciderTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
  private static final LocalDate JANUARY = LocalDate.of(2026, 1, 31);
  private static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 28);

  private final Books books = new Books().today(TODAY);

  private Books.Result does(TenantSettingsCommand command) {
    return books.does(TenantSettingsDecider.AGGREGATE, StreamName.ONLY, command);
  }

  private Tenant.Established tenant() {
    return (Tenant.Established) books.state(TenantSettingsDecider.AGGREGATE, StreamName.ONLY);
  }

  private UUID opened(String code, AccountType type) {
    UUID id = books.newId();
    books
        .does(AccountDecider.AGGREGATE, id, new AccountCommand.Create(id, code, code, type, null))
        .events();
    return id;
  }

  private static Change currency(String currency) {
    return new Change(currency, null, null, null, null, null, null, null);
  }

  private static Change locations(String... locations) {
    return new Change(null, null, List.of(locations), null, null, null, null, null);
  }

  private static Change format(DocumentKind kind, String format) {
    return new Change(null, null, null, null, Map.of(kind, format), null, null, null);
  }

  private static Change account(AccountPurpose purpose, UUID account) {
    return new Change(null, null, null, null, null, Map.of(purpose, account), null, null);
  }

  private static ReopenPeriod reopen(@Nullable LocalDate through) {
    return new ReopenPeriod(through, "late invoice");
  }

  // Settings

  @Test
  void what_is_given_changes_and_all_else_stays() {
    TenantSettings before = tenant().settings();
    TenantSettings after =
        new TenantSettings(
            "USD",
            4,
            List.of("main", "yard"),
            List.of(new TaxRate("full", Fraction.of("0.19"))),
            before.numberFormats(),
            before.defaultAccounts(),
            Money.of("5000", "USD"));
    Change change =
        new Change(
            "USD",
            4,
            after.locations(),
            after.taxRates(),
            null,
            null,
            Money.of("5000", "USD"),
            null);
    assertThat(does(change).events()).containsExactly(new Changed(after));
    assertThat(does(new Change(null, 7, null, null, null, null, null, null)).events()).hasSize(1);
    assertThat(tenant().settings().fiscalYearStart()).isEqualTo(7);
    assertThat(tenant().settings().locations()).containsExactly("main", "yard");
  }

  @Test
  void the_approval_limit_is_set_changed_and_taken_away() {
    does(approvalLimit(Money.of("100", "EUR"), null));
    does(approvalLimit(null, false));
    assertThat(tenant().settings().approvalLimit()).isEqualTo(Money.of("100", "EUR"));
    assertThat(does(approvalLimit(null, true)).events()).hasSize(1);
    assertThat(tenant().settings().approvalLimit()).isNull();
    assertThat(does(approvalLimit(null, true)).events()).isEmpty();
    does(approvalLimit(Money.of("5", "EUR"), false));
    assertThat(tenant().settings().approvalLimit()).isEqualTo(Money.of("5", "EUR"));
    assertThatThrownBy(() -> approvalLimit(Money.of("5", "EUR"), true))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("unlimitedApproval");
  }

  private static Change approvalLimit(@Nullable Money limit, @Nullable Boolean unlimited) {
    return new Change(null, null, null, null, null, null, limit, unlimited);
  }

  @Test
  void settings_that_are_so_already_change_nothing() {
    assertThat(does(new Change(null, null, null, null, null, null, null, null)).events()).isEmpty();
    assertThat(does(currency("EUR")).events()).isEmpty();
    UUID bank = books.account("1000");
    assertThat(does(account(AccountPurpose.CASH, bank)).events()).isEmpty();
    does(locations("main"));
    assertThat(does(locations("main")).events()).isEmpty();
  }

  @Test
  void a_list_that_is_given_takes_the_place_of_the_old_one() {
    does(locations("main", "yard"));
    does(locations("yard"));
    assertThat(tenant().settings().locations()).containsExactly("yard");
    does(locations());
    assertThat(tenant().settings().locations()).isEmpty();
  }

  @Test
  void a_number_format_changes_for_its_kind_of_document_only() {
    does(format(DocumentKind.INVOICE, "R{year}/{number:4}"));
    does(format(DocumentKind.SALES_ORDER, "A{year}/{number:4}"));
    assertThat(tenant().settings().numberFormats())
        .containsEntry(DocumentKind.INVOICE, "R{year}/{number:4}")
        .containsEntry(DocumentKind.SALES_ORDER, "A{year}/{number:4}")
        .containsEntry(DocumentKind.CREDIT_NOTE, "CN-{year}-{number:6}");
  }

  @Test
  void another_account_serves_a_purpose_and_the_others_go_on_serving_theirs() {
    UUID till = opened("1010", AccountType.ASSET);
    UUID receivable = books.account("1100");
    does(account(AccountPurpose.CASH, till)).events();
    assertThat(tenant().settings().defaultAccounts())
        .containsEntry(AccountPurpose.CASH, till)
        .containsEntry(AccountPurpose.RECEIVABLE, receivable);
  }

  @Test
  void an_account_that_is_not_there_serves_nothing() {
    UUID nobodys = books.newId();
    assertThat(does(account(AccountPurpose.CASH, nobodys)).refusal())
        .isEqualTo(new FinanceRefusal.UnknownAccount(nobodys));
  }

  @Test
  void a_closed_account_serves_nothing() {
    UUID till = opened("1010", AccountType.ASSET);
    books.does(AccountDecider.AGGREGATE, till, new AccountCommand.Close());
    assertThat(does(account(AccountPurpose.CASH, till)).refusal())
        .isEqualTo(new FinanceRefusal.AccountClosed("1010"));
  }

  @Test
  void an_account_of_another_type_does_not_serve_the_purpose() {
    UUID loan = opened("2900", AccountType.LIABILITY);
    assertThat(does(account(AccountPurpose.CASH, loan)).refusal())
        .isEqualTo(
            new SettingsRefusal.UnsuitableAccount(
                "2900", AccountType.LIABILITY, AccountPurpose.CASH));
    assertThat(does(account(AccountPurpose.OUTPUT_TAX, loan)).events()).hasSize(1);
  }

  @Test
  void a_control_account_keeps_its_purpose() {
    UUID other = opened("1210", AccountType.ASSET);
    UUID loan = opened("2900", AccountType.LIABILITY);
    Map<AccountPurpose, String> controls =
        Map.of(
            AccountPurpose.RECEIVABLE, "1100",
            AccountPurpose.INVENTORY, "1200",
            AccountPurpose.PAYABLE, "2000",
            AccountPurpose.GOODS_RECEIVED, "2100");
    controls.forEach(
        (purpose, code) -> {
          UUID another = purpose.type() == AccountType.ASSET ? other : loan;
          assertThat(does(account(purpose, another)).refusal())
              .isEqualTo(new SettingsRefusal.ControlAccountFixed(code, purpose));
          assertThat(does(account(purpose, books.account(code))).events()).isEmpty();
        });
  }

  @Test
  void a_control_account_serves_nothing_else() {
    UUID inventory = books.account("1200");
    UUID payable = books.account("2000");
    assertThat(does(account(AccountPurpose.CASH, inventory)).refusal())
        .isEqualTo(new FinanceRefusal.ControlAccount("1200", AccountPurpose.INVENTORY));
    assertThat(does(account(AccountPurpose.OUTPUT_TAX, payable)).refusal())
        .isEqualTo(new FinanceRefusal.ControlAccount("2000", AccountPurpose.PAYABLE));
    assertThat(does(account(AccountPurpose.INVENTORY, books.account("1100"))).refusal())
        .isEqualTo(new SettingsRefusal.ControlAccountFixed("1200", AccountPurpose.INVENTORY));
  }

  @Test
  void a_control_account_is_renamed_instead() {
    UUID inventory = books.account("1200");
    books
        .does(
            AccountDecider.AGGREGATE, inventory, new AccountCommand.ChangeDetails("1140", "Waren"))
        .events();
    assertThat(books.account("1140")).isEqualTo(inventory);
  }

  @Test
  void nothing_changes_when_one_of_the_accounts_does_not_suit() {
    TenantSettings before = tenant().settings();
    Map<AccountPurpose, UUID> accounts =
        Map.of(
            AccountPurpose.CASH, opened("1010", AccountType.ASSET),
            AccountPurpose.REVENUE, opened("1020", AccountType.ASSET));
    does(new Change("USD", null, null, null, null, accounts, null, null)).refusal();
    assertThat(tenant().settings()).isEqualTo(before);
  }

  // Periods

  @Test
  void a_period_is_closed_through_a_day() {
    assertThat(does(new ClosePeriod(JANUARY)).events()).containsExactly(new PeriodClosed(JANUARY));
    assertThat(tenant().isOpen(JANUARY)).isFalse();
    assertThat(tenant().isOpen(JANUARY.plusDays(1))).isTrue();
    assertThat(does(new ClosePeriod(FEBRUARY)).events())
        .containsExactly(new PeriodClosed(FEBRUARY));
  }

  @Test
  void closing_what_is_closed_changes_nothing() {
    does(new ClosePeriod(JANUARY));
    assertThat(does(new ClosePeriod(JANUARY)).events()).isEmpty();
  }

  @Test
  void closing_less_than_is_closed_is_refused() {
    does(new ClosePeriod(FEBRUARY));
    assertThat(does(new ClosePeriod(JANUARY)).refusal())
        .isEqualTo(new SettingsRefusal.PeriodClosedFurther(JANUARY, FEBRUARY));
  }

  @Test
  void the_books_are_closed_through_today_but_no_later() {
    LocalDate tomorrow = TODAY.plusDays(1);
    assertThat(does(new ClosePeriod(tomorrow)).refusal())
        .isEqualTo(new SettingsRefusal.PeriodInFuture(tomorrow, TODAY));
    assertThat(does(new ClosePeriod(TODAY)).events()).hasSize(1);
  }

  @Test
  void a_period_is_reopened_in_part_or_as_a_whole() {
    does(new ClosePeriod(FEBRUARY));
    assertThat(does(reopen(JANUARY)).events())
        .containsExactly(new PeriodReopened(JANUARY, "late invoice"));
    assertThat(tenant().isOpen(FEBRUARY)).isTrue();
    assertThat(tenant().isOpen(JANUARY)).isFalse();
    assertThat(does(reopen(null)).events())
        .containsExactly(new PeriodReopened(null, "late invoice"));
    assertThat(tenant().isOpen(JANUARY)).isTrue();
    assertThat(does(new ClosePeriod(JANUARY)).events()).hasSize(1);
  }

  @Test
  void reopening_opens_something_or_is_refused() {
    assertThat(does(reopen(null)).refusal()).isEqualTo(new SettingsRefusal.PeriodNotClosed(null));
    assertThat(does(reopen(JANUARY)).refusal())
        .isEqualTo(new SettingsRefusal.PeriodNotClosed(null));
    does(new ClosePeriod(JANUARY));
    assertThat(does(reopen(JANUARY)).refusal())
        .isEqualTo(new SettingsRefusal.PeriodNotClosed(JANUARY));
    assertThat(does(reopen(FEBRUARY)).refusal())
        .isEqualTo(new SettingsRefusal.PeriodNotClosed(JANUARY));
  }

  @Test
  void changed_settings_leave_periods_closed() {
    does(new ClosePeriod(JANUARY));
    does(currency("USD"));
    assertThat(tenant().isOpen(JANUARY)).isFalse();
  }
}
