package xalesin.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import xalesin.schemas.config.Settings;

class CommandMainTest {
  private static Settings settings(Map<String, String> environment) {
    return Settings.of("command-service", "tests", environment);
  }

  @Test
  void told_where_postgres_is_it_has_a_configuration() {
    Settings settings =
        settings(
            Map.of(
                "XALESIN_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:5433/xalesin",
                "XALESIN_POSTGRES_USER", "xalesin"));
    CommandMain.Configuration read = CommandMain.Configuration.read(settings);
    settings.check();
    assertThat(read.management().port()).isNotEqualTo(read.door().port());
  }

  @Test
  void a_public_port_open_to_all_leaves_the_management_port_where_it_is_told() {
    Settings open = settings(Map.of("XALESIN_BIND", "0.0.0.0"));
    assertThat(CommandMain.Configuration.read(open).management().host()).isEqualTo("127.0.0.1");
    Settings told = settings(Map.of("XALESIN_MANAGEMENT_BIND", "10.0.0.7"));
    assertThat(CommandMain.Configuration.read(told).management().host()).isEqualTo("10.0.0.7");
  }

  @Test
  void bad_values_are_all_named_by_their_keys() {
    Settings settings =
        settings(Map.of("XALESIN_HTTP_PORT", "door", "XALESIN_MANAGEMENT_PORT", "hatch"));
    CommandMain.Configuration.read(settings);
    assertThatThrownBy(settings::check)
        .hasMessageContaining("XALESIN_HTTP_PORT=door")
        .hasMessageContaining("XALESIN_MANAGEMENT_PORT=hatch");
  }
}
