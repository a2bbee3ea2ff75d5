package xalesin.command.settings;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Decision;
import xalesin.command.decision.Plan;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.finance.Account;
import xalesin.command.finance.AccountDecider;
import xalesin.command.finance.FinanceRefusal;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsCommand;
import xalesin.schemas.settings.TenantSettingsEvent;

/** The rules of a tenant's settings and of the periods that it closes. Pure. */
public final class TenantSettingsDecider {
  /** Its maps. */
  private static final int WEIGHT_WITHOUT_LISTS = 40;

  /** What the command handler needs to know of settings. */
  public static final Aggregate<Tenant, TenantSettingsCommand, TenantSettingsEvent> AGGREGATE =
      new Aggregate<>(
          StreamName.TENANT_SETTINGS,
          TenantSettingsCommand.class,
          TenantSettingsEvent.class,
          Tenant.NONE,
          Tenant::evolve,
          TenantSettingsDecider::decide,
          TenantSettingsDecider::weight);

  private TenantSettingsDecider() {}

  private static Plan.Verdict decide(
      UUID id, TenantSettingsCommand command, CommandContext context, Plan.States states) {
    UnitOfWork work = new UnitOfWork(states);
    Tenant.Established tenant = Tenants.of(work);
    return AGGREGATE.verdict(
        id,
        switch (command) {
          case TenantSettingsCommand.Change change -> change(change, tenant, work);
          case TenantSettingsCommand.ClosePeriod(var through) ->
              closePeriod(through, tenant.closedThrough(), context.today());
          case TenantSettingsCommand.ReopenPeriod(var through, var reason) ->
              reopenPeriod(through, reason, tenant.closedThrough());
        });
  }

  private static Decision<TenantSettingsEvent> change(
      TenantSettingsCommand.Change change, Tenant.Established tenant, UnitOfWork work) {
    TenantSettings now = tenant.settings();
    Map<AccountPurpose, UUID> accounts =
        change.defaultAccounts() == null ? Map.of() : change.defaultAccounts();
    Refusal refusal = unsuitable(accounts, work);
    if (refusal == null) {
      refusal = controlled(accounts, tenant, work);
    }
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    TenantSettings then =
        new TenantSettings(
            given(change.baseCurrency(), now.baseCurrency()),
            given(change.fiscalYearStart(), now.fiscalYearStart()),
            given(change.locations(), now.locations()),
            given(change.taxRates(), now.taxRates()),
            merged(now.numberFormats(), given(change.numberFormats(), Map.of())),
            merged(now.defaultAccounts(), accounts),
            approvalLimit(change, now));
    return then.equals(now)
        ? Decision.nothingToDo()
        : Decision.accept(new TenantSettingsEvent.Changed(then));
  }

  private static @Nullable Money approvalLimit(
      TenantSettingsCommand.Change change, TenantSettings now) {
    if (given(change.unlimitedApproval(), Boolean.FALSE)) {
      return null;
    }
    return change.approvalLimit() == null ? now.approvalLimit() : change.approvalLimit();
  }

  /** Why one of the accounts cannot serve its purpose, or null. */
  private static @Nullable Refusal unsuitable(Map<AccountPurpose, UUID> accounts, UnitOfWork work) {
    work.prepare(AccountDecider.AGGREGATE, accounts.values());
    for (var serving : accounts.entrySet()) {
      AccountPurpose purpose = serving.getKey();
      switch (work.state(AccountDecider.AGGREGATE, serving.getValue())) {
        case Account.None() -> {
          return new FinanceRefusal.UnknownAccount(serving.getValue());
        }
        case Account.Opened account when account.closed() -> {
          return new FinanceRefusal.AccountClosed(account.code());
        }
        case Account.Opened account when account.type() != purpose.type() -> {
          return new SettingsRefusal.UnsuitableAccount(account.code(), account.type(), purpose);
        }
        case Account.Opened _ -> {
          // Suits.
        }
      }
    }
    return null;
  }

  /** Why control accounts forbid that the accounts serve what they are to serve, or null. */
  private static @Nullable Refusal controlled(
      Map<AccountPurpose, UUID> accounts, Tenant.Established tenant, UnitOfWork work) {
    for (var serving : new TreeMap<>(accounts).entrySet()) {
      AccountPurpose purpose = serving.getKey();
      UUID now = tenant.settings().defaultAccounts().get(purpose);
      if (serving.getValue().equals(now)) {
        continue;
      }
      if (purpose.isControl() && now != null) {
        return new SettingsRefusal.ControlAccountFixed(AccountDecider.code(work, now), purpose);
      }
      AccountPurpose controlled = tenant.controls(serving.getValue());
      if (controlled != null) {
        return new FinanceRefusal.ControlAccount(
            AccountDecider.code(work, serving.getValue()), controlled);
      }
    }
    return null;
  }

  private static Decision<TenantSettingsEvent> closePeriod(
      LocalDate through, @Nullable LocalDate closedThrough, LocalDate today) {
    if (through.equals(closedThrough)) {
      return Decision.nothingToDo();
    }
    if (closedThrough != null && through.isBefore(closedThrough)) {
      return Decision.refuse(new SettingsRefusal.PeriodClosedFurther(through, closedThrough));
    }
    return through.isAfter(today)
        ? Decision.refuse(new SettingsRefusal.PeriodInFuture(through, today))
        : Decision.accept(new TenantSettingsEvent.PeriodClosed(through));
  }

  private static Decision<TenantSettingsEvent> reopenPeriod(
      @Nullable LocalDate through, String reason, @Nullable LocalDate closedThrough) {
    boolean isOpening =
        closedThrough != null && (through == null || through.isBefore(closedThrough));
    return isOpening
        ? Decision.accept(new TenantSettingsEvent.PeriodReopened(through, reason))
        : Decision.refuse(new SettingsRefusal.PeriodNotClosed(closedThrough));
  }

  private static <T> T given(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  /** In the order of the keys, so that the event is written the same each time. */
  private static <K extends Enum<K>, V> Map<K, V> merged(Map<K, V> now, Map<K, V> changes) {
    SortedMap<K, V> merged = new TreeMap<>(now);
    merged.putAll(changes);
    return Collections.unmodifiableSortedMap(merged);
  }

  private static int weight(Tenant tenant) {
    return switch (tenant) {
      case Tenant.None() -> 1;
      case Tenant.Established established ->
          WEIGHT_WITHOUT_LISTS
              + established.settings().locations().size()
              + established.settings().taxRates().size();
    };
  }
}
