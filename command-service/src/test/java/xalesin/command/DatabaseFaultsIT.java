package xalesin.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xalesin.command.CommandNode.Answer;
import xalesin.command.CommandNode.Bodies;
import xalesin.command.CommandNode.User;
import xalesin.edge.HealthCheck;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;

/** What is promised when the database goes away, and when it comes back. */
class DatabaseFaultsIT {
  private static final String KEY = "Idempotency-Key";
  private static final Database DATABASE = TestServers.freshDatabase("database_faults");
  private static final Log LOG = new Log(DATABASE);
  private static final FaultyProxy PROXY = new FaultyProxy(DATABASE);
  private static final CommandNode NODE = new CommandNode(PROXY.database());

  /** Generous: the machine may be busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String WAITING_FOR_LOCKS =
      """
      select count(*) from pg_locks join pg_database on pg_database.oid = pg_locks.database
      where not granted and datname = current_database()
      """;

  @AfterAll
  static void stop() {
    NODE.close();
    PROXY.close();
  }

  private static Answer untilAnswered(User user, String id, String body, String key) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Answer answer = user.item(id, "receive", body, KEY, key);
      if (answer.status() != 503) {
        return answer;
      }
      assertThat(answer.header("Retry-After")).isNotEmpty();
    }
    throw new AssertionError("not answered within " + PATIENCE);
  }

  @Test
  void a_commit_whose_answer_is_lost_is_not_called_a_failure_and_a_retry_finds_it()
      throws Exception {
    User ann = NODE.clerk("lost-answer");
    String id = ann.created("CHAI");
    CountDownLatch broken = PROXY.breakAfterNextCommit();
    Answer unknown = ann.item(id, "receive", Bodies.receive("5"), KEY, "k1");
    assertThat(broken.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(unknown.status()).isEqualTo(503);
    assertThat(unknown.problem()).isEqualTo("/problems/outcome-unknown");
    assertThat(unknown.header("Retry-After")).isNotEmpty();

    Answer retry = untilAnswered(ann, id, Bodies.receive("5"), "k1");
    assertThat(retry.status()).isEqualTo(200);
    assertThat(retry.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(retry.version()).isEqualTo(2);
    assertThat(LOG.stream("lost-answer", id)).hasSize(2);
  }

  @Test
  void a_connection_that_breaks_before_the_commit_costs_a_try_and_nothing_else() throws Exception {
    User ann = NODE.clerk("before-commit");
    String id = ann.created("CHAI");
    CountDownLatch broken = PROXY.breakBeforeNextCommit();
    Answer answer = ann.item(id, "receive", Bodies.receive("5"), KEY, "k1");
    assertThat(broken.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Idempotency-Replayed")).isEmpty();
    assertThat(LOG.stream("before-commit", id)).hasSize(2);
  }

  @Test
  void a_service_whose_very_first_connection_breaks_works_with_the_next() throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(DATABASE)) {
      CountDownLatch broken = proxy.breakAtIsolation();
      try (CommandNode node = new CommandNode(proxy.database())) {
        assertThat(broken.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(node.clerk("first").create("CHAI").status()).isEqualTo(201);
      }
    }
  }

  @Test
  void without_a_database_commands_are_turned_away_until_it_is_back() {
    User ann = NODE.clerk("away");
    String id = ann.created("CHAI");
    PROXY.disappear();
    Answer away = ann.item(id, "receive", Bodies.receive("5"), KEY, "k1");
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.problem()).isEqualTo("/problems/unavailable");
    assertThat(away.header("Retry-After")).isNotEmpty();
    HealthCheck.Status health = NODE.service.health().status().get();
    assertThat(health.up()).isFalse();
    assertThat(health.reason()).contains("PostgreSQL");

    PROXY.comeBack();
    Answer back = untilAnswered(ann, id, Bodies.receive("5"), "k1");
    assertThat(back.status()).isEqualTo(200);
    assertThat(back.version()).isEqualTo(2);
    assertThat(NODE.service.health().status().get().up()).isTrue();
  }

  @Test
  void with_all_connections_killed_again_and_again_each_command_happens_once() throws Exception {
    int clients = 16;
    int each = 25;
    User ann = NODE.clerk("killed");
    String id = UUID.randomUUID().toString();
    assertThat(ann.post("/api/inventory-items", Bodies.item(id, "CHAI")).status()).isEqualTo(201);
    Semaphore successes = new Semaphore(0);
    List<Integer> done =
        Together.run(
            clients + 1,
            client ->
                () -> {
                  if (client == clients) {
                    return killAfterEvery(successes, 20, clients * each);
                  }
                  for (int i = 0; i < each; i++) {
                    Answer answer = untilAnswered(ann, id, Bodies.receive("1"), client + "-" + i);
                    assertThat(answer.status()).isEqualTo(200);
                    successes.release();
                  }
                  return each;
                });
    assertThat(done.getLast()).as("kills").isGreaterThan(10);
    List<Log.Row> rows = LOG.stream("killed", id);
    assertThat(rows).hasSize(1 + clients * each);
    assertThat(rows.getLast().version()).isEqualTo(1 + clients * each);
    assertThat(LOG.count("select count(*) from xalesin.idempotency where tenant = 'killed'"))
        .isEqualTo((long) clients * each);
  }

  /** Kills the connections of every backend of the database each time so much has been done. */
  private static int killAfterEvery(Semaphore successes, int some, int all)
      throws InterruptedException {
    int kills = 0;
    for (int seen = some; seen < all; seen += some) {
      assertThat(successes.tryAcquire(some, PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      LOG.execute(
          """
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()
          """);
      kills++;
    }
    return kills;
  }

  @Test
  void a_full_queue_turns_commands_away_at_once() throws Exception {
    CommandConfig usual = CommandNode.config(DATABASE);
    CommandConfig tiny =
        new CommandConfig(
            usual.store(),
            1,
            4,
            usual.patience(),
            usual.cacheWeight(),
            usual.keepAnswers(),
            usual.forgetEvery());
    try (CommandNode node = new CommandNode(tiny);
        var blocker = DATABASE.connect()) {
      User ann = node.clerk("full");
      String id = ann.created("CHAI");
      blocker.setAutoCommit(false);
      try (var lock = blocker.createStatement()) {
        lock.execute("lock table xalesin.events in share row exclusive mode");
      }
      CountDownLatch turnedAway = new CountDownLatch(1);
      List<Answer> answers =
          Together.run(
              33,
              client ->
                  () -> {
                    if (client == 32) {
                      // Nothing can be stored now, so whoever is answered was turned away.
                      assertThat(turnedAway.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                      blocker.rollback();
                      return ann.item(id, "activate", "");
                    }
                    Answer answer = ann.item(id, "receive", Bodies.receive("1"));
                    if (answer.status() == 503) {
                      turnedAway.countDown();
                    }
                    return answer;
                  });
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 503)
          .isNotEmpty()
          .allMatch(answer -> !answer.header("Retry-After").isEmpty());
      long stored = answers.stream().filter(answer -> answer.status() == 200).count();
      assertThat(LOG.stream("full", id)).hasSizeLessThanOrEqualTo((int) stored + 1);
    }
  }

  @Test
  void a_command_that_waits_too_long_for_its_turn_is_not_executed() throws Exception {
    CommandConfig usual = CommandNode.config(DATABASE);
    Duration patience = Duration.ofSeconds(1);
    CommandConfig impatient =
        new CommandConfig(
            usual.store(),
            1,
            usual.queueCapacity(),
            patience,
            usual.cacheWeight(),
            usual.keepAnswers(),
            usual.forgetEvery());
    String id = NODE.clerk("late").created("CHAI");
    try (CommandNode node = new CommandNode(impatient);
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
        var blocker = DATABASE.connect()) {
      User ann = node.clerk("late");
      blocker.setAutoCommit(false);
      try (var lock = blocker.createStatement()) {
        lock.execute("lock table xalesin.events in share row exclusive mode");
      }
      // Its own turn may come too late as well, on a machine that stands still for a second.
      Future<Answer> first =
          senders.submit(() -> untilAnswered(ann, id, Bodies.receive("1"), "first"));
      await().atMost(PATIENCE).until(() -> LOG.count(WAITING_FOR_LOCKS) > 0);
      Future<Answer> second = senders.submit(() -> ann.item(id, "receive", Bodies.receive("2")));
      await()
          .atMost(PATIENCE)
          .until(() -> node.registry.get("command.queue.depth").gauge().value() == 1);
      long tooLate = System.nanoTime() + patience.toNanos();
      await().until(() -> System.nanoTime() > tooLate);
      blocker.rollback();

      assertThat(first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(200);
      Answer late = second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(late.status()).isEqualTo(503);
      assertThat(late.problem()).isEqualTo("/problems/unavailable");
      assertThat(late.body().path("detail").asText())
          .isEqualTo("It has waited too long for its turn; nothing has happened.");
      assertThat(late.header("Retry-After")).isNotEmpty();
      assertThat(LOG.stream("late", id)).hasSize(2);
    }
  }

  @Test
  void what_was_taken_in_is_settled_before_the_service_ends() throws Exception {
    List<Answer> answers;
    String id;
    try (CommandNode node = new CommandNode(DATABASE)) {
      User ann = node.clerk("closing");
      id = ann.created("CHAI");
      answers =
          Together.run(
              33,
              client ->
                  () -> {
                    if (client == 32) {
                      node.service.close();
                      return ann.item(id, "activate", "");
                    }
                    return ann.item(id, "receive", Bodies.receive("1"));
                  });
    }
    assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 503);
    long stored = answers.subList(0, 32).stream().filter(answer -> answer.status() == 200).count();
    assertThat(LOG.stream("closing", id)).hasSize(1 + (int) stored);
  }
}
