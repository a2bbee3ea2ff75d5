package xalesin.command.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xalesin.command.CommandService;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.Decision;
import xalesin.command.decision.Plan;
import xalesin.command.inventory.InventoryItem;
import xalesin.command.inventory.InventoryItemDecider;
import xalesin.command.inventory.InventoryItemRefusal;
import xalesin.command.settings.DefaultCompany;
import xalesin.command.store.EventStore;
import xalesin.command.store.StoreConfig;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent;

/** What no route asks for yet: decisions on several streams, very long streams, damage. */
class CommandHandlerIT {
  private static final Aggregate<InventoryItem, InventoryItemCommand, InventoryItemEvent> ITEMS =
      InventoryItemDecider.AGGREGATE;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Predicate<Reply> NOT_NOW = Reply.NotNow.class::isInstance;
  private static final String WAITING_FOR_LOCKS =
      """
      select count(*) from pg_locks join pg_database on pg_database.oid = pg_locks.database
      where not granted and datname = current_database()
      """;

  private static final Money COST = Money.of("2", "EUR");
  private static final Database DATABASE = TestServers.freshDatabase("handler");
  private static final EventStore STORE =
      EventStore.open(
          StoreConfig.of(DATABASE.jdbcUrl(), DATABASE.user(), DATABASE.password()).withSlot(""));
  private static final CommandHandler HANDLER = handler();

  @AfterAll
  static void stop() {
    HANDLER.close();
    STORE.close();
  }

  private static CommandHandler handler() {
    return handler(2, 1_000);
  }

  private static CommandHandler handler(int lanes, int queueCapacity) {
    return new CommandHandler(
        STORE,
        new Aggregates(CommandService.AGGREGATES, DefaultCompany.FOUNDING),
        lanes,
        queueCapacity,
        Duration.ofMinutes(2),
        100_000,
        new SimpleMeterRegistry());
  }

  private static Submission submission(String tenant, Plan... plans) {
    return new Submission(
        tenant,
        Arrays.stream(plans).map(plan -> new Step(plan, Ids.next(), null)).toList(),
        new Submission.Context(
            Instant.parse("2026-11-22T09:30:00.123456Z"), "ann", "c1", null, null),
        false,
        null);
  }

  private static Outcome outcome(CommandHandler handler, String tenant, Plan... plans)
      throws InterruptedException {
    Reply reply = handler.handle(submission(tenant, plans));
    assertThat(reply).isInstanceOf(Reply.Decided.class);
    return ((Reply.Decided) reply).outcome();
  }

  private static UUID item(String tenant, String sku, String stock) throws InterruptedException {
    UUID id = UUID.randomUUID();
    outcome(
        HANDLER,
        tenant,
        ITEMS.plan(
            id,
            new InventoryItemCommand.Create(
                id, sku, "Something", null, null, null, COST, null, null)),
        ITEMS.plan(id, new InventoryItemCommand.Receive(Quantity.of(stock), "A", COST)));
    return id;
  }

  /** Makes some of one item into some of another. */
  private static Plan assemble(UUID from, UUID to, String quantity) {
    StreamName part = ITEMS.stream(from);
    StreamName whole = ITEMS.stream(to);
    return Plan.of(
        whole,
        (_, states) -> {
          var taken =
              InventoryItemDecider.decide(
                  new InventoryItemCommand.Issue(Quantity.of(quantity), "A", "assembled"),
                  (InventoryItem) states.of(part));
          return switch (taken) {
            case Decision.Refused<InventoryItemEvent>(var refusal) -> new Plan.Refuse(refusal);
            case Decision.Accepted<InventoryItemEvent>(var events) ->
                new Plan.Append(
                    List.of(
                        new Plan.StreamEvents(part, events),
                        new Plan.StreamEvents(
                            whole,
                            List.of(
                                new InventoryItemEvent.StockReceived(
                                    "A", Quantity.of(quantity), COST, COST, COST, null)))));
          };
        });
  }

