package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@SuppressWarnings("JavaUtilDate") // Nimbus takes dates.
class JwtVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final byte[] SECRET =
      "a secret of 32 bytes for testing".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private final JwtVerifier verifier = new JwtVerifier(SECRET, Clock.fixed(NOW, ZoneOffset.UTC));
  private final BadTokens tokens = new BadTokens(SECRET, NOW);

  @Test
  void a_good_token_names_tenant_user_and_roles() {
    String token = tokens.signed(tokens.claims().claim("roles", List.of("clerk", "viewer")));
    TokenVerifier.VerifiedToken verified = verifier.verify(token);
    assertThat(verified.caller())
        .isEqualTo(new Caller("acme", "ann", Set.of(Role.CLERK, Role.VIEWER)));
    assertThat(verified.validUntilMillis()).isEqualTo(NOW.plusSeconds(3630).toEpochMilli());
  }

  @TestFactory
  List<DynamicTest> every_bad_token_is_refused() throws Exception {
    return tokens.all().entrySet().stream().map(this::isRefused).toList();
  }

  private DynamicTest isRefused(Map.Entry<String, String> bad) {
    return DynamicTest.dynamicTest(
        bad.getKey(),
        () ->
            assertThatThrownBy(() -> verifier.verify(bad.getValue()))
                .isInstanceOf(TokenException.class));
  }

  @Test
  void clocks_may_differ_by_thirty_seconds_and_no_more() {
    Date justInTime = Date.from(NOW.minusSeconds(29));
    Date soon = Date.from(NOW.plusSeconds(30));
    assertThat(
            verifier.verify(
                tokens.signed(tokens.claims().expirationTime(justInTime).notBeforeTime(soon))))
        .isNotNull();
    String late = tokens.signed(tokens.claims().expirationTime(Date.from(NOW.minusSeconds(30))));
    assertThatThrownBy(() -> verifier.verify(late)).hasMessage("the token has expired");
    String early = tokens.signed(tokens.claims().notBeforeTime(Date.from(NOW.plusSeconds(31))));
    assertThatThrownBy(() -> verifier.verify(early)).hasMessage("the token is not valid yet");
  }

  @Test
  void xalesin_may_be_one_of_several_audiences() {
    assertThat(
            verifier.verify(tokens.signed(tokens.claims().audience(List.of("other", "xalesin")))))
        .isNotNull();
  }
}
