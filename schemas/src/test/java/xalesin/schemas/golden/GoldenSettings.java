package xalesin.schemas.golden;

import static java.util.Map.entry;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Fraction;
import xalesin.schemas.Money;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.DocumentKind;
import xalesin.schemas.settings.TaxRate;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent.Changed;
import xalesin.schemas.settings.TenantSettingsEvent.Established;
import xalesin.schemas.settings.TenantSettingsEvent.PeriodClosed;
import xalesin.schemas.settings.TenantSettingsEvent.PeriodReopened;

final class GoldenSettings {
  private static final TenantSettings DEFAULTS =
      new TenantSettings("EUR", 1, List.of(), List.of(), formats(), accounts(), null);

  private static final TenantSettings OWN =
      new TenantSettings(
          "CHF",
          4,
          List.of("main", "outlet"),
          List.of(
              new TaxRate("standard", Fraction.of("0.081")),
              new TaxRate("none", Fraction.ZERO),
              new TaxRate("all of it", Fraction.of("1"))),
          formats(),
          accounts(),
          Money.of("10000", "CHF"));

  static final Map<String, DomainEvent> EVENTS =
      Map.ofEntries(
          entry("TenantEstablished.1", new Established(DEFAULTS)),
          entry("TenantEstablished.1-with-limit", new Established(OWN)),
          entry("TenantSettingsChanged.1", new Changed(OWN)),
          entry("TenantSettingsChanged.1-without-limit", new Changed(DEFAULTS)),
          entry("PeriodClosed.1", new PeriodClosed(LocalDate.of(2026, 2, 28))),
          entry(
              "PeriodReopened.1",
              new PeriodReopened(LocalDate.of(2025, 12, 31), "a bill came late")),
          entry("PeriodReopened.1-all", new PeriodReopened(null, "the opening was wrong")));

  private GoldenSettings() {}

  private static Map<DocumentKind, String> formats() {
    Map<DocumentKind, String> formats = new LinkedHashMap<>();
    for (DocumentKind kind : DocumentKind.values()) {
      formats.put(kind, kind.defaultFormat());
    }
    return formats;
  }

  private static Map<AccountPurpose, UUID> accounts() {
    Map<AccountPurpose, UUID> accounts = new LinkedHashMap<>();
    for (AccountPurpose purpose : AccountPurpose.values()) {
      accounts.put(purpose, new UUID(0x0198c4de00007000L, accounts.size() + 1L));
    }
    return accounts;
  }
}
