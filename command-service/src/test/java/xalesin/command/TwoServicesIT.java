package xalesin.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xalesin.command.CommandNode.Answer;
import xalesin.command.CommandNode.Bodies;
import xalesin.command.CommandNode.User;
import xalesin.command.inventory.InventoryItem;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;
import xalesin.schemas.inventory.InventoryItemEvent;

/** Two command services on one database: neither can be wrong because of what the other did. */
class TwoServicesIT {
  private static final long SEED = 20_261_122;
  private static final Database DATABASE = TestServers.freshDatabase("two_services");
  private static final Log LOG = new Log(DATABASE);
  private static final CommandNode ONE = new CommandNode(DATABASE);
  private static final CommandNode OTHER = new CommandNode(DATABASE);

  @AfterAll
  static void stop() {
    ONE.close();
    OTHER.close();
  }

  @Test
  void a_refusal_is_not_decided_on_what_was_before_the_other_service_wrote() {
    User here = ONE.clerk("refusal");
    User there = OTHER.clerk("refusal");
    String id = here.created("CHAI");
    there.item(id, "receive", Bodies.receive("5"));
    assertThat(here.item(id, "issue", Bodies.issue("5")).status()).isEqualTo(200);
    here.item(id, "receive", Bodies.receive("1"));
    there.item(id, "issue", Bodies.issue("1"));
    assertThat(here.item(id, "issue", Bodies.issue("1")).problem())
        .isEqualTo("/problems/insufficient-stock");
  }

  @Test
  void a_moved_version_is_seen_through_an_old_cache() {
    User here = ONE.clerk("moved");
    User there = OTHER.clerk("moved");
    String id = here.created("CHAI");
    there.item(id, "receive", Bodies.receive("5"));
    assertThat(here.item(id, "receive", Bodies.receive("1"), "If-Match", "\"1\"").status())
        .isEqualTo(412);
    there.item(id, "receive", Bodies.receive("5"));
    Answer knowsMore = here.item(id, "receive", Bodies.receive("1"), "If-Match", "\"3\"");
    assertThat(knowsMore.status()).isEqualTo(200);
    assertThat(knowsMore.version()).isEqualTo(4);
  }

  @Test
  void what_has_nothing_to_do_here_may_have_there() {
    User here = ONE.clerk("nothing");
    User there = OTHER.clerk("nothing");
    String id = here.created("CHAI");
    there.item(id, "deactivate", "");
    Answer activated = here.item(id, "activate", "");
    assertThat(activated.version()).isEqualTo(3);
    assertThat(activated.body().path("events").size()).isEqualTo(1);
    there.item(id, "receive", Bodies.receive("1"));
    Answer nothing = here.item(id, "activate", "");
    assertThat(nothing.body().path("events").isEmpty()).isTrue();
    assertThat(nothing.version()).as("the version that is newest now").isEqualTo(4);
  }

  @Test
  void what_was_deleted_elsewhere_is_deleted_here() {
    User here = ONE.clerk("deleted");
    String id = here.created("CHAI");
    OTHER.clerk("deleted").send("DELETE", "/api/inventory-items/" + id, "");
    assertThat(here.item(id, "activate", "").problem()).isEqualTo("/problems/item-deleted");
    assertThat(here.item(id, "receive", Bodies.receive("1")).problem())
        .isEqualTo("/problems/item-deleted");
  }

  @Test
  void a_dry_run_tells_what_would_be_now() {
    User here = ONE.clerk("dry");
    User there = OTHER.clerk("dry");
    String id = here.created("CHAI");
    there.item(id, "receive", Bodies.receive("5"));
    Answer wouldBe = here.item(id, "issue?dryRun=true", Bodies.issue("5"));
    assertThat(wouldBe.status()).isEqualTo(200);
    assertThat(wouldBe.version()).isEqualTo(3);
    there.item(id, "issue", Bodies.issue("5"));
    assertThat(here.item(id, "issue?dryRun=true", Bodies.issue("1")).status()).isEqualTo(409);
  }

  @Test
  void of_many_who_want_a_sku_at_both_services_one_gets_it() throws Exception {
    User here = ONE.clerk("race");
    User there = OTHER.clerk("race");
    for (int round = 0; round < 10; round++) {
      String sku = "SKU-" + round;
      List<Answer> answers = Together.run(16, i -> () -> (i % 2 == 0 ? here : there).create(sku));
      assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> answer.problem().equals("/problems/sku-taken"))
          .hasSize(15);
    }
    assertThat(
            LOG.count("select count(*) from xalesin.claims where tenant = 'race' and kind = 'sku'"))
        .isEqualTo(10);
    assertThat(
            LOG.count(
                "select count(*) from xalesin.events"
                    + " where tenant = 'race' and type = 'TenantEstablished'"))
        .as("founded once")
        .isEqualTo(1);
  }

  @Test
  void a_tenant_that_begins_at_both_services_at_once_is_founded_once() throws Exception {
    for (int round = 0; round < 25; round++) {
      String tenant = "begins-" + round;
      List<Answer> answers =
          Together.run(8, i -> () -> (i % 2 == 0 ? ONE : OTHER).clerk(tenant).create("SKU-" + i));
      assertThat(answers).allMatch(answer -> answer.status() == 201);
      assertThat(LOG.tenant(tenant)).as("beside its founding").hasSize(8);
    }
  }

  @Test
  void under_load_at_both_versions_have_no_gaps_and_stock_is_never_negative() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String id = UUID.randomUUID().toString();
      assertThat(ONE.clerk("load").post("/api/inventory-items", Bodies.item(id, "S" + i)).status())
          .isEqualTo(201);
      ids.add(id);
    }
    List<Map<Integer, Integer>> counts =
        Together.run(
            32,
            client ->
                () -> {
                  Random random = new Random(SEED + client);
                  User user = (client % 2 == 0 ? ONE : OTHER).clerk("load");
                  Map<Integer, Integer> statuses = new HashMap<>();
                  for (int i = 0; i < 40; i++) {
                    String id = ids.get(random.nextInt(ids.size()));
                    Answer answer =
                        random.nextInt(3) == 0
                            ? user.item(id, "receive", Bodies.receive("3"))
                            : user.item(id, "issue", Bodies.issue("2"));
                    statuses.merge(answer.status(), 1, Integer::sum);
                  }
                  return statuses;
                });
    Map<Integer, Integer> total = new HashMap<>();
    counts.forEach(count -> count.forEach((status, n) -> total.merge(status, n, Integer::sum)));
    assertThat(total.keySet()).as("statuses, seed %d", SEED).containsOnly(200, 409);
    int events = 0;
    for (String id : ids) {
      InventoryItem item = InventoryItem.NONE;
      long expected = 0;
      for (Log.Row row : LOG.stream("load", id)) {
        assertThat(row.version()).isEqualTo(++expected);
        item = InventoryItem.evolve(item, (InventoryItemEvent) row.event());
        assertThat(((InventoryItem.Live) item).onHand().signum()).isNotNegative();
      }
      events += (int) expected;
    }
    assertThat(events)
        .as("every success is there once")
        .isEqualTo(ids.size() + total.getOrDefault(200, 0));
    assertThat(
            ONE.registry.counter("command.conflicts").count()
                + OTHER.registry.counter("command.conflicts").count())
        .as("they did meet")
        .isPositive();
  }
}
