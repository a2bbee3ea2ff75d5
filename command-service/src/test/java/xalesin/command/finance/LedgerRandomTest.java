package xalesin.command.finance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Books;
import xalesin.command.settings.TenantSettingsDecider;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountCommand;
import xalesin.schemas.finance.FinancialTransactionCommand;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.settings.TenantSettingsCommand;
import xalesin.schemas.settings.TenantSettingsEvent;

/** Thousands of random commands to the books; the log they leave is checked as an auditor would. */
class LedgerRandomTest {
  private static final long SEED = 20_260_310;
  private static final int TENANTS = 20;
  private static final int COMMANDS_PER_TENANT = 400;
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 10, 1);
  private static final int DAYS = 400;
  private static final List<String> CODES = List.of("1000", "1300", "2200", "3000", "4000", "6000");

  private static final int ENTRIES_PER_CHECK = 50;

  private int accepted;
  private int refused;

  @Test
  void whatever_is_asked_the_books_balance_have_no_gaps_and_closed_periods_stay_as_they_were() {
    Random random = new Random(SEED);
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      String where = "seed %d, tenant %d".formatted(SEED, tenant);
      Books books = new Books();
      List<UUID> entries = new ArrayList<>();
      for (int i = 0; i < COMMANDS_PER_TENANT; i++) {
        books.today(FIRST_DAY.plusDays((long) i * DAYS / COMMANDS_PER_TENANT));
        count(command(random, books, entries, books.newId()));
        if (i % ENTRIES_PER_CHECK == 0) {
          books.trialBalance();
        }
      }
      books.trialBalance();
      checkNumbers(where, books);
      checkPeriods(where, books);
      checkReversals(where, books);
    }
    assertThat(accepted).as("accepted, seed %d", SEED).isGreaterThan(4_000);
    assertThat(refused).as("refused, seed %d", SEED).isGreaterThan(1_000);
  }

  private void count(Books.Result result) {
    switch (result) {
      case Books.Happened _ -> accepted++;
      case Books.Refused _ -> refused++;
    }
  }

  private static Books.Result command(
      Random random, Books books, List<UUID> entries, UUID newEntry) {
    return switch (random.nextInt(20)) {
      case 0 ->
          books.does(
              TenantSettingsDecider.AGGREGATE,
              StreamName.ONLY,
              new TenantSettingsCommand.ClosePeriod(day(random)));
      case 1 ->
          books.does(
              TenantSettingsDecider.AGGREGATE,
              StreamName.ONLY,
              new TenantSettingsCommand.ReopenPeriod(
                  random.nextBoolean() ? null : day(random), "correction"));
      case 2 ->
          random.nextInt(10) == 0
              ? books.does(
                  AccountDecider.AGGREGATE,
                  books.account(random.nextBoolean() ? "3000" : "1000"),
                  new AccountCommand.Close())
              : fiscalYear(random, books);
      case 3, 4, 5, 6, 7 ->
          books.does(
              FinancialTransactionDecider.AGGREGATE,
              entries.isEmpty() ? newEntry : entries.get(random.nextInt(entries.size())),
              new FinancialTransactionCommand.Reverse(
                  random.nextBoolean() ? null : day(random), "wrong"));
      default -> {
        entries.add(newEntry);
        yield books.does(FinancialTransactionDecider.AGGREGATE, newEntry, post(random, books));
      }
    };
  }

  private static Books.Result fiscalYear(Random random, Books books) {
    return books.does(
        TenantSettingsDecider.AGGREGATE,
        StreamName.ONLY,
        new TenantSettingsCommand.Change(
            null, 1 + random.nextInt(12), null, null, null, null, null, null));
  }

  private static LocalDate day(Random random) {
    return FIRST_DAY.plusDays(random.nextInt(DAYS));
  }

  /** Up to five postings; one in ten entries is a cent out, one in twenty half a cent too fine. */
  private static FinancialTransactionCommand.Post post(Random random, Books books) {
    String currency = random.nextInt(4) == 0 ? "USD" : "EUR";
    BigDecimal sum = BigDecimal.ZERO;
    List<Posting> postings = new ArrayList<>();
    int debits = 1 + random.nextInt(4);
    for (int i = 0; i < debits; i++) {
      int scale = random.nextInt(20 * debits) == 0 ? 3 : 2;
      BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(100_000), scale);
      sum = sum.add(amount);
      postings.add(Posting.debit(account(random, books), new Money(amount, currency)));
    }
    BigDecimal credit = random.nextInt(10) == 0 ? sum.add(new BigDecimal("0.01")) : sum;
    postings.add(Posting.credit(account(random, books), new Money(credit, currency)));
    return new FinancialTransactionCommand.Post(null, day(random), "Something", postings);
  }

  private static UUID account(Random random, Books books) {
    return books.account(CODES.get(random.nextInt(CODES.size())));
  }

  /** Of each fiscal year 1, 2, 3 … in the order in which they were posted. */
  private static void checkNumbers(String where, Books books) {
    Map<String, Integer> last = new HashMap<>();
    for (FinancialTransactionEvent.Posted entry : books.entries()) {
      String year = entry.number().substring(0, entry.number().lastIndexOf('-'));
      int number = last.merge(year, 1, Integer::sum);
      assertThat(entry.number()).as(where).isEqualTo("%s-%06d".formatted(year, number));
    }
    assertThat(last).as("years, %s", where).hasSizeGreaterThan(1);
  }

  /** Reads the log from the beginning, as it was written. */
  private static void checkPeriods(String where, Books books) {
    LocalDate closedThrough = LocalDate.MIN;
    for (Books.Recorded recorded : books.log()) {
      switch (recorded.event()) {
        case TenantSettingsEvent.PeriodClosed(var through) -> {
          assertThat(through).as(where).isAfter(closedThrough);
          closedThrough = through;
        }
        case TenantSettingsEvent.PeriodReopened(var through, _) -> {
          LocalDate then = through == null ? LocalDate.MIN : through;
          assertThat(then).as(where).isBefore(closedThrough);
          closedThrough = then;
        }
        case FinancialTransactionEvent.Posted entry ->
            assertThat(entry.effectiveDate())
                .as("%s of %s", entry.number(), where)
                .isAfter(closedThrough);
        default -> {
          // Says nothing of periods.
        }
      }
    }
  }

  /** Whatever was reversed has one opposite, and nothing else has. */
  private static void checkReversals(String where, Books books) {
    Map<UUID, FinancialTransactionEvent.Posted> opposites = new HashMap<>();
    Map<UUID, FinancialTransactionEvent.Posted> entries = new HashMap<>();
    for (Books.Recorded recorded : books.log()) {
      if (recorded.event() instanceof FinancialTransactionEvent.Posted entry) {
        entries.put(recorded.stream().id(), entry);
        if (entry.reverses() != null) {
          assertThat(opposites.put(entry.reverses(), entry)).as(where).isNull();
        }
      }
    }
    entries.forEach(
        (id, entry) -> {
          UUID by = reversedBy(books, id);
          FinancialTransactionEvent.Posted opposite = opposites.get(id);
          assertThat(by == null ? null : entries.get(by)).as(where).isEqualTo(opposite);
          if (opposite != null) {
            assertThat(opposite.postings())
                .as(where)
                .isEqualTo(entry.postings().stream().map(Posting::reversed).toList());
          }
        });
    assertThat(opposites).as("reversals, %s", where).isNotEmpty();
  }

  private static @Nullable UUID reversedBy(Books books, UUID id) {
    return books.state(FinancialTransactionDecider.AGGREGATE, id)
            instanceof FinancialTransaction.Posted posted
        ? posted.reversedBy()
        : null;
  }
}
