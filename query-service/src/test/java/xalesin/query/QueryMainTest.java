package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import xalesin.edge.Origins;
import xalesin.query.live.LiveConfig;
import xalesin.schemas.config.Settings;

class QueryMainTest {
  private static Settings settings(Map<String, String> environment) {
    return Settings.of("query-service", "tests", environment);
  }

  @Test
  void without_any_setting_it_finds_the_local_installation() {
    Settings settings = settings(Map.of());
    QueryMain.Configuration read = QueryMain.Configuration.read(settings);
    settings.check();
    assertThat(read.projection().bootstrapServers()).isEqualTo("127.0.0.1:9092");
    assertThat(read.live()).isEqualTo(LiveConfig.standard());
  }

  @Test
  void the_pages_that_may_read_may_listen_too() {
    Settings settings = settings(Map.of("XALESIN_ORIGINS", "https://erp.example.com"));
    QueryMain.Configuration read = QueryMain.Configuration.read(settings);
    assertThat(read.door().origins()).isNotEqualTo(Origins.NONE);
    assertThat(read.live().origins()).isEqualTo(read.door().origins());
  }

  @Test
  void a_public_port_open_to_all_leaves_the_management_port_to_this_machine() {
    Settings open = settings(Map.of("XALESIN_BIND", "0.0.0.0"));
    assertThat(QueryMain.Configuration.read(open).management().host()).isEqualTo("127.0.0.1");
  }

  @Test
  void bad_values_are_all_named_by_their_keys() {
    Settings settings =
        settings(
            Map.of("XALESIN_QUERY_CACHE", "much", "XALESIN_LIVE_CONNECTIONS_PER_TENANT", "none"));
    QueryMain.Configuration.read(settings);
    assertThatThrownBy(settings::check)
        .hasMessageContaining("XALESIN_QUERY_CACHE=much")
        .hasMessageContaining("XALESIN_LIVE_CONNECTIONS_PER_TENANT=none");
  }
}
