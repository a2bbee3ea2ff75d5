package xalesin.edge.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xalesin.schemas.config.Settings;
import xalesin.schemas.config.SettingsException;

class PolicyFileTest {
  /** Generous: the machine may be busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private final Buckets buckets = new Buckets(LimitsConfig.GENEROUS);

  private Path file() {
    return folder.resolve("limits.json");
  }

  private void write(String json) throws IOException {
    Path fresh = Files.writeString(folder.resolve("fresh"), json);
    Files.move(fresh, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private PolicyFile watch() {
    return PolicyFile.watch(
        file(), LimitsConfig.GENEROUS.policies(), buckets.limiter, buckets.registry);
  }

  private String policy(String tenant) {
    return buckets.read(tenant, "ann").policy();
  }

  private double refused() {
    return buckets.registry.get("http.server.limits.file.refused").gauge().value();
  }

  @Test
  void policies_change_while_the_program_runs() throws Exception {
    write("{\"tenant\": {\"read\": \"100/1s\"}}");
    try (PolicyFile _ = watch()) {
      assertThat(policy("acme"))
          .isEqualTo("\"tenant-read\";q=100;w=1, \"caller-read\";q=1000000;w=10");
      write(
          """
          {"caller": {"read": "7/1m"}, "address": "5/1s",
           "tenants": {"acme": {"tenant": {"read": "900/1h"}}}}""");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(policy("acme"))
                      .isEqualTo("\"tenant-read\";q=900;w=3600, \"caller-read\";q=7;w=60"));
      assertThat(policy("other")).startsWith("\"tenant-read\";q=2000000;w=10");
      assertThat(buckets.limiter.charge(Buckets.address(1)).policy())
          .isEqualTo("\"address\";q=5;w=1");
      write("{}");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(policy("acme")).contains("q=2000000;w=10"));
    }
  }

  @Test
  void while_the_file_is_gone_the_policies_stay() throws Exception {
    String slow = "{\"tenant\": {\"read\": \"100/1s\"}}";
    write(slow);
    try (PolicyFile _ = watch()) {
      Files.delete(file());
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(refused()).isEqualTo(1));
      assertThat(policy("acme")).startsWith("\"tenant-read\";q=100;w=1,");
      write(slow);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(refused()).isZero());
      assertThat(policy("acme")).startsWith("\"tenant-read\";q=100;w=1,");
    }
  }

  @Test
  void a_bad_file_is_refused_and_the_old_policies_stay() throws Exception {
    write("{\"tenant\": {\"read\": \"100/1s\"}}");
    try (PolicyFile _ = watch()) {
      write("{\"tenant\": {\"read\": \"many\"}}");
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(refused()).isEqualTo(1));
      assertThat(policy("acme")).startsWith("\"tenant-read\";q=100;w=1,");
      write("{\"tenant\": {\"read\": \"200/1s\"}}");
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(refused()).isZero());
      assertThat(policy("acme")).startsWith("\"tenant-read\";q=200;w=1,");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"tenant": {"read": "many"}}   | /tenant/read must be requests and a window such as
          {"tenant": {"read": "0/1s"}}   | /tenant/read must allow from 1 to 100000000 requests
          {"caller": {"live": "5/2h"}}   | /caller/live must have a window from 1s to 1h
          {"tenant": {"reads": "1/1s"}}  | /tenant/reads unknown field, known are
          {"address": 5}                 | /address
          {"tenants": {"acme": null}}    | must not be null for tenant acme
          {"tenant":                     | The body is not valid JSON
          """)
  void a_bad_file_stops_a_start_and_the_message_names_the_field(String json, String message)
      throws Exception {
    write(json);
    assertThatThrownBy(this::watch)
        .hasMessageContaining("limits.json cannot be used")
        .hasMessageContaining(message);
  }

  @Test
  void settings_are_checked_before_a_start() {
    Settings settings =
        Settings.of(
            "edge",
            "tests",
            Map.of(
                "XALESIN_LIMIT_TENANT_READ", "a lot",
                "XALESIN_LIMIT_CALLER_COMMAND", "30/1m",
                "XALESIN_TRUSTED_PROXIES", "10.0.0.0/8, proxy"));
    LimitsConfig config = LimitsConfig.read(settings);
    assertThat(Policies.or(null, config.policies().caller()).command())
        .isEqualTo(new Policy(30, 60));
    assertThatThrownBy(settings::check)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("XALESIN_LIMIT_TENANT_READ=a lot must be requests and a window")
        .hasMessageContaining("XALESIN_TRUSTED_PROXIES=10.0.0.0/8, proxy must name addresses");
    assertThat(settings.unknownKeys()).isEqualTo(List.of());
  }
}
