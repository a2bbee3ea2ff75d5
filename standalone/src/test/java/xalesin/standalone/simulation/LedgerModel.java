package xalesin.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.parties.CreditEvent;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent;

/**
 * Ledger and credit reckoned from what happened, apart from the services' own states. For one
 * thread.
 */
final class LedgerModel {
  /** An account in one currency. */
  record Place(UUID account, String currency) {}

  private final Map<Place, BigDecimal> balances = new HashMap<>();
  private final Map<String, BigDecimal> sums = new HashMap<>();

  private final Map<AccountPurpose, UUID> serving = new EnumMap<>(AccountPurpose.class);

  private final Set<UUID> closedAccounts = new HashSet<>();
  private final Map<UUID, @Nullable Money> limits = new HashMap<>();
  private final Map<Place, BigDecimal> credit = new HashMap<>();
  private @Nullable LocalDate closedThrough;

  /** Of the transaction at hand: whether what was posted and the rules for it came together. */
  private boolean isPeriodChanged;

  private final Set<UUID> limitsChanged = new HashSet<>();

  /** Debits less credits. */
  Map<Place, BigDecimal> balances() {
    return balances;
  }

  /** Of the one account that serves the purpose. */
  BigDecimal balance(AccountPurpose purpose, String currency) {
    UUID account = serving.get(purpose);
    return account == null
        ? BigDecimal.ZERO
        : balances.getOrDefault(new Place(account, currency), BigDecimal.ZERO);
  }

  void take(List<Happened> transaction) {
    isPeriodChanged =
        transaction.stream().anyMatch(each -> each.event() instanceof TenantSettingsEvent);
    limitsChanged.clear();
    transaction.stream()
        .filter(each -> each.event() instanceof PartyEvent)
        .forEach(each -> limitsChanged.add(each.stream().id()));
    transaction.stream()
        .filter(each -> each.event() instanceof FinancialTransactionEvent)
        .forEach(each -> take(each.stream().id(), each.event()));
    transaction.stream()
        .filter(each -> !(each.event() instanceof FinancialTransactionEvent))
        .forEach(each -> take(each.stream().id(), each.event()));
    sums.forEach(
        (currency, sum) -> assertThat(sum).as("sum of the ledger in %s", currency).isZero());
  }

  private void take(UUID id, DomainEvent event) {
    switch (event) {
      case FinancialTransactionEvent.Posted posted -> post(id, posted);
      case AccountEvent.Closed() -> closedAccounts.add(id);
      case TenantSettingsEvent.Established(var settings) -> serve(settings);
      case TenantSettingsEvent.Changed(var settings) -> serve(settings);
      case TenantSettingsEvent.PeriodClosed(var through) -> closedThrough = through;
      case TenantSettingsEvent.PeriodReopened(var through, _) -> closedThrough = through;
      case PartyEvent.Registered(var details) -> limits.put(id, details.creditLimit());
      case PartyEvent.DetailsChanged(var details) -> limits.put(id, details.creditLimit());
      case CreditEvent.Taken(_, var amount) -> taken(id, amount);
      case CreditEvent.GivenBack(_, var amount) ->
          assertThat(
                  credit.merge(
                      new Place(id, amount.currency()), amount.amount().negate(), BigDecimal::add))
              .as("credit taken by %s", id)
              .isNotNegative();
      default -> {
        // Neither money nor a rule for it.
      }
    }
  }

  private void serve(TenantSettings settings) {
    serving.putAll(settings.defaultAccounts());
  }

  private void post(UUID id, FinancialTransactionEvent.Posted entry) {
    Map<String, BigDecimal> differences = new HashMap<>();
    for (Posting posting : entry.postings()) {
      Money money = posting.money();
      BigDecimal amount = posting.debit() == null ? money.amount().negate() : money.amount();
      differences.merge(money.currency(), amount, BigDecimal::add);
      sums.merge(money.currency(), amount, BigDecimal::add);
      balances.merge(new Place(posting.account(), money.currency()), amount, BigDecimal::add);
      assertThat(closedAccounts)
          .as("accounts closed before entry %s", id)
          .doesNotContain(posting.account());
    }
    differences.forEach(
        (currency, difference) ->
            assertThat(difference).as("entry %s in %s", entry.number(), currency).isZero());
    if (closedThrough != null && !isPeriodChanged) {
      assertThat(entry.effectiveDate()).as("entry %s", entry.number()).isAfter(closedThrough);
    }
  }

  /** A limit that is lowered later holds for what is taken later. */
  private void taken(UUID customer, Money amount) {
    BigDecimal sum =
        credit.merge(new Place(customer, amount.currency()), amount.amount(), BigDecimal::add);
    Money limit = limits.get(customer);
    if (limit != null
        && !limitsChanged.contains(customer)
        && limit.currency().equals(amount.currency())) {
      assertThat(sum).as("credit of %s", customer).isLessThanOrEqualTo(limit.amount());
    }
  }
}
