package xalesin.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.command.CommandNode;
import xalesin.command.CommitOrder;
import xalesin.edge.Role;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;

/**
 * A whole company at random: clerks send commands at once to two services on one PostgreSQL, twice
 * now and then, while services crash; then the views apply what was committed, and crash too. After
 * every transaction of the log everything is held against models that know the rules only.
 *
 * <p>{@code -Dxalesin.seed=…} repeats what is drawn, though not the order in which clerks are
 * served; {@code -Dxalesin.commands=…} makes it longer.
 */
class CompanySimulationIT {
  private static final int COMMANDS = Integer.getInteger("xalesin.commands", 10_000);
  private static final int CLERKS = 6;

  /** A service crashes each time that so many requests have been answered. */
  private static final int REQUESTS_PER_CRASH = 1_200;

  /** Many times what it takes; a busy machine may need more than that again. */
  private static final long PATIENCE_MINUTES = Math.max(30, COMMANDS / 300);

  private static final String TENANT = tenantOfPartitionZero();

  private final long seed = Long.getLong("xalesin.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final Company company = new Company();
  private final Map<String, String> tokens = tokens();
  private final AtomicInteger requests = new AtomicInteger();
  @TempDir private Path folder;

  @Test
  void whatever_happens_the_log_the_books_and_the_views_agree() throws Exception {
    System.out.println("CompanySimulationIT seed " + seed);
    try {
      List<Answered> answered = new ArrayList<>();
      List<List<RecordedEvent>> log = work(answered);
      new LogCheck(log).check(answered);
      try (ViewsReplay views = new ViewsReplay(TENANT, random, folder)) {
        views.replay(log);
        checkThatMuchHappened(answered, views);
      }
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private List<List<RecordedEvent>> work(List<Answered> answered) throws Exception {
    Database database = TestServers.freshDatabase("company");
    try (Services services = new Services(database);
        CommitOrder order = new CommitOrder(database)) {
      Clerk founder = clerk("founder", services);
      founder.begin();
      answered.addAll(founder.answered());
      List<Clerk> clerks = new ArrayList<>();
      for (int i = 0; i < CLERKS; i++) {
        clerks.add(clerk("clerk" + i, services));
      }
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> working = new ArrayList<>();
        for (Clerk clerk : clerks) {
          Random crashes = new Random(random.nextLong());
          working.add(
              threads.submit(
                  () -> {
                    work(clerk, services, crashes);
                    return clerk;
                  }));
        }
        for (Future<?> each : working) {
          each.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        }
      }
      clerks.forEach(clerk -> answered.addAll(clerk.answered()));
      return order.committed(TENANT);
    }
  }

  private void work(Clerk clerk, Services services, Random crashes) throws Exception {
    while (clerk.commands() * CLERKS < COMMANDS) {
      clerk.next();
      if (requests.incrementAndGet() % REQUESTS_PER_CRASH == 0) {
        services.crash(crashes);
      }
    }
  }

  private Clerk clerk(String name, Services services) {
    return new Clerk(name, new Random(random.nextLong()), services, company, today, tokens);
  }

  /** So that nothing above has held because nothing was done. */
  private static void checkThatMuchHappened(List<Answered> answered, ViewsReplay views) {
    Map<String, Integer> done = new TreeMap<>();
    Map<String, Integer> refused = new TreeMap<>();
    for (Answered answer : answered) {
      if (answer.isDone()) {
        answer.request().commands().forEach(asked -> done.merge(asked.command(), 1, Integer::sum));
      } else {
        refused.merge(answer.problem(), 1, Integer::sum);
      }
    }
    assertThat(done.values().stream().mapToInt(count -> count).sum())
        .as("commands done, refused were %s", refused)
        .isGreaterThan(COMMANDS / 3);
    assertThat(refused)
        .as("rules that were broken")
        .hasSizeGreaterThan(20)
        .containsKeys("/problems/control-account", "/problems/control-account-fixed");
    assertThat(views.books().sales())
        .containsKeys("cancelled", "partially-shipped", "invoiced", "paid");
    assertThat(views.books().purchases()).containsKeys("cancelled", "received", "billed", "paid");
    assertThat(views.found()).as("rows found").isPositive();
  }

  private static Map<String, String> tokens() {
    Map<String, String> tokens = new TreeMap<>();
    for (String user : Set.of("ann", "ben", "zoe")) {
      tokens.put(user, CommandNode.token(TENANT, user, Role.ADMIN));
    }
    return tokens;
  }

  /** The test driver runs that one only. */
  private static String tenantOfPartitionZero() {
    int number = 0;
    while (Topics.partitionOf("company-" + number) != 0) {
      number++;
    }
    return "company-" + number;
  }
}
