package xalesin.command.settings;

import java.time.LocalDate;
import java.util.UUID;
import xalesin.command.decision.Series;
import xalesin.command.decision.UnitOfWork;
import xalesin.schemas.StreamName;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.DocumentKind;
import xalesin.schemas.settings.NumberFormat;

/** What decisions ask of the tenant that they are made for. Pure. */
public final class Tenants {
  private Tenants() {}

  /** The tenant; it has been established before any command is decided. */
  public static Tenant.Established of(UnitOfWork work) {
    return switch (work.state(TenantSettingsDecider.AGGREGATE, StreamName.ONLY)) {
      case Tenant.Established tenant -> tenant;
      case Tenant.None() -> throw new IllegalStateException("the tenant was not established");
    };
  }

  /** The account that serves the purpose. */
  public static UUID account(UnitOfWork work, AccountPurpose purpose) {
    UUID account = of(work).settings().defaultAccounts().get(purpose);
    if (account == null) {
      throw new IllegalStateException("no account serves " + purpose.wireName());
    }
    return account;
  }

  /** Takes the next number for a document of that day. */
  public static String number(UnitOfWork work, DocumentKind kind, LocalDate date) {
    Tenant.Established tenant = of(work);
    int year = tenant.fiscalYear(date);
    String format = tenant.settings().numberFormats().getOrDefault(kind, kind.defaultFormat());
    return NumberFormat.write(format, year, work.next(new Series(kind, year)));
  }
}
