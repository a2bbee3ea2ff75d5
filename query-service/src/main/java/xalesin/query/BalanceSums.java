package xalesin.query;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.IndexRange;
import xalesin.projection.IndexRange.Bound;
import xalesin.projection.ListRequest;
import xalesin.projection.Page;
import xalesin.projection.TenantViews;
import xalesin.projection.finance.AccountBalances;
import xalesin.projection.view.Index;
import xalesin.query.LedgerReads.Month;
import xalesin.schemas.Json;
import xalesin.schemas.finance.AccountBalanceRow;

/**
 * The rows that add up to balances at the end of a month, or before it begins: the years before its
 * year, and the months of its year. Reads a bounded number of them.
 */
final class BalanceSums {
  /** A thousand accounts over eighty years; about half a second of work. */
  static final int MAX_BALANCES = 100_000;

  private static final int PAGE = 500;

  private final TenantViews views;
  private final Consumer<AccountBalanceRow> sum;
  private int read;

  BalanceSums(TenantViews views, Consumer<AccountBalanceRow> sum) {
    this.views = views;
    this.sum = sum;
  }

  /** All that was ever posted, of all accounts. */
  void everything() {
    add(new IndexRange(AccountBalances.YEARS, AccountBalances.BY_PERIOD, List.of(), null, null));
  }

  /** What was posted up to the end of the month, of all accounts. */
  void through(Month month) {
    Bound end = Bound.inclusive(month.text());
    add(AccountBalances.BY_PERIOD, List.of(), month, end);
  }

  /** What was posted to one account before the month. */
  void before(Month month, UUID account) {
    Bound end = Bound.exclusive(month.text());
    add(AccountBalances.BY_ACCOUNT, List.of(account), month, end);
  }

  /** What was posted to one account in the month. */
  void in(Month month, UUID account) {
    add(
        IndexRange.of(AccountBalances.MONTHS, AccountBalances.BY_ACCOUNT, account)
            .only(month.text()));
  }

  private void add(Index<AccountBalanceRow> index, List<Object> equality, Month month, Bound end) {
    Bound year = Bound.exclusive(month.year());
    Bound january = Bound.inclusive(month.january());
    add(new IndexRange(AccountBalances.YEARS, index, equality, null, year));
    add(new IndexRange(AccountBalances.MONTHS, index, equality, january, end));
  }

  private void add(IndexRange range) {
    byte[] after = null;
    Page page;
    do {
      page = views.scan(ListRequest.of(range, after, PAGE));
      read += page.rows().size();
      if (read > MAX_BALANCES) {
        throw tooMany();
      }
      page.rows().forEach(row -> sum.accept(Json.read(row, AccountBalanceRow.class)));
      after = page.positions().isEmpty() ? null : page.positions().getLast();
    } while (page.hasMore());
  }

  private static ProblemException tooMany() {
    return Problem.of(
            400,
            "too-many-balances",
            "Too many balances for one answer",
            "more than %d balances of accounts and periods would have to be added up"
                .formatted(MAX_BALANCES))
        .exception();
  }
}
