package xalesin.query;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import xalesin.projection.TenantViews;
import xalesin.query.LedgerReads.Month;
import xalesin.schemas.Total;
import xalesin.schemas.finance.AccountBalanceRow;

/**
 * An account in one month and currency.
 *
 * @param opening balance before the month
 * @param balance {@code debit - credit} of the month
 * @param closing balance at its end
 */
@JsonPropertyOrder({
  "account",
  "period",
  "currency",
  "opening",
  "debit",
  "credit",
  "balance",
  "closing"
})
record AccountMonth(
    UUID account,
    String period,
    String currency,
    Total opening,
    Total debit,
    Total credit,
    Total balance,
    Total closing) {

  /**
   * Gives the months of a page their opening and closing balances.
   *
   * @param months of one account without a gap, the newest first, as the view orders them
   */
  static List<AccountMonth> of(TenantViews views, UUID account, List<AccountBalanceRow> months) {
    if (months.isEmpty()) {
      return List.of();
    }
    Map<String, Total> balances = new HashMap<>();
    Month oldest = new Month(months.getLast().period());
    BalanceSums sums = new BalanceSums(views, row -> add(balances, row));
    sums.before(oldest, account);
    addRestOf(oldest, account, views, months, balances);
    List<AccountMonth> answers = new ArrayList<>(months.size());
    for (AccountBalanceRow month : months.reversed()) {
      Total opening = balances.getOrDefault(month.currency(), Total.ZERO);
      add(balances, month);
      answers.add(of(month, opening, requireNonNull(balances.get(month.currency()))));
    }
    return answers.reversed();
  }

  /**
   * The page may end within a month: the currencies behind its end come before its newer months.
   */
  private static void addRestOf(
      Month oldest,
      UUID account,
      TenantViews views,
      List<AccountBalanceRow> months,
      Map<String, Total> balances) {
    Set<UUID> onPage = new HashSet<>();
    months.forEach(month -> onPage.add(month.id()));
    new BalanceSums(
            views,
            row -> {
              if (!onPage.contains(row.id())) {
                add(balances, row);
              }
            })
        .in(oldest, account);
  }

  private static void add(Map<String, Total> balances, AccountBalanceRow row) {
    balances.merge(row.currency(), row.balance(), Total::plus);
  }

  private static AccountMonth of(AccountBalanceRow month, Total opening, Total closing) {
    return new AccountMonth(
        month.account(),
        month.period(),
        month.currency(),
        opening,
        month.debit(),
        month.credit(),
        month.balance(),
        closing);
  }
}
