package xalesin.projection.settings;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent;
import xalesin.schemas.settings.TenantSettingsEvent.Changed;
import xalesin.schemas.settings.TenantSettingsEvent.Established;
import xalesin.schemas.settings.TenantSettingsEvent.PeriodClosed;
import xalesin.schemas.settings.TenantSettingsEvent.PeriodReopened;
import xalesin.schemas.settings.TenantSettingsRow;

/** A tenant's settings: one row, once the tenant has come into being. Stateless, thread-safe. */
public final class TenantSettingsView implements View<TenantSettingsRow> {
  public static final TenantSettingsView VIEW = new TenantSettingsView();

  private TenantSettingsView() {}

  @Override
  public String name() {
    return StreamName.TENANT_SETTINGS;
  }

  @Override
  public Class<TenantSettingsRow> rowClass() {
    return TenantSettingsRow.class;
  }

  /** What there is one of is not listed. */
  @Override
  public List<Index<TenantSettingsRow>> indexes() {
    return List.of();
  }

  @Override
  public boolean isSingle() {
    return true;
  }

  @Override
  public List<Change<TenantSettingsRow>> fold(
      RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof TenantSettingsEvent settingsEvent)) {
      return List.of();
    }
    TenantSettingsRow before = rows.get(this, StreamName.ONLY);
    if ((before == null) != (settingsEvent instanceof Established)) {
      throw new IllegalStateException("a tenant is established once, and first of all");
    }
    TenantSettingsRow row =
        switch (settingsEvent) {
          case Established(var settings) -> row(settings, null, recorded, null);
          case Changed(var settings) ->
              row(settings, known(before).closedThrough(), recorded, before);
          case PeriodClosed(var through) ->
              row(settingsOf(known(before)), through, recorded, before);
          case PeriodReopened(var through, _) ->
              row(settingsOf(known(before)), through, recorded, before);
        };
    return List.of(Change.put(StreamName.ONLY, row));
  }

  private static TenantSettingsRow known(@Nullable TenantSettingsRow row) {
    return requireNonNull(row, "is checked above");
  }

  private static TenantSettings settingsOf(TenantSettingsRow row) {
    return new TenantSettings(
        row.baseCurrency(),
        row.fiscalYearStart(),
        row.locations(),
        row.taxRates(),
        row.numberFormats(),
        row.defaultAccounts(),
        row.approvalLimit());
  }

  private static TenantSettingsRow row(
      TenantSettings settings,
      @Nullable LocalDate closedThrough,
      RecordedEvent recorded,
      @Nullable TenantSettingsRow before) {
    return new TenantSettingsRow(
        StreamName.ONLY,
        settings.baseCurrency(),
        settings.fiscalYearStart(),
        settings.locations(),
        settings.taxRates(),
        settings.numberFormats(),
        settings.defaultAccounts(),
        settings.approvalLimit(),
        closedThrough,
        recorded.version(),
        before == null ? recorded.recordedAt() : before.createdAt(),
        recorded.recordedAt());
  }
}
