package xalesin.projection.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.projection.Told;
import xalesin.schemas.Fraction;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.DocumentKind;
import xalesin.schemas.settings.TaxRate;
import xalesin.schemas.settings.TenantSettings;
import xalesin.schemas.settings.TenantSettingsEvent.Changed;
import xalesin.schemas.settings.TenantSettingsEvent.Established;
import xalesin.schemas.settings.TenantSettingsEvent.PeriodClosed;
import xalesin.schemas.settings.TenantSettingsEvent.PeriodReopened;
import xalesin.schemas.settings.TenantSettingsRow;

class TenantSettingsViewTest {
  private static final StreamName STREAM =
      new StreamName(StreamName.TENANT_SETTINGS, StreamName.ONLY);
  private static final LocalDate OCTOBER = LocalDate.parse("2026-10-31");

  private final Told told = new Told();

  @Test
  void a_tenant_begins_with_defaults_and_nothing_closed() {
    told.given(STREAM, new Established(settings("EUR")));
    TenantSettingsRow row = told.row(TenantSettingsView.VIEW, StreamName.ONLY);
    assertThat(row.baseCurrency()).isEqualTo("EUR");
    assertThat(row.closedThrough()).isNull();
    assertThat(row.version()).isEqualTo(1);
    assertThat(row.numberFormats()).containsKey(DocumentKind.INVOICE);
  }

  @Test
  void changed_settings_leave_periods_closed_and_closing_leaves_the_settings() {
    told.given(
        STREAM,
        new Established(settings("EUR")),
        new PeriodClosed(OCTOBER),
        new Changed(settings("USD")));
    TenantSettingsRow row = told.row(TenantSettingsView.VIEW, StreamName.ONLY);
    assertThat(row.baseCurrency()).isEqualTo("USD");
    assertThat(row.closedThrough()).isEqualTo(OCTOBER);
    told.given(STREAM, new PeriodReopened(null, "an error"));
    TenantSettingsRow open = told.row(TenantSettingsView.VIEW, StreamName.ONLY);
    assertThat(open.closedThrough()).isNull();
    assertThat(open.taxRates()).isEqualTo(row.taxRates());
    assertThat(open.version()).isEqualTo(4);
    assertThat(open.createdAt()).isEqualTo(Told.START.plusSeconds(1));
  }

  @Test
  void a_tenant_is_established_once_and_first_of_all() {
    assertThatThrownBy(() -> told.given(STREAM, new PeriodClosed(OCTOBER)))
        .hasMessageContaining("established once");
    Told twice = new Told().given(STREAM, new Established(settings("EUR")));
    assertThatThrownBy(() -> twice.given(STREAM, new Established(settings("EUR"))))
        .hasMessageContaining("established once");
  }

  private static TenantSettings settings(String currency) {
    return new TenantSettings(
        currency,
        1,
        List.of("main"),
        List.of(new TaxRate("standard", Fraction.of("0.19"))),
        Map.of(DocumentKind.INVOICE, "INV-{year}-{number:6}"),
        Map.of(AccountPurpose.CASH, new UUID(1, 1)),
        Money.of("5000", currency));
  }
}
