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
import xalesin.schemas.ConsistencyToken;

/** Every route of items, from HTTP to the table. */
class InventoryCommandsIT {
  private static final Database DATABASE = TestServers.freshDatabase("inventory_commands");
  private static final Log LOG = new Log(DATABASE);
  private static final CommandNode node = new CommandNode(DATABASE);

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void a_created_item_is_an_event_in_the_table() {
    User ann = node.clerk("creates");
    Answer answer =
        ann.post(
            "/api/inventory-items",
            Bodies.item("CHAI"),
            "X-Correlation-Id",
            "order 66",
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    assertThat(answer.status()).isEqualTo(201);
    String id = answer.body().path("id").asText();
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
    assertThat(answer.body().toString())
        .isEqualTo(
            """
            {"id":"%s","version":1,"events":["InventoryItemCreated"]}"""
                .formatted(id));
    assertThat(answer.header("Location")).isEqualTo("/api/inventory-items/" + id);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    ConsistencyToken token = ConsistencyToken.decode(answer.header("Consistency-Token"));
    assertThat(token.stream().toString()).isEqualTo("inventory-items/" + id);
    assertThat(token.version()).isEqualTo(1);

    List<Log.Row> rows = LOG.stream("creates", id);
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().type()).isEqualTo("InventoryItemCreated");
    assertThat(rows.getFirst().columns())
        .containsEntry("actor", "ann")
        .containsEntry("correlation_id", "order 66")
        .containsEntry("schema_version", "1")
        .containsEntry("client_address", "127.0.0.1")
        .hasEntrySatisfying("traceparent", t -> assertThat(t).contains("0af7651916cd43dd"))
        .hasEntrySatisfying(
            "causation_id", c -> assertThat(UUID.fromString(c).version()).isEqualTo(7));
  }

