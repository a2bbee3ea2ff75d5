package xalesin.query;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.TenantViews;
import xalesin.projection.finance.Accounts;
import xalesin.query.LedgerReads.Month;
import xalesin.schemas.Json;
import xalesin.schemas.Total;
import xalesin.schemas.finance.AccountBalanceRow;
import xalesin.schemas.finance.AccountRow;
import xalesin.schemas.finance.AccountType;

/**
 * What all accounts come to. Its totals are zero, or the books are wrong.
 *
 * @param through the last month that counts; null when all do
 * @param items by code and currency
 * @param totals by currency
 */
@JsonPropertyOrder({"through", "items", "totals"})
record TrialBalance(@Nullable String through, List<Line> items, List<Sum> totals) {

  /**
   * An account in one currency.
   *
   * @param code with name and type null when the account's own events could not be applied
   * @param debit all that it was ever debited
   * @param credit all that it was ever credited
   */
  @JsonPropertyOrder({"account", "code", "name", "type", "currency", "debit", "credit", "balance"})
  record Line(
      UUID account,
      @Nullable String code,
      @Nullable String name,
      @Nullable AccountType type,
      String currency,
      Total debit,
      Total credit,
      Total balance) {}

  /** All accounts in one currency. */
  @JsonPropertyOrder({"currency", "debit", "credit", "balance"})
  record Sum(String currency, Total debit, Total credit, Total balance) {}

  private static final Comparator<Line> BY_CODE =
      Comparator.comparing((Line line) -> line.code() == null ? "" : line.code())
          .thenComparing(line -> line.account().toString())
          .thenComparing(Line::currency);

  private record Place(UUID account, String currency) {}

  private record Sides(Total debit, Total credit) {
    Sides plus(Sides other) {
      return new Sides(debit.plus(other.debit), credit.plus(other.credit));
    }

    Total balance() {
      return debit.minus(credit);
    }
  }

  /**
   * @param through null for all that is posted
   */
  static TrialBalance of(TenantViews views, @Nullable Month through) {
    Map<Place, Sides> balances = new HashMap<>();
    BalanceSums sums = new BalanceSums(views, row -> add(balances, row));
    if (through == null) {
      sums.everything();
    } else {
      sums.through(through);
    }
    Map<UUID, AccountRow> accounts = accounts(views, balances.keySet());
    List<Line> lines = new ArrayList<>(balances.size());
    Map<String, Sides> totals = new TreeMap<>();
    balances.forEach(
        (place, sides) -> {
          lines.add(line(place, sides, accounts.get(place.account)));
          totals.merge(place.currency, sides, Sides::plus);
        });
    lines.sort(BY_CODE);
    return new TrialBalance(through == null ? null : through.text(), lines, sums(totals));
  }

  private static void add(Map<Place, Sides> balances, AccountBalanceRow row) {
    balances.merge(
        new Place(row.account(), row.currency()),
        new Sides(row.debit(), row.credit()),
        Sides::plus);
  }

  private static Map<UUID, AccountRow> accounts(TenantViews views, Set<Place> places) {
    Set<String> ids = new LinkedHashSet<>();
    places.forEach(place -> ids.add(place.account.toString()));
    Map<UUID, AccountRow> accounts = new HashMap<>();
    for (byte @Nullable [] row : views.rows(Accounts.VIEW, ids)) {
      if (row != null) {
        AccountRow account = Json.read(row, AccountRow.class);
        accounts.put(account.id(), account);
      }
    }
    return accounts;
  }

  private static Line line(Place place, Sides sides, @Nullable AccountRow account) {
    return new Line(
        place.account,
        account == null ? null : account.code(),
        account == null ? null : account.name(),
        account == null ? null : account.type(),
        place.currency,
        sides.debit,
        sides.credit,
        sides.balance());
  }

  private static List<Sum> sums(Map<String, Sides> totals) {
    List<Sum> sums = new ArrayList<>(totals.size());
    totals.forEach(
        (currency, sides) ->
            sums.add(new Sum(currency, sides.debit, sides.credit, sides.balance())));
    return sums;
  }
}
