package xalesin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xalesin.command.CommandNode.Answer;
import xalesin.command.CommandNode.Bodies;
import xalesin.command.CommandNode.User;
import xalesin.edge.HttpDoorConfig;
import xalesin.edge.Role;
import xalesin.edge.limits.ClassPolicies;
import xalesin.edge.limits.LimitsConfig;
import xalesin.edge.limits.Policies;
import xalesin.edge.limits.Policy;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;
import xalesin.schemas.Json;

/** {@code POST /api/commands}. */
class CommandLinesIT {
  private static final Database DATABASE = TestServers.freshDatabase("command_lines");
  private static final Log LOG = new Log(DATABASE);
  private static final CommandNode NODE = new CommandNode(DATABASE);

  @AfterAll
  static void stop() {
    NODE.close();
  }

  private static String create(String id, String sku) {
    return "{\"command\":\"inventory-items.create\",\"id\":\"%s\",\"data\":%s}\n"
        .formatted(id, Bodies.item(sku));
  }

  private static String receive(String id, String quantity) {
    return "{\"command\":\"inventory-items.receive\",\"id\":\"%s\",\"data\":%s}\n"
        .formatted(id, Bodies.receive(quantity));
  }

  private static String issue(String id, String quantity, String key) {
    return "{\"command\":\"inventory-items.issue\",\"id\":\"%s\",\"idempotencyKey\":\"%s\",\"data\":%s}\n"
        .formatted(id, key, Bodies.issue(quantity));
  }

  private static List<JsonNode> lines(Answer answer) throws JsonProcessingException {
    assertThat(answer.header("Content-Type")).contains("application/x-ndjson");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : answer.response().body().lines().toList()) {
      lines.add(Json.MAPPER.readTree(line));
    }
    return lines;
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  @Test
  void each_line_is_answered_in_order_whatever_becomes_of_it() throws Exception {
    User ann = NODE.clerk("mixed");
    String id = id();
    List<JsonNode> answers =
        lines(
            ann.lines(
                "",
                create(id, "CHAI")
                    + "\n"
                    + receive(id, "5")
                    + issue(id, "9", "k1")
                    + "{nonsense\n"
                    + "{\"command\":\"inventory-items.fly\"}\n"
                    + receive(id, "-1")
                    + "{\"command\":\"inventory-items.activate\"}\n"
                    + issue(id, "9", "k1")
                    + issue(id, "1", "k1")
                    + "{\"command\":\"inventory-items.activate\",\"id\":\"%s\"}".formatted(id)));
    assertThat(answers)
        .extracting(line -> line.path("line").asInt())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(answers)
        .extracting(line -> line.path("status").asInt())
        .containsExactly(201, 200, 409, 400, 422, 422, 422, 409, 422, 200);
    assertThat(answers.get(0).path("id").asText()).isEqualTo(id);
    assertThat(answers.get(1).path("version").asInt()).isEqualTo(2);
    assertThat(answers.get(1).path("consistencyToken").asText()).isNotEmpty();
    assertThat(answers.get(2).path("problem").path("type").asText())
        .isEqualTo("/problems/insufficient-stock");
    assertThat(answers.get(5).path("problem").path("errors").path(0).path("pointer").asText())
        .isEqualTo("/data/quantity");
    assertThat(answers.get(7).path("replayed").asBoolean()).isTrue();
    assertThat(answers.get(8).path("problem").path("type").asText())
        .isEqualTo("/problems/idempotency-key-reuse");
    assertThat(LOG.stream("mixed", id)).hasSize(2);
  }

  @Test
  void a_line_for_a_version_is_refused_once_the_thing_has_moved_on() throws Exception {
    User ann = NODE.clerk("versions");
    User bob = new User(NODE, CommandNode.token("versions", "bob", Role.CLERK));
    String id = id();
    String opening = receive(id, "5").replace("\"data\"", "\"ifMatch\":1,\"data\"");
    assertThat(lines(ann.lines("", create(id, "CHAI") + opening)))
        .extracting(line -> line.path("status").asInt())
        .containsExactly(201, 200);
    assertThat(lines(bob.lines("", opening + opening.replace("1,\"data", "0,\"data"))))
        .extracting(line -> line.path("status").asInt())
        .containsExactly(412, 422);
    assertThat(LOG.stream("versions", id)).hasSize(2);
    String atomic = create(id(), "CHANG") + opening.replace("Match\":1", "Match\":2");
    assertThat(lines(bob.lines("?atomic=true", atomic)))
        .extracting(line -> line.path("status").asInt())
        .containsExactly(201, 200);
    assertThat(LOG.stream("versions", id)).hasSize(3);
  }

