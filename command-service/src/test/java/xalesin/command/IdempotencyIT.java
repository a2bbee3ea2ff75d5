package xalesin.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xalesin.command.CommandNode.Answer;
import xalesin.command.CommandNode.Bodies;
import xalesin.command.CommandNode.User;
import xalesin.edge.Role;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;

class IdempotencyIT {
  private static final String KEY = "Idempotency-Key";
  private static final Database DATABASE = TestServers.freshDatabase("idempotency");
  private static final Log LOG = new Log(DATABASE);
  private static final CommandNode NODE = new CommandNode(DATABASE);
  private static final CommandNode OTHER_NODE = new CommandNode(DATABASE);

  @AfterAll
  static void stop() {
    NODE.close();
    OTHER_NODE.close();
  }

  private static void assertSame(Answer one, Answer other) {
    assertThat(other.status()).isEqualTo(one.status());
    assertThat(other.response().body()).isEqualTo(one.response().body());
    for (String header : List.of("ETag", "Location", "Consistency-Token", "Content-Type")) {
      assertThat(other.header(header)).as(header).isEqualTo(one.header(header));
    }
  }

  @Test
  void a_hundred_at_once_with_one_key_have_one_effect_and_one_answer() throws Exception {
    User ann = NODE.clerk("hundred");
    User annElsewhere = OTHER_NODE.clerk("hundred");
    String id = ann.created("CHAI");
    List<Answer> answers =
        Together.run(
            100,
            i ->
                () ->
                    (i % 2 == 0 ? ann : annElsewhere)
                        .item(id, "receive", Bodies.receive("3"), KEY, "once"));
    answers.forEach(answer -> assertSame(answers.getFirst(), answer));
    assertThat(answers.getFirst().version()).isEqualTo(2);
    assertThat(answers)
        .filteredOn(answer -> answer.header("Idempotency-Replayed").equals("true"))
        .hasSize(99);
    assertThat(LOG.stream("hundred", id)).hasSize(2);
  }

  @Test
  void a_creation_without_an_id_is_answered_with_the_first_id_again() {
    User ann = NODE.clerk("creations");
    Answer first = ann.post("/api/inventory-items", Bodies.item("CHAI"), KEY, "k1");
    Answer again = ann.post("/api/inventory-items", Bodies.item("CHAI"), KEY, "k1");
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertSame(first, again);
    assertThat(LOG.tenant("creations")).hasSize(1);
  }

  @Test
  void a_key_stands_for_one_request_with_all_that_makes_it() {
    User ann = NODE.clerk("reuse");
    String id = ann.created("CHAI");
    ann.item(id, "receive", Bodies.receive("3"), KEY, "k1");
    for (Answer other :
        List.of(
            ann.item(id, "receive", Bodies.receive("4"), KEY, "k1"),
            ann.item(id, "receive", Bodies.receive("3"), KEY, "k1", "If-Match", "\"2\""),
            ann.item(id, "adjust", Bodies.receive("3"), KEY, "k1"),
            ann.item(UUID.randomUUID().toString(), "receive", Bodies.receive("3"), KEY, "k1"))) {
      assertThat(other.status()).isEqualTo(422);
    }
    assertThat(ann.item(id, "receive", Bodies.receive("4"), KEY, "k1").problem())
        .isEqualTo("/problems/idempotency-key-reuse");
    User bob = new User(NODE, CommandNode.token("reuse", "bob", Role.CLERK));
    assertThat(bob.item(id, "receive", Bodies.receive("4"), KEY, "k1").version())
        .as("another caller's key is another key")
        .isEqualTo(3);
  }

  @Test
  void a_refusal_is_a_first_answer_too() {
    User ann = NODE.clerk("refused");
    String id = ann.created("CHAI");
    Answer refused = ann.item(id, "issue", Bodies.issue("1"), KEY, "k1");
    assertThat(refused.problem()).isEqualTo("/problems/insufficient-stock");
    ann.item(id, "receive", Bodies.receive("1"));
    Answer again = ann.item(id, "issue", Bodies.issue("1"), KEY, "k1");
    assertSame(refused, again);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");

    Answer stale = ann.item(id, "issue", Bodies.issue("1"), KEY, "k2", "If-Match", "\"1\"");
    assertThat(stale.status()).isEqualTo(412);
    assertSame(stale, ann.item(id, "issue", Bodies.issue("1"), KEY, "k2", "If-Match", "\"1\""));
  }

  @Test
  void what_is_not_valid_uses_up_no_key() {
    User ann = NODE.clerk("invalid");
    String id = ann.created("CHAI");
    assertThat(ann.item(id, "receive", Bodies.receive("-1"), KEY, "k1").status()).isEqualTo(422);
    assertThat(ann.item(id, "receive", "{", KEY, "k1").status()).isEqualTo(400);
    assertThat(ann.item(id, "receive?dryRun=true", Bodies.receive("1"), KEY, "k1").status())
        .isEqualTo(200);
    assertThat(ann.item(id, "receive", Bodies.receive("1"), KEY, "k1").version()).isEqualTo(2);
    assertThat(ann.item(id, "receive", Bodies.receive("1"), KEY, "k".repeat(256)).status())
        .isEqualTo(400);
  }

  @Test
  void first_answers_are_known_after_a_restart() {
    Answer first;
    String id;
    try (CommandNode before = new CommandNode(DATABASE)) {
      id = before.clerk("restart").created("CHAI");
      first = before.clerk("restart").item(id, "receive", Bodies.receive("1"), KEY, "k1");
    }
    Answer again = NODE.clerk("restart").item(id, "receive", Bodies.receive("1"), KEY, "k1");
    assertSame(first, again);
    assertThat(LOG.stream("restart", id)).hasSize(2);
  }
}
