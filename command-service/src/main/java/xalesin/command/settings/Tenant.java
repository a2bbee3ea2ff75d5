package xalesin.command.settings;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent;

/** A tenant and what it has set for itself, as its events tell. Immutable. */
public sealed interface Tenant {

  /** Nothing has happened yet. */
  record None() implements Tenant {}

  /**
   * @param closedThrough the last day to which nothing is posted any more; null when all are open
   */
  record Established(TenantSettings settings, @Nullable LocalDate closedThrough) implements Tenant {

    /** Whether entries may be posted to the day. */
    public boolean isOpen(LocalDate day) {
      return closedThrough == null || day.isAfter(closedThrough);
    }

    /** The purpose for which the account is a control account, or null. */
    public @Nullable AccountPurpose controls(UUID account) {
      for (AccountPurpose purpose : AccountPurpose.values()) {
        if (purpose.isControl() && account.equals(settings.defaultAccounts().get(purpose))) {
          return purpose;
        }
      }
      return null;
    }

    /** Whether the account is for money: it serves cash, or no purpose at all. */
    public boolean isForMoney(UUID account) {
      Map<AccountPurpose, UUID> serving = settings.defaultAccounts();
      return controls(account) == null
          && (account.equals(serving.get(AccountPurpose.CASH)) || !serving.containsValue(account));
    }

    /** The year in which the fiscal year of the day begins. */
    public int fiscalYear(LocalDate day) {
      return day.getMonthValue() >= settings.fiscalYearStart() ? day.getYear() : day.getYear() - 1;
    }
  }

  Tenant NONE = new None();

  /**
   * The state after an event.
   *
   * @throws IllegalStateException when the event cannot follow: the log is damaged
   */
  static Tenant evolve(Tenant tenant, TenantSettingsEvent event) {
    return switch (tenant) {
      case None() when event instanceof TenantSettingsEvent.Established(var settings) ->
          new Established(settings, null);
      case Established established when !(event instanceof TenantSettingsEvent.Established) ->
          established(established, event);
      case None(), Established _ ->
          throw new IllegalStateException(
              "%s cannot follow in state %s"
                  .formatted(event.getClass().getSimpleName(), tenant.getClass().getSimpleName()));
    };
  }

  private static Established established(Established tenant, TenantSettingsEvent event) {
    return switch (event) {
      case TenantSettingsEvent.Established _ ->
          throw new IllegalStateException("established twice");
      case TenantSettingsEvent.Changed(var settings) ->
          new Established(settings, tenant.closedThrough());
      case TenantSettingsEvent.PeriodClosed(var through) ->
          new Established(tenant.settings(), through);
      case TenantSettingsEvent.PeriodReopened(var through, _) ->
          new Established(tenant.settings(), through);
    };
  }
}