  private static long count(String sql) throws Exception {
    try (Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void a_decision_on_several_streams_is_appended_to_all_of_them_at_once() throws Exception {
    UUID part = item("several", "PART", "5");
    UUID whole = item("several", "WHOLE", "1");
    Outcome done = outcome(HANDLER, "several", assemble(part, whole, "3"));
    assertThat(done).isInstanceOf(Outcome.Done.class);
    Outcome.Result result = ((Outcome.Done) done).results().getFirst();
    assertThat(result.target()).isEqualTo(ITEMS.stream(whole));
    assertThat(result.version()).isEqualTo(3);
    assertThat(result.events()).hasSize(2);
    assertThat(
            count(
                """
                select count(*) from xalesin.events where version = 3 and tenant = 'several'
                  and transaction_id = (select transaction_id from xalesin.events
                    where tenant = 'several' and version = 3 limit 1)
                """))
        .isEqualTo(2);
  }

  @Test
  void a_decision_on_several_streams_sees_what_another_service_did_to_any_of_them()
      throws Exception {
    UUID part = item("several-two", "PART", "5");
    UUID whole = item("several-two", "WHOLE", "1");
    try (CommandHandler other = handler()) {
      outcome(other, "several-two", assemble(part, whole, "2"));
      assertThat(outcome(HANDLER, "several-two", assemble(part, whole, "4")))
          .isInstanceOf(Outcome.Refused.class);
      assertThat(outcome(HANDLER, "several-two", assemble(part, whole, "3")))
          .isInstanceOf(Outcome.Done.class);
      assertThat(outcome(other, "several-two", assemble(part, whole, "1")))
          .isInstanceOf(Outcome.Refused.class);
    }
    assertThat(count("select max(version) from xalesin.events where tenant = 'several-two'"))
        .isEqualTo(4);
  }

  @Test
  void a_refused_step_takes_the_steps_before_it_with_it() throws Exception {
    UUID id = item("steps", "CHAI", "5");
    Plan take = ITEMS.plan(id, new InventoryItemCommand.Issue(Quantity.of(3), "A", "sold"));
    Outcome refused = outcome(HANDLER, "steps", take, take);
    assertThat(refused).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) refused).step()).isEqualTo(1);
    assertThat(outcome(HANDLER, "steps", take)).isInstanceOf(Outcome.Done.class);
    assertThat(
            count(
                "select count(*) from xalesin.events where tenant = 'steps' and stream = '%s'"
                    .formatted(ITEMS.stream(id))))
        .isEqualTo(3);
  }

  /** Finds one more of the whole, if so many are there; looks at a part on the way. */
  private static Plan findAnother(UUID whole, int there, UUID part) {
    StreamName stream = ITEMS.stream(whole);
    return Plan.of(
        stream,
        (_, states) -> {
          InventoryItem.Live item = (InventoryItem.Live) states.of(stream);
          if (!item.onHand().equals(Quantity.of(there))) {
            return new Plan.Refuse(new InventoryItemRefusal.QuantityOutOfRange());
          }
          assertThat(states.of(ITEMS.stream(part))).isInstanceOf(InventoryItem.Live.class);
          return new Plan.Append(
              List.of(
                  new Plan.StreamEvents(
                      stream,
                      List.of(
                          new InventoryItemEvent.StockAdjusted(
                              "A", Quantity.of(1), "found", null, null)))));
        });
  }

  @Test
  void many_steps_that_each_rest_on_the_last_and_look_at_what_nobody_knows_are_decided()
      throws Exception {
    UUID whole = item("chain", "WHOLE", "1");
    Plan[] steps = new Plan[40];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = findAnother(whole, i + 1, item("chain", "PART-" + i, "1"));
    }
    try (CommandHandler fresh = handler()) {
      assertThat(outcome(fresh, "chain", steps)).isInstanceOf(Outcome.Done.class);
    }
    assertThat(
            count(
                "select count(*) from xalesin.events where tenant = 'chain' and stream = '%s'"
                    .formatted(ITEMS.stream(whole))))
        .isEqualTo(42);
  }

  @Test
  void a_stream_of_a_hundred_thousand_events_is_folded() throws Exception {
    UUID id = item("long", "CHAI", "1");
    try (Connection connection = DATABASE.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into xalesin.events (tenant, stream, version, id, type, schema_version, data,
                  recorded_at, actor, correlation_id)
                select 'long', ?, version, gen_random_uuid(), 'StockAdjusted', 1,
                  '{"location":"A","quantity":"1","reason":"found"}', now(), 'ann', 'c'
                from generate_series(3, 100000) as version
                """)) {
      insert.setString(1, ITEMS.stream(id).toString());
      insert.executeUpdate();
    }
    try (CommandHandler fresh = handler()) {
      Outcome done =
          outcome(
              fresh,
              "long",
              ITEMS.plan(id, new InventoryItemCommand.Issue(Quantity.of(99_999), "A", "sold")));
      assertThat(done).isInstanceOf(Outcome.Done.class);
      assertThat(((Outcome.Done) done).results().getFirst().version()).isEqualTo(100_001);
    }
  }

  @Test
  void a_damaged_stream_fails_its_own_commands_and_no_others() throws Exception {
    UUID damaged = item("damage", "BAD", "1");
    UUID sound = item("damage", "GOOD", "1");
    try (Connection connection = DATABASE.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into xalesin.events (tenant, stream, version, id, type, schema_version, data,
                  recorded_at, actor, correlation_id)
                values ('damage', ?, 3, gen_random_uuid(), 'FromTheFuture', 9, '{}', now(), 'a', 'c')
                """)) {
      insert.setString(1, ITEMS.stream(damaged).toString());
      insert.executeUpdate();
    }
    InventoryItemCommand take = new InventoryItemCommand.Issue(Quantity.of(1), "A", "sold");
    try (CommandHandler fresh = handler()) {
      var first = fresh.submit(submission("damage", ITEMS.plan(damaged, take)), 0);
      var second = fresh.submit(submission("damage", ITEMS.plan(sound, take)), 0);
      assertThat(CommandHandler.await(first)).isInstanceOf(Reply.Failed.class);
      assertThat(CommandHandler.await(second)).isInstanceOf(Reply.Decided.class);
    }
  }

  @Test
  void an_event_that_postgres_refuses_fails_alone() throws Exception {
    UUID sound = item("poison", "GOOD", "100");
    StreamName stream = ITEMS.stream(UUID.randomUUID());
    Plan poison =
        Plan.of(
            stream,
            (_, _) ->
                new Plan.Append(
                    List.of(
                        new Plan.StreamEvents(
                            stream,
                            List.of(
                                new InventoryItemEvent.Created(
                                    "NUL\u0000",
                                    "n",
                                    "",
                                    "c",
                                    "u",
                                    COST,
                                    Quantity.ZERO,
                                    false))))));
    Plan take = ITEMS.plan(sound, new InventoryItemCommand.Issue(Quantity.of(1), "A", "sold"));
    for (int i = 0; i < 10; i++) {
      var before = HANDLER.submit(submission("poison", take), 0);
      var bad = HANDLER.submit(submission("poison", poison), 0);
      var after = HANDLER.submit(submission("poison", take), 0);
      assertThat(CommandHandler.await(before)).isInstanceOf(Reply.Decided.class);
      assertThat(CommandHandler.await(bad)).isInstanceOf(Reply.Failed.class);
      assertThat(CommandHandler.await(after)).isInstanceOf(Reply.Decided.class);
    }
    assertThat(
            count(
                "select max(version) from xalesin.events where tenant = 'poison' and stream = '%s'"
                    .formatted(ITEMS.stream(sound))))
        .isEqualTo(22);
  }

  private static Submission newItem(String tenant) {
    UUID id = UUID.randomUUID();
    return submission(
        tenant,
        ITEMS.plan(
            id,
            new InventoryItemCommand.Create(
                id, id.toString(), "Something", null, null, null, COST, null, null)));
  }

  @Test
  void a_tenant_fills_half_of_a_lane_and_leaves_the_rest_to_others() throws Exception {
    try (CommandHandler oneLane = handler(1, 8);
        ExecutorService streams = Executors.newVirtualThreadPerTaskExecutor();
        Connection blocker = DATABASE.connect()) {
      blocker.setAutoCommit(false);
      try (Statement lock = blocker.createStatement()) {
        lock.execute("lock table xalesin.events in share row exclusive mode");
      }
      List<CompletableFuture<Reply>> taken = new ArrayList<>();
      taken.add(oneLane.submit(newItem("greedy"), 0));
      await().atMost(PATIENCE).until(() -> count(WAITING_FOR_LOCKS) > 0);
      for (int i = 0; i < 4; i++) {
        taken.add(oneLane.submit(newItem("greedy"), 0));
      }
      assertThat(oneLane.submit(newItem("greedy"), 0)).isCompletedWithValueMatching(NOT_NOW);
      assertThat(oneLane.submit(newItem("greedy"), 1)).isCompletedWithValueMatching(NOT_NOW);
      Future<List<CompletableFuture<Reply>>> patient =
          streams.submit(() -> List.of(oneLane.submit(newItem("greedy"), PATIENCE.toMillis())));
      for (int i = 0; i < 4; i++) {
        taken.add(oneLane.submit(newItem("modest"), 0));
      }
      assertThat(taken).as("none is turned away").noneMatch(CompletableFuture::isDone);
      assertThat(oneLane.submit(newItem("third"), 0)).isCompletedWithValueMatching(NOT_NOW);
      blocker.rollback();

      taken.addAll(patient.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      for (CompletableFuture<Reply> reply : taken) {
        assertThat(CommandHandler.await(reply)).isInstanceOf(Reply.Decided.class);
      }
      for (int round = 0; round < 20; round++) { // No place is lost on the way.
        outcome(oneLane, "greedy", newItem("greedy").steps().getFirst().plan());
      }
    }
  }
}