  @Test
  void an_item_goes_through_all_its_verbs() {
    User ann = node.clerk("verbs");
    String id = ann.created("CHAI");
    String path = "/api/inventory-items/" + id;
    assertThat(ann.send("PATCH", path, "{\"name\":\"Chai tea\"}").version()).isEqualTo(2);
    assertThat(
            ann.item(id, "change-price", "{\"price\":{\"amount\":\"19\",\"currency\":\"EUR\"}}")
                .version())
        .isEqualTo(3);
    assertThat(ann.item(id, "deactivate", "").version()).isEqualTo(4);
    assertThat(ann.item(id, "activate", "{}").version()).isEqualTo(5);
    assertThat(ann.item(id, "receive", Bodies.receive("10")).version()).isEqualTo(6);
    assertThat(
            ann.item(id, "transfer", "{\"quantity\":\"4\",\"from\":\"A\",\"to\":\"B\"}").version())
        .isEqualTo(7);
    assertThat(
            ann.item(id, "adjust", "{\"quantity\":\"-1\",\"location\":\"B\",\"reason\":\"broken\"}")
                .version())
        .isEqualTo(8);
    assertThat(
            ann.item(
                    id, "reserve", "{\"quantity\":\"2\",\"location\":\"B\",\"reference\":\"SO-1\"}")
                .version())
        .isEqualTo(9);
    assertThat(
            ann.item(
                    id, "release", "{\"quantity\":\"2\",\"location\":\"B\",\"reference\":\"SO-1\"}")
                .version())
        .isEqualTo(10);
    assertThat(ann.item(id, "issue", Bodies.issue("6")).version()).isEqualTo(11);
    assertThat(ann.send("DELETE", path, "").problem()).isEqualTo("/problems/item-has-stock");
    assertThat(
            ann.item(id, "issue", "{\"quantity\":\"3\",\"location\":\"B\",\"reason\":\"sold\"}")
                .version())
        .isEqualTo(12);
    Answer deleted = ann.send("DELETE", path, "");
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.body().path("events").toString()).isEqualTo("[\"InventoryItemDeleted\"]");
    assertThat(LOG.stream("verbs", id))
        .extracting(Log.Row::version)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L);
  }

  @Test
  void a_refusal_is_a_problem_named_for_its_rule_with_its_figures() {
    User ann = node.clerk("refusals");
    String id = ann.created("CHAI");
    ann.item(id, "receive", Bodies.receive("5"));
    Answer refused = ann.item(id, "issue", Bodies.issue("7"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    assertThat(refused.problem()).isEqualTo("/problems/insufficient-stock");
    assertThat(refused.body().path("title").asText()).isEqualTo("Insufficient stock");
    assertThat(refused.body().path("instance").asText())
        .isEqualTo("/api/inventory-items/" + id + "/issue");
    assertThat(refused.body().path("id").asText()).isEqualTo(id);
    assertThat(refused.body().path("sku").asText()).isEqualTo("CHAI");
    assertThat(refused.body().path("location").asText()).isEqualTo("A");
    assertThat(refused.body().path("asked").asText()).isEqualTo("7");
    assertThat(refused.body().path("available").asText()).isEqualTo("5");
    assertThat(node.registry.counter("command.refusals", "rule", "insufficient-stock").count())
        .isPositive();
  }

  @Test
  void creating_twice_under_a_client_id_creates_once() {
    User ann = node.clerk("twice");
    String id = UUID.randomUUID().toString();
    assertThat(ann.post("/api/inventory-items", Bodies.item(id, "CHAI")).status()).isEqualTo(201);
    Answer again = ann.post("/api/inventory-items", Bodies.item(id, "CHAI"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("events").isEmpty()).isTrue();
    assertThat(again.version()).isEqualTo(1);
    assertThat(ann.post("/api/inventory-items", Bodies.item(id, "TEA")).problem())
        .isEqualTo("/problems/already-exists");
    assertThat(LOG.stream("twice", id)).hasSize(1);
  }

  @Test
  void a_sku_names_one_item_until_it_is_given_back() {
    User ann = node.clerk("skus");
    String first = ann.created("CHAI");
    assertThat(ann.create("CHAI").problem()).isEqualTo("/problems/sku-taken");
    String other = ann.created("TEA");
    String path = "/api/inventory-items/" + other;
    assertThat(ann.send("PATCH", path, "{\"sku\":\"CHAI\"}").problem())
        .isEqualTo("/problems/sku-taken");
    assertThat(ann.post("/api/inventory-items?dryRun=true", Bodies.item("CHAI")).problem())
        .isEqualTo("/problems/sku-taken");
    assertThat(ann.send("PATCH", "/api/inventory-items/" + first, "{\"sku\":\"CHAI-2\"}").status())
        .isEqualTo(200);
    assertThat(ann.send("PATCH", path, "{\"sku\":\"CHAI\"}").status()).isEqualTo(200);
    assertThat(ann.send("DELETE", path, "").status()).isEqualTo(200);
    assertThat(ann.create("CHAI").status()).isEqualTo(201);
    assertThat(ann.create("TEA").status()).isEqualTo(201);
    assertThat(node.clerk("skus-of-others").create("CHAI").status()).isEqualTo(201);
  }

  @Test
  void what_is_not_there_is_not_found() {
    User ann = node.clerk("missing");
    String nobodys = UUID.randomUUID().toString();
    Answer unknown = ann.item(nobodys, "receive", Bodies.receive("1"));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.problem()).isEqualTo("/problems/item-not-found");
    assertThat(ann.item(nobodys, "activate", "", "If-Match", "\"3\"").status()).isEqualTo(404);

    String id = ann.created("CHAI");
    assertThat(node.clerk("missing-2").item(id, "receive", Bodies.receive("1")).status())
        .as("another tenant's id")
        .isEqualTo(404);

    ann.send("DELETE", "/api/inventory-items/" + id, "");
    Answer gone = ann.item(id, "receive", Bodies.receive("1"));
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.problem()).isEqualTo("/problems/item-deleted");
    assertThat(ann.post("/api/inventory-items", Bodies.item(id, "CHAI")).problem())
        .isEqualTo("/problems/deleted");
    assertThat(ann.item("not-a-uuid", "receive", Bodies.receive("1")).status()).isEqualTo(400);
  }

  @Test
  void if_match_lets_only_the_known_version_change() {
    User ann = node.clerk("if-match");
    String id = ann.created("CHAI");
    assertThat(ann.item(id, "receive", Bodies.receive("1"), "If-Match", "\"1\"").version())
        .isEqualTo(2);
    Answer stale = ann.item(id, "receive", Bodies.receive("1"), "If-Match", "\"1\"");
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.problem()).isEqualTo("/problems/stale-version");
    assertThat(stale.header("ETag")).isEqualTo("\"2\"");
    assertThat(ann.item(id, "receive", Bodies.receive("1"), "If-Match", "*").version())
        .isEqualTo(3);
    for (String malformed : List.of("3", "W/\"3\"", "\"3\", \"4\"", "\"\"", "\"x\"", "\"-1\"")) {
      Answer bad = ann.item(id, "receive", Bodies.receive("1"), "If-Match", malformed);
      assertThat(bad.status()).as(malformed).isEqualTo(400);
    }
    assertThat(LOG.stream("if-match", id)).hasSize(3);
  }

  @Test
  void a_dry_run_tells_the_events_and_leaves_nothing() {
    User ann = node.clerk("dry");
    Answer wouldBe = ann.post("/api/inventory-items?dryRun=true", Bodies.item("CHAI"));
    assertThat(wouldBe.status()).isEqualTo(200);
    assertThat(wouldBe.body().path("dryRun").asBoolean()).isTrue();
    assertThat(wouldBe.body().path("events").path(0).path("type").asText())
        .isEqualTo("InventoryItemCreated");
    assertThat(wouldBe.body().path("events").path(0).path("data").path("sku").asText())
        .isEqualTo("CHAI");
    assertThat(wouldBe.header("Consistency-Token")).isEmpty();
    assertThat(LOG.all("dry")).as("it did not found the tenant either").isEmpty();

    String id = ann.created("CHAI");
    assertThat(ann.item(id, "issue?dryRun=true", Bodies.issue("1")).problem())
        .isEqualTo("/problems/insufficient-stock");
    assertThat(ann.item(id, "receive?dryRun=true", Bodies.receive("1")).version()).isEqualTo(2);
    assertThat(ann.item(id, "receive?dryRun=maybe", Bodies.receive("1")).status()).isEqualTo(400);
    assertThat(LOG.tenant("dry")).hasSize(1);
  }

  @Test
  void a_viewer_sends_no_commands() {
    User viewer = new User(node, CommandNode.token("roles", "ann", Role.VIEWER));
    assertThat(viewer.create("CHAI").status()).isEqualTo(403);
    assertThat(LOG.all("roles")).isEmpty();
  }
}
