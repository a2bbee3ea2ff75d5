package xalesin.command.settings;

import xalesin.command.decision.Aggregate;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Plan;
import xalesin.command.decision.UnitOfWork;
import xalesin.schemas.StreamName;
import xalesin.schemas.settings.TenantSettingsCommand;
import xalesin.schemas.settings.TenantSettingsEvent;

/** The rules of a tenant's settings. Pure. */
public final class TenantSettingsDecider {
  /** Its maps and lists. */
  private static final int WEIGHT = 40;

  /** What the command handler needs to know of settings. */
  public static final Aggregate<Tenant, TenantSettingsCommand, TenantSettingsEvent> AGGREGATE =
      new Aggregate<>(
          StreamName.TENANT_SETTINGS,
          TenantSettingsCommand.class,
          TenantSettingsEvent.class,
          Tenant.NONE,
          Tenant::evolve,
          TenantSettingsDecider::decide,
          _ -> WEIGHT);

  private TenantSettingsDecider() {}

  private static Plan.Verdict decide(
      java.util.UUID id,
      TenantSettingsCommand command,
      CommandContext context,
      Plan.States states) {
    UnitOfWork work = new UnitOfWork(states);
    throw new UnsupportedOperationException(work + " " + id + command + context);
  }
}
