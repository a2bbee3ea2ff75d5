package xalesin.bench.past;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.FinancialTransactionEvent.Posted;
import xalesin.schemas.finance.Posting;

/**
 * Entries are posted between the first account and the others; the last account moves {@link #RARE}
 * times only.
 */
final class TransactionPast extends Past {
  /** Postings to the last account, however many rows there are. */
  static final int RARE = 60;

  private final List<UUID> accounts;

  /**
   * @param accounts of the tenant, at least three
   */
  TransactionPast(int rows, long seed, Instant end, List<UUID> accounts) {
    super(rows, seed, end);
    this.accounts = List.copyOf(accounts);
  }

  @Override
  public List<Question> questions() {
    String transactions = StreamName.FINANCIAL_TRANSACTIONS;
    String first = "account=" + accounts.getFirst();
    return List.of(
        new Question(
            "transactions by date",
            transactions,
            "by-date",
            List.of("sort=-date"),
            List.of(),
            days("", "date")),
        new Question(
            "transactions by account and date",
            transactions,
            "by-account-and-date",
            List.of(first),
            List.of("account=" + accounts.getLast()),
            days(first, "date")));
  }

  @Override
  void tell(int number, Instant at, List<Happening> happenings) {
    LocalDate date = at.atOffset(ZoneOffset.UTC).toLocalDate();
    boolean rare = number % Math.max(1, rows() / RARE) == 0;
    UUID other = rare ? accounts.getLast() : accounts.get(1 + random.nextInt(accounts.size() - 2));
    int cents = random.nextInt(100);
    Money amount =
        Money.of(String.format(Locale.ROOT, "%d.%02d", 1 + random.nextInt(5_000), cents), CURRENCY);
    UUID first = accounts.getFirst();
    List<Posting> postings =
        random.nextBoolean()
            ? List.of(Posting.debit(first, amount), Posting.credit(other, amount))
            : List.of(Posting.debit(other, amount), Posting.credit(first, amount));
    String entry = number("JE-" + date.getYear(), number);
    happenings.add(
        new Happening(
            stream(StreamName.FINANCIAL_TRANSACTIONS, number),
            1,
            new Posted(entry, date, "Sale over the counter", null, null, postings),
            at,
            actor()));
  }
}
