package xalesin.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  enum Format {
    TEXT,
    JSON_LINES
  }

  private static Settings given(Map<String, String> environment) {
    return Settings.of("some-service", "does something", environment);
  }

  @Test
  void what_is_not_set_has_its_default() {
    Settings settings = given(Map.of("PATH", "/bin", "XALESIN_BLANK", " "));
    assertThat(settings.integer("XALESIN_PORT", 8080, 0, 65_535, "port", "a port")).isEqualTo(8080);
    assertThat(settings.text("XALESIN_BLANK", "none", "blank counts as unset")).isEqualTo("none");
    settings.check();
  }

  @Test
  void values_are_read_in_the_units_people_write() {
    Settings settings =
        given(
            Map.of(
                "XALESIN_WAIT",
                "250ms",
                "XALESIN_KEEP",
                "30d",
                "XALESIN_BODY",
                "64KiB",
                "XALESIN_ON",
                "true",
                "XALESIN_FORMAT",
                "json-lines",
                "XALESIN_NODES",
                "a, b,,c",
                "XALESIN_DB",
                " jdbc:x "));
    assertThat(
            settings.duration(
                "XALESIN_WAIT", Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), "w"))
        .isEqualTo(Duration.ofMillis(250));
    assertThat(
            settings.duration(
                "XALESIN_KEEP", Duration.ZERO, Duration.ZERO, Duration.ofDays(90), "k"))
        .isEqualTo(Duration.ofDays(30));
    assertThat(settings.bytes("XALESIN_BODY", 1, 1, 1 << 20, "b")).isEqualTo(65_536);
    assertThat(settings.flag("XALESIN_ON", false, "f")).isTrue();
    assertThat(settings.choice("XALESIN_FORMAT", Format.TEXT, "c")).isEqualTo(Format.JSON_LINES);
    assertThat(settings.list("XALESIN_NODES", List.of(), "n")).containsExactly("a", "b", "c");
    assertThat(settings.required("XALESIN_DB", "jdbc:postgresql://…", "d")).isEqualTo("jdbc:x");
    settings.check();
  }

  @Test
  void every_bad_value_is_named_by_its_key_at_once() {
    Settings settings =
        given(
            Map.of(
                "XALESIN_PORT",
                "80800",
                "XALESIN_COUNT",
                "many",
                "XALESIN_WAIT",
                "5 minutes",
                "XALESIN_BODY",
                "9GiB",
                "XALESIN_ON",
                "yes",
                "XALESIN_FORMAT",
                "xml"));
    settings.integer("XALESIN_PORT", 8080, 0, 65_535, "port", "p");
    settings.integer("XALESIN_COUNT", 1, 0, 10, "things", "c");
    settings.duration("XALESIN_WAIT", Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), "w");
    settings.bytes("XALESIN_BODY", 1, 1, 1 << 20, "b");
    settings.flag("XALESIN_ON", false, "f");
    settings.choice("XALESIN_FORMAT", Format.TEXT, "c");
    settings.required("XALESIN_DB", "jdbc:postgresql://…", "the database");
    assertThatThrownBy(settings::check)
        .isInstanceOfSatisfying(
            SettingsException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "XALESIN_PORT=80800 must be from 0 to 65535",
                        "XALESIN_COUNT=many must be a whole number",
                        "XALESIN_WAIT=5 minutes must be a time such as 250ms, 5s, 2m, 1h or 30d",
                        "XALESIN_BODY=9GiB must be from 1 to 1MiB",
                        "XALESIN_ON=yes must be true or false",
                        "XALESIN_FORMAT=xml must be one of text, json-lines",
                        "XALESIN_DB is required: the database, e.g. jdbc:postgresql://…"));
  }

  @Test
  void help_shows_each_setting_with_unit_and_default_but_no_secret() {
    Settings settings = given(Map.of());
    settings.integer("XALESIN_PORT", 8080, 0, 65_535, "port", "Public HTTP port");
    settings.secret("XALESIN_PASSWORD", "hunter2", "Password of the database role");
    settings.bytes("XALESIN_BODY", 1 << 20, 1, 1 << 30, "Largest request body");
    assertThat(settings.help())
        .contains("some-service: does something")
        .contains("XALESIN_PORT  (port, 0 to 65535)\n      Public HTTP port. Default: 8080\n")
        .contains("Largest request body. Default: 1MiB")
        .doesNotContain("hunter2");
  }

  @Test
  void variables_nobody_asked_for_are_told_apart() {
    Settings settings = given(Map.of("XALESIN_PORT", "1", "XALESIN_PROT", "2", "HOME", "/root"));
    settings.integer("XALESIN_PORT", 8080, 0, 65_535, "port", "p");
    assertThat(settings.unknownKeys()).containsExactly("XALESIN_PROT");
  }

  @Test
  void a_setting_read_twice_or_without_prefix_is_a_mistake_of_the_program() {
    Settings settings = given(Map.of());
    settings.text("XALESIN_A", "", "a");
    assertThatThrownBy(() -> settings.text("XALESIN_A", "", "a"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> settings.text("PORT", "", "p"))
        .isInstanceOf(IllegalStateException.class);
  }
}
