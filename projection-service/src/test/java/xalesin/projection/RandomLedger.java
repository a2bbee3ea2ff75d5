package xalesin.projection;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountEvent.Closed;
import xalesin.schemas.finance.AccountEvent.DetailsChanged;
import xalesin.schemas.finance.AccountEvent.Opened;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.finance.FinancialTransactionEvent.Posted;
import xalesin.schemas.finance.FinancialTransactionEvent.Reversed;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent.Changed;
import xalesin.schemas.settings.TenantSettingsEvent.Established;
import xalesin.schemas.settings.TenantSettingsEvent.PeriodClosed;
import xalesin.schemas.settings.TenantSettingsEvent.PeriodReopened;

/**
 * What could happen to a tenant's settings, accounts and journal. Entries balance, belong to days
 * of the last two years, and some are reversed.
 */
public final class RandomLedger {
  private static final StreamName SETTINGS =
      new StreamName(StreamName.TENANT_SETTINGS, StreamName.ONLY);
  private static final List<String> CURRENCIES = List.of("EUR", "EUR", "USD");
  private static final List<AccountType> TYPES = List.of(AccountType.values());
  private static final int MIN_ACCOUNTS = 3;

  private final Random random;
  private final Supplier<UUID> ids;
  private final List<UUID> accounts = new ArrayList<>();
  private final List<Entry> unreversed = new ArrayList<>();
  private boolean established;
  private int number;
  private @Nullable Reversal under;

  /** What happens to which stream. */
  public record Happening(StreamName stream, DomainEvent event) {}

  private record Entry(UUID id, Posted posted) {}

  /** The opposite has been posted; that it was is the next thing to happen. */
  private record Reversal(UUID entry, UUID by) {}

  RandomLedger(Random random, Supplier<UUID> ids) {
    this.random = random;
    this.ids = ids;
  }

  Happening next(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (!established) {
      established = true;
      return new Happening(SETTINGS, new Established(settings("EUR")));
    }
    if (under != null) {
      Happening reversed =
          new Happening(transaction(under.entry), new Reversed(under.by, "a mistake"));
      under = null;
      return reversed;
    }
    if (accounts.size() < MIN_ACCOUNTS || random.nextInt(15) == 0) {
      UUID account = ids.get();
      accounts.add(account);
      return new Happening(account(account), opened());
    }
    return switch (random.nextInt(12)) {
      case 0 -> new Happening(account(any(accounts)), new DetailsChanged(code(), "Renamed"));
      case 1 -> new Happening(account(any(accounts)), new Closed());
      case 2 -> new Happening(SETTINGS, settingsEvent(today));
      case 3, 4 -> unreversed.isEmpty() ? post(today) : reverse(today);
      default -> post(today);
    };
  }

  private DomainEvent settingsEvent(LocalDate today) {
    return switch (random.nextInt(3)) {
      case 0 -> new Changed(settings("USD"));
      case 1 -> new PeriodClosed(today.minusYears(3));
      default -> new PeriodReopened(null, "an error");
    };
  }

  private Opened opened() {
    AccountType type = any(TYPES);
    return new Opened(code(), "Account", type, random.nextBoolean() ? null : "EUR");
  }

  private Happening post(LocalDate today) {
    UUID id = ids.get();
    String source = random.nextBoolean() ? null : "sales-orders/" + new UUID(0, random.nextInt(9));
    Posted posted = posted(today.minusDays(random.nextInt(730)), source, null, postings());
    unreversed.add(new Entry(id, posted));
    return new Happening(transaction(id), posted);
  }

  private Happening reverse(LocalDate today) {
    Entry entry = unreversed.remove(random.nextInt(unreversed.size()));
    UUID id = ids.get();
    under = new Reversal(entry.id, id);
    return new Happening(
        transaction(id),
        posted(
            today,
            null,
            entry.id,
            entry.posted.postings().stream().map(Posting::reversed).toList()));
  }

  private Posted posted(
      LocalDate date, @Nullable String source, @Nullable UUID reverses, List<Posting> postings) {
    return new Posted("JE-%06d".formatted(++number), date, "memo", source, reverses, postings);
  }

  /** One account may be debited twice and credited as well. */
  private List<Posting> postings() {
    String currency = any(CURRENCIES);
    List<Posting> postings = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Money amount = Money.of(1 + random.nextInt(10_000) + ".25", currency);
      postings.add(Posting.debit(any(accounts), amount));
      postings.add(Posting.credit(any(accounts), amount));
    }
    return postings;
  }

  private String code() {
    return Integer.toString(1_000 + random.nextInt(9_000));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static TenantSettings settings(String currency) {
    return new TenantSettings(currency, 1, List.of(), List.of(), Map.of(), Map.of(), null);
  }

  private static StreamName account(UUID id) {
    return new StreamName(StreamName.ACCOUNTS, id);
  }

  private static StreamName transaction(UUID id) {
    return new StreamName(StreamName.FINANCIAL_TRANSACTIONS, id);
  }
}
