package xalesin.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.client.LiveClient;
import xalesin.client.LiveClientConfig;
import xalesin.client.LiveQuestion;
import xalesin.client.TokenSource;
import xalesin.edge.LocalKeys;
import xalesin.edge.Role;

/**
 * What the clients in Java and TypeScript have equals a fresh read, while random things happen to
 * the items, a proxy cuts, falls silent, slows and repeats, and the whole node is killed with
 * SIGKILL and started again. {@code -Dxalesin.live.comparisons=…} makes it longer, {@code
 * -Dxalesin.live.kills=…} kills more often, {@code -Dxalesin.live.seed=…} draws the same again.
 */
class LiveClientsKillE2E {
  private static final int COMPARISONS = Integer.getInteger("xalesin.live.comparisons", 300);
  private static final int KILLS = Integer.getInteger("xalesin.live.kills", 1);

  /** Of the first items rows are followed by id. */
  private static final int KEPT = 4;

  private static final String ITEMS = "inventory-items";
  private static final Duration WINDOW = Duration.ofMillis(10);
  private static final Duration TOKEN_LIFE = Duration.ofHours(2);

  @TempDir private Path folder;

  @Test
  void applied_frames_equal_a_fresh_read_through_kills_and_a_hostile_proxy() throws Exception {
    long seed = Long.getLong("xalesin.live.seed", System.nanoTime());
    System.out.println("LiveClientsKillE2E seed " + seed);
    Random random = new Random(seed);
    Path data = folder.resolve("data");
    int port = freePort();
    UpProcess first = UpProcess.start(folder, data, port);
    LocalKeys keys = LocalKeys.load(data.resolve(LocalKeys.FILE));
    String token = keys.sign("live-java", "clerk", List.of(Role.CLERK), TOKEN_LIFE);
    Path nodeLog = folder.resolve("node.log");
    ExecutorService killer = Executors.newSingleThreadExecutor();
    Future<UpProcess> running = killer.submit(() -> first);
    Process node = null;
    try (FaultProxy proxy = new FaultProxy(port, random.nextLong());
        LiveClient client = LiveClient.of(config(proxy, token));
        ItemStory story = new ItemStory(first.http(), token, random)) {
      TypeScriptClient.build(nodeLog);
      node =
          TypeScriptClient.start(
              nodeLog,
              Map.of(
                  "LIVE",
                  "http://127.0.0.1:" + proxy.port(),
                  "SERVER",
                  first.http().toString(),
                  "TOKEN",
                  keys.sign("live-typescript", "clerk", List.of(Role.CLERK), TOKEN_LIFE),
                  "COMPARISONS",
                  Integer.toString(COMPARISONS / 4),
                  "SEED",
                  Integer.toString(random.nextInt())),
              "node",
              "test/checker.js");
      for (int i = 0; i < 12; i++) {
        story.create();
      }
      List<LiveChecker> checkers = checkers(client, story);
      int instants = 0;
      int killed = 0;
      int done = 0;
      while (done < COMPARISONS) {
        if (killed < KILLS && done >= (long) COMPARISONS * (killed + 1) / (KILLS + 1)) {
          killed++;
          System.out.printf("kill %d after %d comparisons%n", killed, done);
          running = restarted(running, killer, data, port);
        }
        int burst = 1 + random.nextInt(3);
        for (int i = 0; i < burst; i++) {
          story.happen(KEPT);
          for (LiveChecker checker : checkers) {
            if (checker.equalsAtOneInstant(story)) {
              instants++;
              done++;
            }
          }
        }
        for (LiveChecker checker : checkers) {
          checker.equalsAll(story);
          done++;
        }
      }
      node.getOutputStream().close();
      TypeScriptClient.expectSuccess(node, nodeLog);
      System.out.printf(
          "Java: %d comparisons, %d of them at one instant; %s%n",
          done, instants, client.statistics());
      System.out.println("TypeScript: " + Files.readAllLines(nodeLog).getLast());
      System.out.printf(
          "%d kills; proxy: %d cuts, %d silences, %d slowed, %d repeats%n",
          killed, proxy.cuts(), proxy.silences(), proxy.slowed(), proxy.repeats());
      assertThat(killed).isEqualTo(KILLS);
      assertThat(instants).isPositive();
      assertThat(proxy.cuts()).isPositive();
      assertThat(client.statistics().repeats()).isPositive();
      assertThat(client.statistics().resumes()).isPositive();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    } finally {
      if (node != null) {
        node.destroyForcibly();
      }
      running.get().process().stop();
      killer.shutdown();
    }
  }

  /** Killed while the story goes on. */
  private Future<UpProcess> restarted(
      Future<UpProcess> running, ExecutorService killer, Path data, int port) throws Exception {
    UpProcess victim = running.get();
    return killer.submit(
        () -> {
          victim.process().kill();
          return UpProcess.start(folder, data, port);
        });
  }

  private static LiveClientConfig config(FaultProxy proxy, String token) {
    return LiveClientConfig.of(
            URI.create("http://127.0.0.1:" + proxy.port()), TokenSource.of(token))
        .withTimes(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMillis(100));
  }

  private static List<LiveChecker> checkers(LiveClient client, ItemStory story) {
    String two = story.ids().get(0) + "," + story.ids().get(1);
    List<LiveChecker> checkers = new ArrayList<>();
    checkers.add(
        new LiveChecker(ITEMS, "/api/inventory-items?limit=500", false)
            .follow(client, LiveQuestion.views(ITEMS, "accounts").within(WINDOW)));
    checkers.add(
        new LiveChecker(ITEMS, "/api/inventory-items?id=" + two, false)
            .follow(client, LiveQuestion.rows(ITEMS, List.of(two.split(","))).within(WINDOW)));
    checkers.add(
        list(client, ITEMS, Map.of("status", "active", "sort", "-updatedAt", "limit", "5"), null));
    checkers.add(list(client, ITEMS, Map.of("category", "c1", "limit", "3"), WINDOW));
    checkers.add(
        list(client, "stock-movements", Map.of("item", story.ids().get(2), "limit", "4"), WINDOW));
    return checkers;
  }

  private static LiveChecker list(
      LiveClient client, String view, Map<String, String> parameters, @Nullable Duration window) {
    LiveQuestion question = LiveQuestion.list(view, parameters);
    String query =
        String.join(
            "&", parameters.entrySet().stream().map(p -> p.getKey() + "=" + p.getValue()).toList());
    return new LiveChecker(view, "/api/" + view + "?" + query, true)
        .follow(client, window == null ? question : question.within(window));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
