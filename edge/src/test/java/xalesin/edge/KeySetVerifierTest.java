package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xalesin.edge.TestDoor.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeySetVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration REFRESH = Duration.ofMinutes(5);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private JWK rsa;
  private JWK ec;

  @BeforeAll
  void generateKeys() throws JOSEException {
    rsa = Issuer.rsa("first");
    ec = Issuer.ec("second");
  }

  @AfterAll
  void closeRegistry() {
    registry.close();
  }

  private TokenVerifier verifierOf(String location) {
    KeyRing ring = new KeyRing(KeySource.of(location), REFRESH, nanos::get, registry);
    TokenRules rules = new TokenRules("xalesin", BadTokens.ISSUER, Duration.ofSeconds(30));
    return new KeySetVerifier(ring, rules, REFRESH, InstantSource.fixed(NOW));
  }

  private static String good(JWK key) throws JOSEException {
    BadTokens tokens = BadTokens.of(key, NOW);
    return tokens.signed(tokens.claims());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void isUnknown(TokenVerifier verifier, String token) {
    assertThatThrownBy(() -> verifier.verify(token)).hasMessage("the token's key is not known");
  }

  @Test
  void tokens_of_both_kinds_of_keys_are_good() throws Exception {
    try (Issuer issuer = new Issuer(rsa, ec)) {
      TokenVerifier verifier = verifierOf(issuer.url());
      for (JWK key : List.of(rsa, ec)) {
        assertThat(verifier.verify(good(key)).caller())
            .isEqualTo(new Caller("acme", "ann", Set.of(Role.ADMIN)));
      }
      assertThat(issuer.asked()).isEqualTo(1);
    }
  }

  @Test
  void a_token_is_looked_at_again_before_a_withdrawn_key_has_been_gone_for_long() throws Exception {
    try (Issuer issuer = new Issuer(rsa)) {
      assertThat(verifierOf(issuer.url()).verify(good(rsa)).validUntilMillis())
          .isEqualTo(NOW.plus(REFRESH).toEpochMilli());
    }
  }

  @TestFactory
  List<DynamicTest> every_bad_token_is_refused() throws Exception {
    Path file = Files.createTempFile("edge-test", ".jwks");
    file.toFile().deleteOnExit();
    Files.writeString(file, new JWKSet(List.of(rsa, ec)).toString(true));
    TokenVerifier verifier = verifierOf(file.toString());
    List<DynamicTest> tests = new ArrayList<>();
    for (JWK key : List.of(rsa, ec)) {
      assertThat(verifier.verify(good(key))).isNotNull();
      for (Map.Entry<String, String> bad : BadTokens.of(key, NOW).all().entrySet()) {
        tests.add(
            DynamicTest.dynamicTest(
                key.getKeyType() + ": " + bad.getKey(),
                () ->
                    assertThatThrownBy(() -> verifier.verify(bad.getValue()))
                        .isInstanceOf(TokenException.class)));
      }
    }
    return tests;
  }

  @Test
  void a_key_is_good_for_the_algorithm_of_its_kind_only() throws Exception {
    JWK sameName = Issuer.ec(rsa.getKeyID());
    try (Issuer issuer = new Issuer(rsa)) {
      isUnknown(verifierOf(issuer.url()), good(sameName));
    }
  }

  @Test
  void keys_for_other_things_are_passed_over() throws Exception {
    List<JWK> others =
        List.of(
            new OctetSequenceKeyGenerator(256).keyID("oct").generate(),
            new ECKeyGenerator(Curve.P_384).keyID("p384").generate(),
            new RSAKeyGenerator(1024, true).keyID("short").generate(),
            new RSAKeyGenerator(2048).keyID("enc").keyUse(KeyUse.ENCRYPTION).generate());
    try (Issuer issuer = new Issuer(others.toArray(JWK[]::new))) {
      TokenVerifier verifier = verifierOf(issuer.url());
      String token = good(Issuer.rsa("enc"));
      assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(ProblemException.class);
    }
  }

  @Test
  void a_new_key_is_found_by_the_first_token_that_names_it() throws Exception {
    try (Issuer issuer = new Issuer(rsa)) {
      TokenVerifier verifier = verifierOf(issuer.url());
      verifier.verify(good(rsa));
      issuer.publish(rsa, ec);
      isUnknown(verifier, good(ec));
      pass(KeyRing.PAUSE);
      assertThat(verifier.verify(good(ec))).isNotNull();
      assertThat(issuer.asked()).isEqualTo(2);
    }
  }

  @Test
  void a_withdrawn_key_ends_when_the_keys_have_aged() throws Exception {
    try (Issuer issuer = new Issuer(rsa, ec)) {
      TokenVerifier verifier = verifierOf(issuer.url());
      verifier.verify(good(rsa));
      issuer.publish(ec);
      pass(REFRESH.plusNanos(1));
      String withdrawn = good(rsa);
      await().untilAsserted(() -> isUnknown(verifier, withdrawn));
      assertThat(verifier.verify(good(ec))).isNotNull();
    }
  }

  @Test
  void a_flood_of_made_up_keys_asks_the_issuer_once_in_a_pause() throws Exception {
    try (Issuer issuer = new Issuer(rsa);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TokenVerifier verifier = verifierOf(issuer.url());
      verifier.verify(good(rsa));
      JWK stranger = Issuer.ec("stranger");
      for (int pauses = 1; pauses <= 3; pauses++) {
        List<String> madeUp = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
          madeUp.add(good(new ECKey.Builder(stranger.toECKey()).keyID("k" + i).build()));
        }
        pass(KeyRing.PAUSE);
        CountDownLatch gate = new CountDownLatch(1);
        issuer.holdBack(gate);
        List<Future<?>> flood = new ArrayList<>();
        for (String token : madeUp) {
          flood.add(threads.submit(() -> isUnknown(verifier, token)));
        }
        assertThat(verifier.verify(good(rsa))).as("meanwhile").isNotNull();
        gate.countDown();
        for (Future<?> each : flood) {
          each.get(TestDoor.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(issuer.asked()).isEqualTo(1 + pauses);
      }
    }
  }

  @Test
  void while_the_issuer_fails_the_known_keys_stay_good() throws Exception {
    try (Issuer issuer = new Issuer(rsa)) {
      TokenVerifier verifier = verifierOf(issuer.url());
      verifier.verify(good(rsa));
      List<Runnable> failures =
          List.of(
              () -> issuer.answerWith(500, "{}"),
              () -> issuer.answerWith(302, ""),
              () -> issuer.answerWith(200, "<html>maintenance</html>"),
              () -> issuer.answerWith(200, "{\"keys\":[]}"),
              () -> issuer.answerWith(200, " ".repeat(KeySource.MAX_BYTES + 1)),
              issuer::close);
      for (Runnable failure : failures) {
        failure.run();
        pass(KeyRing.PAUSE);
        isUnknown(verifier, good(ec));
        assertThat(verifier.verify(good(rsa))).isNotNull();
      }
      assertThat(registry.counter("identity.keys.read", "outcome", "failed").count())
          .isGreaterThanOrEqualTo(failures.size());
    }
  }

  @Test
  void without_any_keys_yet_nobody_is_called_a_liar() throws Exception {
    try (Issuer issuer = new Issuer(rsa)) {
      issuer.answerWith(503, "");
      TokenVerifier verifier = verifierOf(issuer.url());
      String token = good(rsa);
      assertThatThrownBy(() -> verifier.verify(token))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.problem().status()).isEqualTo(503);
                assertThat(e.problem().retryAfter()).isEqualTo(10);
              });
      issuer.publish(rsa);
      pass(KeyRing.PAUSE);
      assertThat(verifier.verify(token)).isNotNull();
    }
  }

  @Test
  void a_file_of_keys_may_be_replaced(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys.json");
    Files.writeString(file, new JWKSet(rsa).toString(true));
    TokenVerifier verifier = verifierOf(file.toString());
    verifier.verify(good(rsa));
    Files.writeString(file, new JWKSet(ec).toString(true));
    pass(KeyRing.PAUSE);
    assertThat(verifier.verify(good(ec))).isNotNull();
    isUnknown(verifier, good(rsa));
  }

  @Test
  void a_flood_of_made_up_keys_over_an_hour_reads_the_keys_every_ten_seconds_at_most()
      throws Exception {
    int made = 0;
    List<String> stranger = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      stranger.add(good(Issuer.ec("stranger-" + i)));
    }
    try (Issuer issuer = new Issuer(rsa)) {
      TokenVerifier verifier = verifierOf(issuer.url());
      assertThat(verifier.verify(good(rsa))).isNotNull();
      for (int second = 0; second < 3600; second++) {
        isUnknown(verifier, stranger.get(made++ % stranger.size()));
        isUnknown(verifier, stranger.get(made++ % stranger.size()));
        pass(Duration.ofSeconds(1));
      }
      // The first at once, then one each ten seconds.
      assertThat(issuer.asked()).isBetween(2, 361);
      assertThat(verifier.verify(good(rsa))).as("good tokens go on").isNotNull();
    }
  }
}
