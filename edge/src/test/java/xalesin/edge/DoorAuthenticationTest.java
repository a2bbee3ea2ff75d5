package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xalesin.edge.TestDoor.get;
import static xalesin.edge.TestDoor.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorAuthenticationTest {
  private static final byte[] SECRET =
      "a secret of 32 bytes for testing".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private TestDoor door;

  @BeforeAll
  void open() {
    List<Route> routes = new ArrayList<>();
    for (Role role : Role.values()) {
      routes.add(
          get("/api/" + role.text(), role, x -> x.json(200, Map.of("user", x.caller().user()))));
    }
    door = new TestDoor(HttpDoorConfig.of(0), routes, new JwtVerifier(SECRET, Clock.systemUTC()));
  }

  @AfterAll
  void shut() {
    door.close();
  }

  private HttpResponse<String> withAuthorization(String value) throws Exception {
    return door.send(door.request("/api/viewer").header("Authorization", value));
  }

  @Test
  void without_a_token_there_is_nothing() throws Exception {
    HttpResponse<String> answer = door.send(door.request("/api/viewer"));
    problem(answer, 401, "unauthenticated");
    assertThat(answer.headers().firstValue("www-authenticate"))
        .contains("Bearer realm=\"xalesin\"");
    problem(withAuthorization("Basic YWRtaW46YWRtaW4="), 401, "unauthenticated");
    problem(withAuthorization("Bearer"), 401, "unauthenticated");
  }

  @Test
  void every_bad_token_is_401_and_says_why() throws Exception {
    for (Map.Entry<String, String> bad : new BadTokens(SECRET, Instant.now()).all().entrySet()) {
      HttpResponse<String> answer =
          withAuthorization("Bearer " + bad.getValue() + (bad.getKey().equals("empty") ? "x" : ""));
      problem(answer, 401, "invalid-token");
      assertThat(answer.headers().firstValue("www-authenticate").orElse(""))
          .startsWith("Bearer error=\"invalid_token\"");
    }
  }

  @Test
  void a_good_token_is_accepted_again_and_again() throws Exception {
    BadTokens tokens = new BadTokens(SECRET, Instant.now());
    String token = tokens.signed(tokens.claims());
    assertThat(withAuthorization("Bearer " + token).statusCode()).isEqualTo(200);
    assertThat(withAuthorization("bearer  " + token).statusCode()).isEqualTo(200);
    assertThat(withAuthorization("Bearer " + token).body()).isEqualTo("{\"user\":\"ann\"}");
  }

  @Test
  void every_role_opens_its_own_routes_and_those_below() throws Exception {
    BadTokens tokens = new BadTokens(SECRET, Instant.now());
    for (Role has : Role.values()) {
      String token = tokens.signed(tokens.claims().claim("roles", List.of(has.text())));
      for (Role needed : Role.values()) {
        HttpResponse<String> answer =
            door.send(
                door.request("/api/" + needed.text()).header("Authorization", "Bearer " + token));
        if (has.compareTo(needed) >= 0) {
          assertThat(answer.statusCode()).as("%s at %s", has, needed).isEqualTo(200);
        } else {
          JsonNode problem = problem(answer, 403, "forbidden");
          assertThat(problem.path("detail").asText())
              .isEqualTo("this needs the role " + needed.text());
        }
      }
    }
  }

  @Test
  void roles_are_those_of_the_contract() {
    assertThat(EnumSet.allOf(Role.class))
        .extracting(Role::text)
        .containsExactly("viewer", "clerk", "accountant", "admin");
    assertThat(Role.of("ADMIN".toLowerCase(Locale.ROOT))).isEqualTo(Role.ADMIN);
    assertThat(Role.of("root")).isNull();
  }

  @Test
  void a_remembered_token_is_verified_once_and_forgotten_when_it_expires() {
    AtomicInteger verifications = new AtomicInteger();
    MovingClock clock = new MovingClock();
    Authentication authentication =
        new Authentication(
            _ -> {
              verifications.incrementAndGet();
              return new TokenVerifier.VerifiedToken(
                  new Caller("acme", "ann", Set.of(Role.VIEWER)), 1000);
            },
            clock);
    clock.now = Instant.ofEpochMilli(999);
    for (String header : List.of("Bearer t", "Bearer t", "bearer t", "Bearer   t ")) {
      authentication.callerOf(header);
      assertThat(verifications).as(header).hasValue(1);
    }
    clock.now = Instant.ofEpochMilli(1000);
    authentication.callerOf("Bearer t");
    assertThat(verifications).hasValue(2);
  }

  @Test
  void a_refused_token_is_not_remembered() {
    AtomicInteger verifications = new AtomicInteger();
    Authentication authentication =
        new Authentication(
            _ -> {
              verifications.incrementAndGet();
              throw new TokenException("no");
            },
            Clock.systemUTC());
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> authentication.callerOf("Bearer t"))
          .isInstanceOf(TokenException.class);
    }
    assertThat(verifications).hasValue(3);
  }

  private static final class MovingClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
