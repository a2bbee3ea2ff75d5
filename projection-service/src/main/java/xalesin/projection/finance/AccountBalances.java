package xalesin.projection.finance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Total;
import xalesin.schemas.finance.AccountBalanceRow;
import xalesin.schemas.finance.FinancialTransactionEvent.Posted;
import xalesin.schemas.finance.Posting;

/**
 * What entries come to, one row per account, period and currency. There are two such views, of
 * months and of calendar years: a balance at the end of any month is the sum of the years before
 * its year and of that year's months up to it, so it takes some rows and not the journal, and an
 * entry of long ago changes two rows per posting like any other. Stateless, thread-safe.
 */
public final class AccountBalances implements View<AccountBalanceRow> {
  private static final Field<AccountBalanceRow> ACCOUNT =
      Field.id("account", AccountBalanceRow::account);
  private static final Field<AccountBalanceRow> CURRENCY =
      Field.text("currency", AccountBalanceRow::currency);

  /** Years 1900 to 2999: text sorts them in time. */
  private static final Field<AccountBalanceRow> PERIOD =
      Field.text("period", AccountBalanceRow::period);

  private static final List<Index.Order<AccountBalanceRow>> NEWEST_FIRST =
      List.of(Index.descending(PERIOD), Index.ascending(CURRENCY));

  public static final Index<AccountBalanceRow> BY_ACCOUNT =
      new Index<>("by-account", "How did this account develop?", List.of(ACCOUNT), NEWEST_FIRST);
  public static final Index<AccountBalanceRow> BY_PERIOD =
      new Index<>("by-period", "What moved in this period?", List.of(), NEWEST_FIRST);

  /** By month, such as {@code 2026-11}. */
  public static final AccountBalances MONTHS =
      new AccountBalances("account-balances", date -> YearMonth.from(date).toString());

  /** By calendar year, such as {@code 2026}. */
  public static final AccountBalances YEARS =
      new AccountBalances("account-years", date -> Integer.toString(date.getYear()));

  private final String name;
  private final Function<LocalDate, String> periodOf;

  private AccountBalances(String name, Function<LocalDate, String> periodOf) {
    this.name = name;
    this.periodOf = periodOf;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Class<AccountBalanceRow> rowClass() {
    return AccountBalanceRow.class;
  }

  @Override
  public List<Index<AccountBalanceRow>> indexes() {
    return List.of(BY_ACCOUNT, BY_PERIOD);
  }

  @Override
  public boolean isOfManyStreams() {
    return true;
  }

  @Override
  public List<Change<AccountBalanceRow>> fold(
      RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof Posted posted)) {
      return List.of();
    }
    String period = periodOf.apply(posted.effectiveDate());
    Map<Place, Sums> sums = new LinkedHashMap<>();
    for (Posting posting : posted.postings()) {
      Place place = new Place(posting.account(), period, posting.money().currency());
      sums.merge(place, Sums.of(posting), Sums::plus);
    }
    List<Change<AccountBalanceRow>> changes = new ArrayList<>(sums.size());
    sums.forEach((place, change) -> changes.add(changed(place, change, rows)));
    return changes;
  }

  private Change<AccountBalanceRow> changed(Place place, Sums change, Rows rows) {
    UUID id = place.id();
    AccountBalanceRow before = rows.get(this, id);
    Sums now = before == null ? change : change.plus(new Sums(before.debit(), before.credit()));
    return Change.put(
        id,
        new AccountBalanceRow(
            id,
            place.account,
            place.period,
            place.currency,
            now.debit,
            now.credit,
            now.debit.minus(now.credit),
            before == null ? 1 : before.version() + 1));
  }

  private record Place(UUID account, String period, String currency) {
    UUID id() {
      return UUID.nameUUIDFromBytes((account + "/" + period + "/" + currency).getBytes(UTF_8));
    }
  }

  private record Sums(Total debit, Total credit) {
    static Sums of(Posting posting) {
      return new Sums(total(posting.debit()), total(posting.credit()));
    }

    private static Total total(@Nullable Money money) {
      return money == null ? Total.ZERO : new Total(money.amount());
    }

    Sums plus(Sums other) {
      return new Sums(debit.plus(other.debit), credit.plus(other.credit));
    }
  }
}
