package xalesin.query;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.IndexRange;
import xalesin.projection.IndexRange.Bound;
import xalesin.projection.ListRequest;
import xalesin.projection.Page;
import xalesin.projection.TenantViews;
import xalesin.projection.Views;
import xalesin.projection.finance.AccountBalances;
import xalesin.projection.finance.Accounts;
import xalesin.schemas.Json;
import xalesin.schemas.finance.AccountBalanceRow;

/** Reads of balances: of one account month by month, and of all at the end of one. Thread-safe. */
final class LedgerReads {
  private final Views views;
  private final Cursors cursors;
  private final Consistency consistency;
  private final Answers answers;

  LedgerReads(Views views, Cursors cursors, Consistency consistency, Answers answers) {
    this.views = views;
    this.cursors = cursors;
    this.consistency = consistency;
    this.answers = answers;
  }

  /**
   * `GET /api/accounts/{id}/balances?from=2026-01&through=2026-12`: the months in which the account
   * moved, per currency, the newest first, each with its opening and closing balance.
   */
  void balances(Exchange exchange) throws InterruptedException {
    exchange.allowedQuery("from", "through", "limit", "cursor");
    int limit = exchange.queryInt("limit", ListReads.DEFAULT_LIMIT, 1, ListReads.MAX_LIMIT);
    Month from = Month.of(exchange, "from");
    Month through = Month.of(exchange, "through");
    UUID account = Past.id(exchange.pathParam("id"));
    if (account == null) {
      throw noSuchAccount();
    }
    IndexRange range =
        new IndexRange(
            AccountBalances.MONTHS,
            AccountBalances.BY_ACCOUNT,
            List.of(account),
            from == null ? null : Bound.inclusive(from.text()),
            through == null ? null : Bound.inclusive(through.text()));
    Plan plan = Planner.of(List.of(range));
    Cursors.Scope scope =
        new Cursors.Scope(exchange.tenant(), AccountBalances.MONTHS.name(), plan.question());
    byte[] after = ListReads.position(cursors, scope, exchange.query("cursor"));
    consistency.await(exchange);
    try (TenantViews tenantViews = views.snapshot(exchange.tenant())) {
      if (tenantViews.row(Accounts.VIEW, account.toString()) == null) {
        throw noSuchAccount();
      }
      long sequence = tenantViews.sequence();
      answers.state(exchange, sequence);
      if (answers.notModified(exchange, answers.listTag(exchange, sequence))) {
        return;
      }
      Page page = tenantViews.scan(ListRequest.of(range, after, limit));
      String next = page.hasMore() ? cursors.seal(scope, page.positions().getLast()) : null;
      List<byte[]> items = new ArrayList<>(page.rows().size());
      for (AccountMonth month : AccountMonth.of(tenantViews, account, months(page))) {
        items.add(Json.write(month));
      }
      exchange.json(200, Envelopes.list(items, next, ListReads.count(tenantViews, plan)));
    }
  }

  private static List<AccountBalanceRow> months(Page page) {
    return page.rows().stream().map(row -> Json.read(row, AccountBalanceRow.class)).toList();
  }

  /**
   * `GET /api/trial-balance?through=2026-11`: every account that was ever posted to, per currency,
   * as it stands at the end of that month, or with all that is posted; and the sums.
   */
  void trialBalance(Exchange exchange) throws InterruptedException {
    exchange.allowedQuery("through");
    Month through = Month.of(exchange, "through");
    consistency.await(exchange);
    try (TenantViews tenantViews = views.snapshot(exchange.tenant())) {
      long sequence = tenantViews.sequence();
      answers.state(exchange, sequence);
      if (!answers.notModified(exchange, answers.listTag(exchange, sequence))) {
        exchange.json(200, TrialBalance.of(tenantViews, through));
      }
    }
  }

  private static ProblemException noSuchAccount() {
    return Problem.notFound("there is no such account").exception();
  }

  /** A month as a parameter. */
  record Month(String text) {
    private static final String SHAPE = "[0-9]{4}-(0[1-9]|1[0-2])";

    static @Nullable Month of(Exchange exchange, String name) {
      String text = exchange.query(name);
      if (text != null && !text.matches(SHAPE)) {
        throw Problem.badRequest(name + " takes a month (2026-11)").exception();
      }
      return text == null ? null : new Month(text);
    }

    String year() {
      return text.substring(0, 4);
    }

    String january() {
      return year() + "-01";
    }
  }
}
