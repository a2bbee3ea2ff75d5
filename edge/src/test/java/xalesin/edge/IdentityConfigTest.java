package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xalesin.schemas.config.Settings;
import xalesin.schemas.config.SettingsException;

class IdentityConfigTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private static IdentityConfig read(Map<String, String> environment) {
    Settings settings = Settings.of("test", "tests", environment);
    IdentityConfig config = IdentityConfig.read(settings);
    settings.check();
    return config;
  }

  @Test
  void without_settings_the_tokens_of_the_key_file_are_good(@TempDir Path folder) {
    LocalKeys keys = LocalKeys.open(folder);
    String file = folder.resolve(LocalKeys.FILE).toString();
    Identity identity = Identity.open(read(Map.of("XALESIN_KEY_FILE", file)), registry);
    String token = keys.sign("acme", "ann", Set.of(Role.CLERK), Duration.ofMinutes(1));
    assertThat(identity.verifier().verify(token).caller().tenant()).isEqualTo("acme");
    assertThat(identity.health().status().get().up()).isTrue();
  }

  @Test
  void with_a_key_set_the_issuer_s_tokens_are_good_and_local_ones_are_not(@TempDir Path folder)
      throws Exception {
    JWK key = Issuer.rsa("first");
    try (Issuer issuer = new Issuer(key)) {
      Identity identity = Identity.open(read(settings(issuer.url())), registry);
      assertThat(identity.health().status().get().up()).isTrue();
      BadTokens tokens = BadTokens.of(key, Instant.now());
      assertThat(identity.verifier().verify(tokens.signed(tokens.claims()))).isNotNull();
      String local =
          LocalKeys.open(folder).sign("acme", "ann", Set.of(Role.ADMIN), Duration.ofMinutes(1));
      assertThatThrownBy(() -> identity.verifier().verify(local))
          .hasMessage("the token's algorithm is not accepted");
    }
  }

  @Test
  void a_service_is_not_ready_before_it_has_the_issuer_s_keys() throws Exception {
    try (Issuer issuer = new Issuer(Issuer.rsa("first"))) {
      issuer.answerWith(500, "");
      Identity identity = Identity.open(read(settings(issuer.url())), registry);
      assertThat(identity.health().status().get().reason())
          .isEqualTo("the issuer's keys have not been read yet");
    }
  }

  private static Map<String, String> settings(String location) {
    return Map.of("XALESIN_JWKS", location, "XALESIN_ISSUER", BadTokens.ISSUER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example/keys",
        "http://localhost/keys",
        "https://user:secret@issuer.example/keys",
        "ftp://issuer.example/keys",
        "https:///keys",
        "/no/such/file",
        "/tmp"
      })
  void a_key_set_comes_from_a_safe_place(String location) {
    Settings settings = Settings.of("test", "tests", settings(location));
    assertThatThrownBy(() -> IdentityConfig.read(settings))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(settings::check)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("XALESIN_JWKS=" + location);
  }

  @Test
  void key_set_and_issuer_belong_together() {
    assertThatThrownBy(() -> read(Map.of("XALESIN_JWKS", "https://issuer.example/keys")))
        .hasMessageEndingWith("XALESIN_ISSUER is missing");
    assertThatThrownBy(() -> read(Map.of("XALESIN_ISSUER", "https://issuer.example")))
        .hasMessageEndingWith("XALESIN_JWKS is missing");
  }

  @Test
  void the_clocks_may_not_differ_by_an_hour() {
    assertThatThrownBy(() -> read(Map.of("XALESIN_CLOCK_SKEW", "1h")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("XALESIN_CLOCK_SKEW=1h must be from");
    assertThat(read(Map.of("XALESIN_CLOCK_SKEW", "1m")).clockSkew())
        .isEqualTo(Duration.ofMinutes(1));
  }
}
