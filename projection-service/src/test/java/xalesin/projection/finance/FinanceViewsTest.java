package xalesin.projection.finance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.projection.Told;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.Total;
import xalesin.schemas.finance.AccountBalanceRow;
import xalesin.schemas.finance.AccountEvent.Closed;
import xalesin.schemas.finance.AccountEvent.DetailsChanged;
import xalesin.schemas.finance.AccountEvent.Opened;
import xalesin.schemas.finance.AccountRow;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.finance.FinancialTransactionEvent.Posted;
import xalesin.schemas.finance.FinancialTransactionEvent.Reversed;
import xalesin.schemas.finance.FinancialTransactionRow;
import xalesin.schemas.finance.Posting;

class FinanceViewsTest {
  private static final UUID CASH = new UUID(1, 1);
  private static final UUID SALES = new UUID(1, 2);
  private static final UUID ENTRY = new UUID(2, 1);
  private static final UUID OPPOSITE = new UUID(2, 2);

  private final Told told = new Told();

  @Test
  void an_account_is_active_until_it_is_closed() {
    told.given(account(CASH), new Opened("1000", "Cash", AccountType.ASSET, "EUR"));
    AccountRow opened = told.row(Accounts.VIEW, CASH);
    assertThat(opened)
        .isEqualTo(
            new AccountRow(
                CASH,
                "1000",
                "Cash",
                AccountType.ASSET,
                "EUR",
                "active",
                1,
                Told.START.plusSeconds(1),
                Told.START.plusSeconds(1)));
    told.given(account(CASH), new DetailsChanged("1001", "Till"), new Closed());
    AccountRow closed = told.row(Accounts.VIEW, CASH);
    assertThat(closed.code()).isEqualTo("1001");
    assertThat(closed.name()).isEqualTo("Till");
    assertThat(closed.status()).isEqualTo("closed");
    assertThat(closed.version()).isEqualTo(3);
    assertThat(closed.createdAt()).isEqualTo(opened.createdAt());
    assertThat(closed.updatedAt()).isEqualTo(Told.START.plusSeconds(3));
  }

  @Test
  void an_account_that_was_never_opened_cannot_change() {
    assertThatThrownBy(() -> told.given(account(CASH), new Closed()))
        .hasMessageContaining("does not exist");
  }

  @Test
  void an_entry_tells_what_it_reverses_and_what_reverses_it() {
    told.given(entry(ENTRY), posted("2026-11-20", null, sale("100")));
    assertThat(told.row(FinancialTransactions.VIEW, ENTRY).status()).isEqualTo("posted");
    told.given(entry(OPPOSITE), posted("2026-11-22", ENTRY, opposite(sale("100"))));
    told.given(entry(ENTRY), new Reversed(OPPOSITE, "a mistake"));
    FinancialTransactionRow entry = told.row(FinancialTransactions.VIEW, ENTRY);
    assertThat(entry.status()).isEqualTo("reversed");
    assertThat(entry.reversedBy()).isEqualTo(OPPOSITE);
    assertThat(entry.version()).isEqualTo(2);
    assertThat(entry.recordedAt()).isEqualTo(Told.START.plusSeconds(1));
    assertThat(entry.postings()).isEqualTo(sale("100"));
    assertThat(told.row(FinancialTransactions.VIEW, OPPOSITE).reverses()).isEqualTo(ENTRY);
  }

  @Test
  void a_month_and_a_year_hold_what_was_posted_to_their_days() {
    told.given(entry(new UUID(2, 10)), posted("2025-12-31", null, sale("1")))
        .given(entry(new UUID(2, 11)), posted("2026-01-01", null, sale("20")))
        .given(entry(new UUID(2, 12)), posted("2026-01-31", null, opposite(sale("5.5"))))
        .given(entry(new UUID(2, 13)), posted("2026-02-01", null, sale("4000")));
    assertThat(balances(AccountBalances.MONTHS, CASH))
        .containsExactlyInAnyOrder(
            tuple("2025-12", "EUR", total("1"), total("0"), total("1"), 1L),
            tuple("2026-01", "EUR", total("20"), total("5.5"), total("14.5"), 2L),
            tuple("2026-02", "EUR", total("4000"), total("0"), total("4000"), 1L));
    assertThat(balances(AccountBalances.YEARS, SALES))
        .containsExactlyInAnyOrder(
            tuple("2025", "EUR", total("0"), total("1"), total("-1"), 1L),
            tuple("2026", "EUR", total("5.5"), total("4020"), total("-4014.5"), 3L));
  }

  @Test
  void an_account_has_a_balance_in_each_currency_and_postings_of_one_entry_add_up() {
    told.given(
        entry(ENTRY),
        posted(
            "2026-11-22",
            null,
            List.of(
                Posting.debit(CASH, eur("1")),
                Posting.debit(CASH, eur("2")),
                Posting.credit(SALES, eur("3")),
                Posting.debit(CASH, Money.of("7", "USD")),
                Posting.credit(CASH, Money.of("7", "USD")))));
    assertThat(balances(AccountBalances.MONTHS, CASH))
        .containsExactlyInAnyOrder(
            tuple("2026-11", "EUR", total("3"), total("0"), total("3"), 1L),
            tuple("2026-11", "USD", total("7"), total("7"), total("0"), 1L));
  }

  @Test
  void balances_may_be_larger_than_any_amount() {
    for (int i = 0; i < 3; i++) {
      told.given(entry(new UUID(2, i)), posted("2026-11-22", null, sale("999999999999999")));
    }
    assertThat(told.rows(AccountBalances.YEARS))
        .extracting(AccountBalanceRow::balance)
        .containsExactlyInAnyOrder(total("2999999999999997"), total("-2999999999999997"));
  }

  private List<Tuple> balances(AccountBalances view, UUID account) {
    return told.rows(view).stream()
        .filter(row -> row.account().equals(account))
        .map(
            row ->
                tuple(
                    row.period(),
                    row.currency(),
                    row.debit(),
                    row.credit(),
                    row.balance(),
                    row.version()))
        .toList();
  }

  private static StreamName account(UUID id) {
    return new StreamName(StreamName.ACCOUNTS, id);
  }

  private static StreamName entry(UUID id) {
    return new StreamName(StreamName.FINANCIAL_TRANSACTIONS, id);
  }

  private static Posted posted(String date, @Nullable UUID reverses, List<Posting> postings) {
    return new Posted("JE-1", LocalDate.parse(date), "memo", null, reverses, postings);
  }

  private static List<Posting> sale(String amount) {
    return List.of(Posting.debit(CASH, eur(amount)), Posting.credit(SALES, eur(amount)));
  }

  private static List<Posting> opposite(List<Posting> postings) {
    return postings.stream().map(Posting::reversed).toList();
  }

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  private static Total total(String text) {
    return Total.of(text);
  }
}
