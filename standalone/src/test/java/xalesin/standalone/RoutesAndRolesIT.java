package xalesin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import xalesin.edge.Role;
import xalesin.edge.Route;
import xalesin.edge.Verb;
import xalesin.schemas.CommandTypes;

/** Every route of the running services, taken from their tables, with every role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesAndRolesIT {
  private static final String LIVE = "/api/live";
  private static final Set<String> GATED = Set.of(LIVE, LIVE + "/ws");
  private static final List<String> LEDGER = List.of("accounts", "financial-transactions");

  private Stack stack;
  private Http http;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    stack = Stack.start(StackOptions.in(data), new CountDownLatch(1));
    http = new Http(stack.installation().http());
  }

  @AfterAll
  void stop() {
    http.close();
    stack.close();
  }

  private String token(Role role) {
    return stack.keys().sign("roles", "ann", List.of(role), Duration.ofMinutes(10));
  }

  private int status(Route route, @Nullable String token) throws Exception {
    String path = route.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
    boolean hasBody = route.verb() != Verb.GET && route.verb() != Verb.DELETE;
    return http.send(token, route.verb().name(), path, hasBody ? "{}" : null).status();
  }

  /** The contract in a sentence, written apart from the tables. */
  private static @Nullable Role needed(Route route) {
    String path = route.path();
    if (!path.startsWith("/api/")) {
      return null;
    }
    if (GATED.contains(path)) {
      // Their gate asks: for a token or a ticket.
      return null;
    }
    if (route.verb() == Verb.GET || path.startsWith(LIVE)) {
      return Role.VIEWER;
    }
    return neededForCommand(path.split("/", -1)[2], path.endsWith("/close-period"));
  }

  private static Role neededForCommand(String resource, boolean closesPeriod) {
    if (LEDGER.contains(resource) || closesPeriod) {
      return Role.ACCOUNTANT;
    }
    return resource.equals("tenant-settings") ? Role.ADMIN : Role.CLERK;
  }

  @Test
  void every_route_asks_for_the_role_of_the_contract() {
    assertThat(stack.routes()).hasSizeGreaterThan(60);
    for (Route route : stack.routes()) {
      assertThat(route.role()).as("%s %s", route.verb(), route.path()).isEqualTo(needed(route));
    }
  }

  @Test
  void every_route_lets_pass_whom_it_must_and_nobody_else() throws Exception {
    for (Route route : stack.routes()) {
      Role needed = GATED.contains(route.path()) ? Role.VIEWER : route.role();
      String name = route.verb() + " " + route.path();
      if (needed == null) {
        assertThat(status(route, null)).as(name).isNotIn(401, 403);
        continue;
      }
      assertThat(status(route, null)).as(name).isEqualTo(401);
      assertThat(status(route, "x.y.z")).as(name).isEqualTo(401);
      for (Role role : Role.values()) {
        int status = status(route, token(role));
        if (role.includes(needed)) {
          assertThat(status).as("%s as %s", name, role).isNotIn(401, 403).isLessThan(500);
        } else {
          assertThat(status).as("%s as %s", name, role).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void a_line_among_many_needs_the_role_of_its_command() throws Exception {
    for (CommandTypes.Type type : CommandTypes.all()) {
      Role needed =
          neededForCommand(type.resource(), type.name().equals("tenant-settings.close-period"));
      String line =
          "{\"command\":\"%s\",\"id\":\"%s\",\"data\":{}}\n"
              .formatted(type.name(), UUID.randomUUID());
      for (Role role : List.of(Role.CLERK, Role.ACCOUNTANT, Role.ADMIN)) {
        for (String together : List.of("", "?atomic=true")) {
          Http.Answer answer = http.send(token(role), "POST", "/api/commands" + together, line);
          assertThat(answer.body().contains("\"/problems/forbidden\""))
              .as("%s%s as %s: %s", type.name(), together, role, answer.body())
              .isEqualTo(!role.includes(needed));
        }
      }
    }
  }
}
