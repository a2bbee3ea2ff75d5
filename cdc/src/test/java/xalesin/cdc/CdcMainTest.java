package xalesin.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import xalesin.schemas.config.Settings;

class CdcMainTest {
  @Test
  void without_any_setting_it_finds_the_local_installation() {
    CdcMain.Setup setup = CdcMain.read(Settings.of("cdc", "tests", Map.of()));
    assertThat(setup.cdc().postgres().jdbcUrl())
        .isEqualTo("jdbc:postgresql://127.0.0.1:5433/xalesin");
    assertThat(setup.cdc().kafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
    assertThat(setup.cdc().transactionalId()).isEqualTo("xalesin-cdc-xalesin");
    assertThat(setup.cdc().limits()).isEqualTo(CdcConfig.Limits.DEFAULTS);
  }

  @Test
  void probes_and_metrics_are_for_this_machine_unless_an_address_is_named_for_them() {
    Settings usual = Settings.of("cdc", "tests", Map.of("XALESIN_BIND", "0.0.0.0"));
    assertThat(CdcMain.read(usual).management().host()).isEqualTo("127.0.0.1");
    Settings told = Settings.of("cdc", "tests", Map.of("XALESIN_MANAGEMENT_BIND", "10.0.0.7"));
    assertThat(CdcMain.read(told).management().host()).isEqualTo("10.0.0.7");
  }

  @Test
  void a_bad_value_is_named_by_its_key() {
    Settings settings =
        Settings.of(
            "cdc",
            "tests",
            Map.of("XALESIN_POSTGRES_URL", "mysql://x", "XALESIN_CDC_HEARTBEAT", "never"));
    CdcMain.read(settings);
    assertThatThrownBy(settings::check)
        .hasMessageContaining("XALESIN_POSTGRES_URL=mysql://x")
        .hasMessageContaining("XALESIN_CDC_HEARTBEAT=never");
  }

  @Test
  void the_help_does_not_show_the_password() {
    Settings settings = Settings.of("cdc", "tests", Map.of("XALESIN_POSTGRES_PASSWORD", "geheim"));
    CdcMain.Setup setup = CdcMain.read(settings);
    assertThat(settings.help()).contains("XALESIN_CDC_SLOT").doesNotContain("geheim");
    assertThat(setup.toString()).doesNotContain("geheim");
  }

  @Test
  void a_name_that_postgres_would_not_take_is_refused() {
    Settings settings = Settings.of("cdc", "tests", Map.of("XALESIN_CDC_SLOT", "a'b"));
    assertThatThrownBy(() -> CdcMain.read(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("slot");
  }
}
