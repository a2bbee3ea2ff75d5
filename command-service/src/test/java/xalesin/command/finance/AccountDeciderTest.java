package xalesin.command.finance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Books;
import xalesin.command.settings.Tenant;
import xalesin.command.settings.TenantSettingsDecider;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountCommand;
import xalesin.schemas.finance.AccountCommand.ChangeDetails;
import xalesin.schemas.finance.AccountCommand.Close;
import xalesin.schemas.finance.AccountCommand.Create;
import xalesin.schemas.finance.AccountEvent.Closed;
import xalesin.schemas.finance.AccountEvent.DetailsChanged;
import xalesin.schemas.finance.AccountEvent.Opened;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.finance.FinancialTransactionCommand;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.TenantSettingsCommand;

class AccountDeciderTest {
  private final Books books = new Books();
  private final UUID till = books.newId();

  private Books.Result does(UUID id, AccountCommand command) {
    return books.does(AccountDecider.AGGREGATE, id, command);
  }

  private static Create create(String code, @Nullable String currency) {
    return new Create(null, code, "Till", AccountType.ASSET, currency);
  }

  private void open() {
    does(till, create("1010", null)).events();
  }

  @Test
  void an_account_is_opened_for_any_currency_or_for_one() {
    assertThat(does(till, create("1010", null)).events())
        .containsExactly(new Opened("1010", "Till", AccountType.ASSET, null));
    assertThat(does(books.newId(), create("1011", "USD")).events())
        .containsExactly(new Opened("1011", "Till", AccountType.ASSET, "USD"));
  }

  @Test
  void opening_the_same_again_changes_nothing_though_it_has_changed_since() {
    open();
    assertThat(does(till, create("1010", null)).events()).isEmpty();
    does(till, new ChangeDetails("1012", "Petty cash"));
    does(till, new Close());
    assertThat(does(till, create("1010", null)).events()).isEmpty();
  }

  @Test
  void opening_another_under_the_same_id_is_refused() {
    open();
    assertThat(does(till, create("1010", "USD")).refusal())
        .isEqualTo(new AccountRefusal.AlreadyExists());
  }

  @Test
  void nothing_can_be_done_with_an_account_that_never_was() {
    assertThat(does(till, new ChangeDetails("1010", null)).refusal())
        .isEqualTo(new AccountRefusal.NotFound());
    assertThat(does(till, new Close()).refusal()).isEqualTo(new AccountRefusal.NotFound());
  }

  @Test
  void a_code_names_one_account_even_when_it_is_closed() {
    open();
    does(till, new Close());
    assertThat(does(books.newId(), create("1010", null)).refusal())
        .isEqualTo(new AccountRefusal.CodeTaken("1010"));
    assertThat(does(books.newId(), create("1000", null)).refusal())
        .as("of the default chart")
        .isEqualTo(new AccountRefusal.CodeTaken("1000"));
  }

  @Test
  void a_changed_code_is_free_for_another_account() {
    open();
    assertThat(does(till, new ChangeDetails("1000", null)).refusal())
        .isEqualTo(new AccountRefusal.CodeTaken("1000"));
    does(till, new ChangeDetails("1012", null)).events();
    assertThat(does(books.newId(), create("1010", null)).events()).hasSize(1);
  }

  @Test
  void details_not_given_stay_as_they_are() {
    open();
    assertThat(does(till, new ChangeDetails(null, "Petty cash")).events())
        .containsExactly(new DetailsChanged("1010", "Petty cash"));
    assertThat(does(till, new ChangeDetails("1012", null)).events())
        .containsExactly(new DetailsChanged("1012", "Petty cash"));
    assertThat(does(till, new ChangeDetails("1012", "Petty cash")).events()).isEmpty();
    assertThat(does(till, new ChangeDetails(null, null)).events()).isEmpty();
  }

  @Test
  void an_account_is_closed_once_and_for_good() {
    open();
    assertThat(does(till, new Close()).events()).containsExactly(new Closed());
    assertThat(does(till, new Close()).events()).isEmpty();
    assertThat(does(till, new ChangeDetails(null, "Petty cash")).refusal())
        .isEqualTo(new FinanceRefusal.AccountClosed("1010"));
    assertThat(does(till, new ChangeDetails("1010", "Till")).events()).isEmpty();
  }

  @Test
  void an_account_with_a_balance_may_be_closed() {
    open();
    Money ten = Money.of("10", "EUR");
    books
        .does(
            FinancialTransactionDecider.AGGREGATE,
            books.newId(),
            new FinancialTransactionCommand.Post(
                null,
                LocalDate.of(2026, 3, 10),
                "Change for the till",
                List.of(Posting.debit(till, ten), Posting.credit(books.account("1000"), ten))))
        .events();
    assertThat(books.balance("1010")).isEqualTo("10");
    assertThat(does(till, new Close()).events()).containsExactly(new Closed());
  }

  @Test
  void an_account_to_which_the_tenant_posts_by_default_is_not_closed() {
    for (AccountPurpose purpose : AccountPurpose.values()) {
      UUID account = defaultAccount(purpose);
      assertThat(does(account, new Close()).refusal())
          .isInstanceOfSatisfying(
              AccountRefusal.InUse.class,
              refusal -> assertThat(refusal.purpose()).isEqualTo(purpose));
    }
  }

  @Test
  void an_account_is_closed_when_another_has_taken_its_purpose() {
    open();
    UUID bank = books.account("1000");
    books
        .does(
            TenantSettingsDecider.AGGREGATE,
            StreamName.ONLY,
            new TenantSettingsCommand.Change(
                null, null, null, null, null, Map.of(AccountPurpose.CASH, till), null, null))
        .events();
    assertThat(does(bank, new Close()).events()).containsExactly(new Closed());
    assertThat(does(till, new Close()).refusal())
        .isEqualTo(new AccountRefusal.InUse("1010", AccountPurpose.CASH));
  }

  private UUID defaultAccount(AccountPurpose purpose) {
    return switch (books.state(TenantSettingsDecider.AGGREGATE, StreamName.ONLY)) {
      case Tenant.Established tenant ->
          requireNonNull(tenant.settings().defaultAccounts().get(purpose), purpose::wireName);
      case Tenant.None() -> throw new AssertionError("not founded");
    };
  }
}
