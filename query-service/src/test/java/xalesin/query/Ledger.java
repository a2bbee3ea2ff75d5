package xalesin.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.finance.FinancialTransactionEvent.Posted;
import xalesin.schemas.finance.FinancialTransactionEvent.Reversed;
import xalesin.schemas.finance.Posting;

/** The books of a story's tenant, and a model of them that knows nothing of views. */
final class Ledger {
  private static final List<String> CURRENCIES = List.of("EUR", "EUR", "USD");
  private static final List<AccountType> TYPES = List.of(AccountType.values());
  private static final LocalDate LAST_DAY = LocalDate.parse("2026-11-22");
  private static final int DAYS = 1_100;

  /** An account as the lists order it. */
  static final class Account {
    final UUID id;
    final AccountType type;
    String code;
    String status = "active";
    Instant updatedAt;

    Account(UUID id, String code, AccountType type, Instant updatedAt) {
      this.id = id;
      this.code = code;
      this.type = type;
      this.updatedAt = updatedAt;
    }
  }

  /** An entry as the lists order it. */
  record Entry(UUID id, Posted posted, Instant recordedAt) {
    LocalDate date() {
      return posted.effectiveDate();
    }

    boolean touches(UUID account) {
      return posted.postings().stream().anyMatch(p -> p.account().equals(account));
    }
  }

  private final TenantStory story;
  private final Map<UUID, Account> accounts = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  Ledger(TenantStory story) {
    this.story = story;
  }

  List<Account> accounts() {
    return List.copyOf(accounts.values());
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  void open(UUID id, String code, AccountType type) {
    story.happen(
        new StreamName(StreamName.ACCOUNTS, id),
        new AccountEvent.Opened(code, "Account " + code, type, null));
    accounts.put(id, new Account(id, code, type, story.now()));
  }

  void rename(UUID id, String code) {
    story.happen(
        new StreamName(StreamName.ACCOUNTS, id), new AccountEvent.DetailsChanged(code, "Renamed"));
    Account account = account(id);
    account.code = code;
    account.updatedAt = story.now();
  }

  void close(UUID id) {
    story.happen(new StreamName(StreamName.ACCOUNTS, id), new AccountEvent.Closed());
    Account account = account(id);
    account.status = "closed";
    account.updatedAt = story.now();
  }

  private Account account(UUID id) {
    Account account = accounts.get(id);
    if (account == null) {
      throw new IllegalArgumentException("no account " + id);
    }
    return account;
  }

  Entry post(LocalDate date, @Nullable String source, List<Posting> postings) {
    return post(date, source, null, postings);
  }

  private Entry post(
      LocalDate date, @Nullable String source, @Nullable UUID reverses, List<Posting> postings) {
    UUID id = UUID.randomUUID();
    String number = "JE-%06d".formatted(entries.size() + 1);
    Posted posted = new Posted(number, date, "Entry " + number, source, reverses, postings);
    story.happen(new StreamName(StreamName.FINANCIAL_TRANSACTIONS, id), posted);
    Entry entry = new Entry(id, posted, story.now());
    entries.add(entry);
    return entry;
  }

  void reverse(Entry entry, LocalDate date) {
    List<Posting> opposite = entry.posted.postings().stream().map(Posting::reversed).toList();
    Entry by = post(date, null, entry.id, opposite);
    story.happen(
        new StreamName(StreamName.FINANCIAL_TRANSACTIONS, entry.id),
        new Reversed(by.id, "a mistake"));
  }

  /** Accounts and entries of three years, in two currencies, some reversed. */
  void tell(Random random, List<UUID> accountIds, int count) {
    for (int i = 0; i < accountIds.size(); i++) {
      story.after(random.nextInt(2) * 1_000L);
      open(accountIds.get(i), "%04d".formatted(1_000 + 10 * i), TYPES.get(i % TYPES.size()));
    }
    for (int i = 0; i < count; i++) {
      story.after(random.nextInt(2) * 1_000L);
      LocalDate date = LAST_DAY.minusDays(random.nextInt(DAYS));
      String source = random.nextInt(3) > 0 ? null : "sales-orders/" + new UUID(0, i % 7);
      Entry entry = post(date, source, postings(random, accountIds));
      switch (random.nextInt(20)) {
        case 0, 1 -> reverse(entry, LAST_DAY);
        case 2 -> rename(any(random, accountIds), "%04d".formatted(5_000 + i));
        case 3 -> close(any(random, accountIds));
        default -> {}
      }
    }
  }

  private static List<Posting> postings(Random random, List<UUID> accounts) {
    String currency = any(random, CURRENCIES);
    List<Posting> postings = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      BigDecimal cents = BigDecimal.valueOf(1 + random.nextInt(1_000_000), 2);
      Money amount = new Money(cents, currency);
      postings.add(Posting.debit(any(random, accounts), amount));
      postings.add(Posting.credit(any(random, accounts), amount));
    }
    return postings;
  }

  private static <T> T any(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
