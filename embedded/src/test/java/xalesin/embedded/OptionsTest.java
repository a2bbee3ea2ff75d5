package xalesin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final PostgresOptions POSTGRES = PostgresOptions.in(Path.of("postgres"));
  private static final KafkaOptions KAFKA = KafkaOptions.in(Path.of("kafka"));

  @Test
  void a_bad_port_is_named() {
    refused(() -> POSTGRES.port(70_000), "postgres port must be 0 to 65535, not 70000");
    refused(() -> KAFKA.port(-1), "kafka port must be 0 to 65535, not -1");
  }

  @Test
  void a_bad_bind_address_is_named() {
    refused(() -> POSTGRES.bind(" "), "postgres bind address must be an address, not empty");
    refused(
        () -> KAFKA.bind("300.1.2.3"), "kafka bind address must be an address, not '300.1.2.3'");
  }

  @Test
  void a_database_name_that_would_need_quoting_is_refused() {
    refused(() -> POSTGRES.database("x; drop"), "postgres database must match");
  }

  @Test
  void a_setting_that_is_none_is_refused() {
    refused(() -> POSTGRES.setting("-c", "x"), "postgres setting must match");
    refused(() -> KAFKA.setting("A b", "x"), "kafka setting must match");
  }

  @Test
  void a_callers_setting_wins_over_ours() {
    assertThat(POSTGRES.setting("jit", "on").serverSettings()).containsEntry("jit", "on");
  }

  @Test
  void another_bind_address_comes_beside_the_loopback_address() {
    assertThat(POSTGRES.serverSettings()).containsEntry("listen_addresses", "127.0.0.1");
    assertThat(POSTGRES.bind("10.1.2.3").serverSettings())
        .containsEntry("listen_addresses", "127.0.0.1,10.1.2.3");
    assertThat(POSTGRES.bind("0.0.0.0").serverSettings())
        .containsEntry("listen_addresses", "0.0.0.0");
  }

  private static void refused(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(why);
  }
}
