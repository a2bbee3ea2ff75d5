package xalesin.query;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.IndexRange;
import xalesin.projection.IndexRange.Bound;
import xalesin.projection.ListRequest;
import xalesin.projection.Page;
import xalesin.projection.TenantViews;
import xalesin.projection.finance.AccountBalances;
import xalesin.projection.overview.Figures;
import xalesin.projection.overview.LowStock;
import xalesin.projection.sales.Receivables;
import xalesin.projection.settings.TenantSettingsView;
import xalesin.schemas.Json;
import xalesin.schemas.StreamName;
import xalesin.schemas.Total;
import xalesin.schemas.finance.AccountBalanceRow;
import xalesin.schemas.overview.FigureRow;
import xalesin.schemas.overview.LowStockRow;
import xalesin.schemas.overview.Overview;
import xalesin.schemas.overview.Overview.Aging;
import xalesin.schemas.overview.Overview.Balance;
import xalesin.schemas.overview.Overview.DayAmount;
import xalesin.schemas.overview.Overview.Due;
import xalesin.schemas.overview.Overview.Orders;
import xalesin.schemas.overview.Overview.Overdue;
import xalesin.schemas.overview.Overview.Revenue;
import xalesin.schemas.overview.Overview.TopCustomer;
import xalesin.schemas.overview.Overview.TopCustomers;
import xalesin.schemas.overview.Overview.TopItem;
import xalesin.schemas.overview.Overview.TopItems;
import xalesin.schemas.purchasing.PurchaseOrderStatus;
import xalesin.schemas.sales.ReceivableRow;
import xalesin.schemas.sales.SalesOrderStatus;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.TenantSettingsRow;

/**
 * The overview of one tenant at one instant. Each figure is read from sums and short ranges, whose
 * bound stands with it; none grows with the number of documents. "Currencies" are those in which
 * there ever was such a figure: one or two as a rule, and never more than ISO 4217 has. For one
 * thread.
 */
final class OverviewFigures {
  /** How many of a list the overview shows. */
  private static final int TOP = 10;

  private static final int DAYS = 30;

  /** Behind this many days what is due is old. */
  private static final int OLD = 90;

  private final TenantViews views;
  private final LocalDate today;

  OverviewFigures(TenantViews views, LocalDate today) {
    this.views = views;
    this.today = today;
  }

  Overview overview() {
    // A row a currency.
    List<String> currencies =
        figures(FigureRow.REVENUE, null, null).stream().map(FigureRow::currency).sorted().toList();
    List<DueSums> receivable = due(FigureRow.RECEIVABLE, FigureRow.RECEIVABLE_BY_DUE_DATE);
    return new Overview(
        today,
        revenue(currencies),
        orders(FigureRow.SALES_ORDERS, SalesOrderStatus.ALL),
        orders(FigureRow.PURCHASE_ORDERS, PurchaseOrderStatus.ALL),
        overdue(receivable),
        lowStock(),
        currencies.stream().map(this::topItems).toList(),
        currencies.stream().map(this::topCustomers).toList(),
        receivable.stream().map(DueSums::aging).toList(),
        due(FigureRow.PAYABLE, FigureRow.PAYABLE_BY_DUE_DATE).stream().map(DueSums::aging).toList(),
        cash());
  }

  /** Reads a row for each of 30 days and each currency. */
  private List<Revenue> revenue(List<String> currencies) {
    LocalDate first = today.minusDays(DAYS - 1);
    Map<String, Map<String, Total>> byCurrency = new HashMap<>();
    for (FigureRow row : figures(FigureRow.REVENUE_BY_DAY, first, today)) {
      byCurrency.computeIfAbsent(row.currency(), _ -> new HashMap<>()).put(row.key(), row.amount());
    }
    return currencies.stream()
        .map(currency -> revenue(currency, byCurrency.getOrDefault(currency, Map.of())))
        .toList();
  }

  private Revenue revenue(String currency, Map<String, Total> byDay) {
    List<DayAmount> series = new ArrayList<>(DAYS);
    for (int back = DAYS - 1; back >= 0; back--) {
      LocalDate day = today.minusDays(back);
      series.add(new DayAmount(day, byDay.getOrDefault(day.toString(), Total.ZERO)));
    }
    return new Revenue(
        currency,
        series.getLast().amount(),
        sum(series.subList(DAYS - 7, DAYS)),
        sum(series),
        series);
  }

  private static Total sum(List<DayAmount> days) {
    return days.stream().map(DayAmount::amount).reduce(Total.ZERO, Total::plus);
  }

  /** Reads a row for each status and each currency. */
  private List<Orders> orders(String figure, List<String> statuses) {
    return figures(figure, null, null).stream()
        .filter(row -> row.count() > 0)
        .sorted(
            Comparator.comparingInt((FigureRow row) -> statuses.indexOf(row.key()))
                .thenComparing(FigureRow::currency))
        .map(row -> new Orders(row.key(), row.currency(), row.count(), row.amount()))
        .toList();
  }

  /** Documents that are open, and what is open of them. */
  private record Part(long count, Total amount) {
    static final Part NONE = new Part(0, Total.ZERO);

    static Part of(FigureRow row) {
      return new Part(row.count(), row.amount());
    }

    Part plus(Part other) {
      return new Part(count + other.count, amount.plus(other.amount));
    }

    Part minus(Part other) {
      return new Part(count - other.count, amount.minus(other.amount));
    }
  }