  @Test
  void thousands_of_lines_keep_the_order_of_each_stream() throws Exception {
    User ann = NODE.clerk("many");
    List<String> ids = List.of(id(), id(), id());
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < ids.size(); i++) {
      body.append(create(ids.get(i), "S" + i));
    }
    for (int i = 1; i <= 1_000; i++) {
      for (String id : ids) {
        body.append(receive(id, Integer.toString(i)));
      }
    }
    List<JsonNode> answers = lines(ann.lines("", body.toString()));
    assertThat(answers).hasSize(3_003);
    assertThat(answers).allMatch(line -> line.path("status").asInt() < 300);
    for (String id : ids) {
      List<Log.Row> rows = LOG.stream("many", id);
      assertThat(rows).hasSize(1_001);
      for (int i = 1; i <= 1_000; i++) {
        assertThat(rows.get(i).data()).contains("\"quantity\":\"%d\"".formatted(i));
      }
    }
  }

  @Test
  void together_all_lines_happen_in_one_transaction() throws Exception {
    User ann = NODE.clerk("together");
    String one = id();
    String other = id();
    Answer answer =
        ann.lines(
            "?atomic=true",
            create(one, "CHAI") + create(other, "TEA") + receive(one, "5") + receive(one, "6"));
    List<JsonNode> answers = lines(answer);
    assertThat(answers)
        .extracting(line -> line.path("status").asInt())
        .containsExactly(201, 201, 200, 200);
    assertThat(answers.get(3).path("version").asInt()).isEqualTo(3);
    assertThat(
            LOG.count(
                "select count(distinct transaction_id) from xalesin.events where tenant = 'together'"))
        .isEqualTo(1);
  }

  @Test
  void together_nothing_happens_when_one_line_cannot() {
    User ann = NODE.clerk("none");
    String id = ann.created("CHAI");
    String other = id();
    Answer refused =
        ann.lines(
            "?atomic=true",
            receive(id, "5")
                + create(other, "TEA")
                + "{\"command\":\"inventory-items.issue\","
                + "\"id\":\"%s\",\"data\":%s}\n".formatted(id, Bodies.issue("6"))
                + receive(id, "1"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("/problems/insufficient-stock");
    assertThat(refused.body().path("line").asInt()).isEqualTo(3);
    assertThat(refused.body().path("available").asText()).isEqualTo("5");

    Answer taken =
        ann.lines("?atomic=true", create(id(), "NEW") + create(id(), "NEW") + receive(id, "1"));
    assertThat(taken.problem()).isEqualTo("/problems/sku-taken");
    assertThat(taken.body().path("line").asInt()).isEqualTo(2);

    Answer invalid = ann.lines("?atomic=true", receive(id, "5") + receive(id, "0"));
    assertThat(invalid.status()).isEqualTo(422);
    assertThat(invalid.body().toString()).contains("/data/quantity").contains("line 2");

    assertThat(LOG.tenant("none")).hasSize(1);
    assertThat(ann.create("NEW").status()).as("nothing is claimed either").isEqualTo(201);
    assertThat(ann.item(id, "issue", Bodies.issue("1")).status()).isEqualTo(409);
  }

  @Test
  void together_with_a_key_they_happen_once() throws Exception {
    User ann = NODE.clerk("once");
    String id = ann.created("CHAI");
    String body = receive(id, "5") + receive(id, "6");
    Answer first = ann.lines("?atomic=true", body, "Idempotency-Key", "k1");
    Answer again = ann.lines("?atomic=true", body, "Idempotency-Key", "k1");
    assertThat(again.response().body()).isEqualTo(first.response().body());
    assertThat(lines(first)).hasSize(2);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(ann.lines("?atomic=true", receive(id, "5"), "Idempotency-Key", "k1").status())
        .isEqualTo(422);
    assertThat(LOG.stream("once", id)).hasSize(3);
  }

  @Test
  void what_is_too_much_is_refused() throws Exception {
    User ann = NODE.clerk("much");
    String id = ann.created("CHAI");
    assertThat(ann.lines("?atomic=true", receive(id, "1").repeat(1_001)).status()).isEqualTo(413);
    assertThat(ann.lines("?atomic=true", "\n\n").status()).isEqualTo(400);
    String longLine = receive(id, "1").replace("\"A\"", "\"" + "A".repeat(1 << 20) + "\"");
    List<JsonNode> answers = lines(ann.lines("", longLine + receive(id, "1")));
    assertThat(answers).extracting(line -> line.path("status").asInt()).containsExactly(413, 200);
    assertThat(ann.send("POST", "/api/commands", receive(id, "1")).status())
        .as("another content type")
        .isEqualTo(415);
    assertThat(LOG.stream("much", id)).hasSize(2);
  }

  @Test
  void each_line_counts_as_a_request_to_the_limits_and_waits_until_they_allow_it()
      throws Exception {
    Policies policies =
        new Policies(null, new ClassPolicies(new Policy(50, 1), null, null, null), null, Map.of());
    HttpDoorConfig limited =
        HttpDoorConfig.of(0).withLimits(LimitsConfig.GENEROUS.withPolicies(policies));
    try (CommandNode node = new CommandNode(CommandNode.config(DATABASE), limited)) {
      User ann = node.clerk("limited");
      String id = id();
      List<JsonNode> alone = lines(ann.lines("", create(id, "CHAI") + receive(id, "1").repeat(99)));
      assertThat(alone).hasSize(100).allMatch(line -> line.path("status").asInt() < 300);
      assertThat(admitted(node)).isEqualTo(100);
      User bob = new User(node, CommandNode.token("limited", "bob", Role.CLERK));
      assertThat(lines(bob.lines("?atomic=true", receive(id, "1").repeat(60)))).hasSize(60);
      assertThat(admitted(node)).isEqualTo(160);
    }
  }

  private static double admitted(CommandNode node) {
    return node.registry
        .get("http.server.limits.requests")
        .tags("policy", "caller", "class", "command", "outcome", "admitted")
        .counter()
        .count();
  }
}