  /** What is open in a currency, by how long it has been due. */
  private record DueSums(
      String currency, Part all, Part notDue, Part days30, Part days60, Part days90) {
    static DueSums none(FigureRow all) {
      return new DueSums(all.currency(), Part.of(all), Part.NONE, Part.NONE, Part.NONE, Part.NONE);
    }

    DueSums plus(FigureRow row, long daysDue) {
      Part part = Part.of(row);
      return new DueSums(
          currency,
          all,
          daysDue <= 0 ? notDue.plus(part) : notDue,
          daysDue > 0 && daysDue <= 30 ? days30.plus(part) : days30,
          daysDue > 30 && daysDue <= 60 ? days60.plus(part) : days60,
          daysDue > 60 ? days90.plus(part) : days90);
    }

    Part due() {
      return all.minus(notDue);
    }

    /** What is older is the rest: its days are not read, which could be many. */
    Aging aging() {
      Part older = due().minus(days30).minus(days60).minus(days90);
      return new Aging(
          currency,
          all.count(),
          all.amount(),
          notDue.amount(),
          days30.amount(),
          days60.amount(),
          days90.amount(),
          older.amount());
    }
  }

  /**
   * Reads a row a currency, one for each of the last 90 days and each currency, and one for each
   * day to come on which anything is due: no more than the longest term of payment has days.
   */
  private List<DueSums> due(String figure, String figureByDueDate) {
    Map<String, DueSums> byCurrency = new TreeMap<>();
    figures(figure, null, null).forEach(row -> byCurrency.put(row.currency(), DueSums.none(row)));
    for (FigureRow row : figures(figureByDueDate, today.minusDays(OLD), null)) {
      long daysDue = today.toEpochDay() - LocalDate.parse(row.key()).toEpochDay();
      byCurrency.computeIfPresent(row.currency(), (_, sums) -> sums.plus(row, daysDue));
    }
    return List.copyOf(byCurrency.values());
  }

  /** Reads ten rows. */
  private Overdue overdue(List<DueSums> receivable) {
    IndexRange dueBefore =
        new IndexRange(
            Receivables.VIEW, Receivables.BY_DUE_DATE, List.of(), null, Bound.exclusive(today));
    List<Due> totals =
        receivable.stream()
            .filter(sums -> sums.due().count() > 0)
            .map(sums -> new Due(sums.currency(), sums.due().count(), sums.due().amount()))
            .toList();
    return new Overdue(
        totals.stream().mapToLong(Due::count).sum(), totals, first(dueBefore, ReceivableRow.class));
  }

  /** Reads ten rows and a counter. */
  private Overview.LowStock lowStock() {
    IndexRange lowest = IndexRange.of(LowStock.VIEW, LowStock.BY_AVAILABLE);
    return new Overview.LowStock(views.count(lowest), first(lowest, LowStockRow.class));
  }

  /** Reads ten rows a currency. */
  private TopItems topItems(String currency) {
    return new TopItems(
        currency,
        top(FigureRow.REVENUE_BY_ITEM, currency).stream()
            .map(
                row ->
                    new TopItem(
                        UUID.fromString(row.key()),
                        row.sku(),
                        row.name(),
                        row.quantity(),
                        row.amount()))
            .toList());
  }

  /** Reads ten rows a currency. */
  private TopCustomers topCustomers(String currency) {
    return new TopCustomers(
        currency,
        top(FigureRow.REVENUE_BY_CUSTOMER, currency).stream()
            .map(row -> new TopCustomer(UUID.fromString(row.key()), row.name(), row.amount()))
            .toList());
  }

  private List<FigureRow> top(String figure, String currency) {
    return first(IndexRange.of(Figures.VIEW, Figures.BY_RANK, figure, currency), FigureRow.class);
  }

  /** Reads the settings, and a row for each year and each currency of the account. */
  private List<Balance> cash() {
    byte[] json = views.row(TenantSettingsView.VIEW, StreamName.ONLY.toString());
    UUID account =
        json == null
            ? null
            : Json.read(json, TenantSettingsRow.class).defaultAccounts().get(AccountPurpose.CASH);
    if (account == null) {
      return List.of();
    }
    Map<String, Total> byCurrency = new TreeMap<>();
    IndexRange years = IndexRange.of(AccountBalances.YEARS, AccountBalances.BY_ACCOUNT, account);
    for (AccountBalanceRow year : all(years, AccountBalanceRow.class)) {
      byCurrency.merge(year.currency(), year.balance(), Total::plus);
    }
    List<Balance> cash = new ArrayList<>(byCurrency.size());
    byCurrency.forEach((currency, amount) -> cash.add(new Balance(currency, amount)));
    return cash;
  }

  /** The rows of a figure whose keys are days from one to another, both included. */
  private List<FigureRow> figures(String figure, @Nullable LocalDate from, @Nullable LocalDate to) {
    IndexRange range =
        new IndexRange(
            Figures.VIEW,
            Figures.BY_KEY,
            List.of(figure),
            from == null ? null : Bound.inclusive(from.toString()),
            to == null ? null : Bound.inclusive(to.toString()));
    return all(range, FigureRow.class);
  }

  private <R> List<R> first(IndexRange range, Class<R> rowClass) {
    return read(views.scan(ListRequest.of(range, null, TOP)), rowClass);
  }

  private <R> List<R> all(IndexRange range, Class<R> rowClass) {
    List<R> rows = new ArrayList<>();
    byte[] after = null;
    Page page;
    do {
      page = views.scan(ListRequest.of(range, after, ListReads.MAX_LIMIT));
      rows.addAll(read(page, rowClass));
      after = page.hasMore() ? page.positions().getLast() : null;
    } while (after != null);
    return rows;
  }

  private static <R> List<R> read(Page page, Class<R> rowClass) {
    return page.rows().stream().map(row -> Json.read(row, rowClass)).toList();
  }
}
