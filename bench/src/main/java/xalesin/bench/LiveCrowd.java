package xalesin.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.Item;
import xalesin.bench.inventory.Tenant;
import xalesin.bench.live.Audience;
import xalesin.bench.live.Bystander;
import xalesin.bench.live.Follower;
import xalesin.bench.live.LiveClient;
import xalesin.bench.live.WatchedCommands;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.stack.ProcessProbe;
import xalesin.bench.stack.StackException;
import xalesin.edge.Role;

/**
 * Connections that follow the first items of their tenants, evenly over tenants and users, and
 * commands that change those items. Not thread-safe.
 */
final class LiveCrowd implements AutoCloseable {
  /** Items that are followed: a page. */
  static final int WATCHED = 50;

  /** Half of what a user may have: those of an earlier crowd may not be gone yet. */
  static final int PER_USER = 50;

  /** Enough that no command waits for a free connection. */
  private static final int SENDERS = 32;

  private static final Duration OPEN_LIMIT = Duration.ofMinutes(5);
  private static final Duration GONE_LIMIT = Duration.ofMinutes(2);

  /** How long after a run the last frames may take before they count as missing. */
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private final Session session;
  private final List<Audience> audiences;
  private final LiveClient live;
  private final int stopping;
  private final LoadClient commands;

  /**
   * @param tenants that follow: the first of the catalog
   * @param connections of all of them
   * @param windowMillis how long the server gathers changes
   * @param stoppedPercent of the connections that can be told to read no more
   */
  record Plan(int tenants, int connections, int windowMillis, int stoppedPercent) {
    /** Of a tenant's connections, evenly spread. */
    boolean stops(int number) {
      return (number + 1) * stoppedPercent / 100 > number * stoppedPercent / 100;
    }
  }

  private LiveCrowd(Session session, List<Audience> audiences, LiveClient live, int stopping)
      throws IOException, InterruptedException {
    this.session = session;
    this.audiences = audiences;
    this.live = live;
    this.stopping = stopping;
    this.commands =
        session.client(
            WatchedCommands.source(audiences, session.options.seed + session.nextMillis()),
            SENDERS);
  }

  /** Opens all connections and returns when each has its snapshot. */
  static LiveCrowd open(Session session, Catalog catalog, Plan plan)
      throws IOException, InterruptedException {
    List<Audience> audiences = new ArrayList<>();
    LiveClient live = new LiveClient(session.stack().http());
    int perTenant = catalog.items().size() / catalog.tenants().size();
    int added = 0;
    int stopped = 0;
    for (int t = 0; t < plan.tenants; t++) {
      List<Item> items = catalog.items().subList(t * perTenant, t * perTenant + WATCHED);
      Audience audience = new Audience(items);
      audiences.add(audience);
      String path =
          "/api/live?views=inventory-items&category=%s&limit=%d&window=%d"
              .formatted(items.getFirst().category(), WATCHED, plan.windowMillis);
      int count = (plan.connections - added) / (plan.tenants - t);
      byte[] request = new byte[0];
      for (int i = 0; i < count; i++) {
        if (i % PER_USER == 0) {
          request = request(session, catalog.tenants().get(t), i / PER_USER, path);
        }
        boolean stops = plan.stops(i);
        stopped += stops ? 1 : 0;
        live.add(request, stops ? new Bystander() : new Follower(audience, i), stops);
      }
      added += count;
    }
    LiveCrowd crowd = new LiveCrowd(session, audiences, live, stopped);
    long start = System.nanoTime();
    try {
      live.open(OPEN_LIMIT);
    } catch (IOException e) {
      crowd.close();
      throw new StackException(e.getMessage() + "; " + session.diagnosis(), e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    session.say(
        "%d live connections of %d tenants open after %.1f s, refused at first %d times",
        plan.connections, plan.tenants, seconds, live.counts().refused());
    return crowd;
  }

  private static byte[] request(Session session, Tenant tenant, int user, String path)
      throws IOException, InterruptedException {
    String token = Session.token(session.data(), tenant.name(), "viewer-" + user, Role.VIEWER);
    return """
        GET %s HTTP/1.1\r
        Host: %s\r
        Authorization: Bearer %s\r
        Accept: text/event-stream\r
        \r
        """
        .formatted(path, session.stack().http().getAuthority(), token)
        .getBytes(US_ASCII);
  }

  /** Commands at the rate, what they did to the followers kept under the name. */
  LiveRun run(Findings findings, String name, double rate, Duration length, long seed)
      throws IOException, InterruptedException {
    ProcessProbe probe = session.stack().probe();
    LiveClient.Counts countsBefore = live.counts();
    ProcessProbe.Usage before = probe.usage();
    long start = System.nanoTime();
    Outcome outcome = findings.keep(name, commands.run(Load.poisson(rate, length, seed)));
    Audience.Seen seen = drain();
    double seconds = (System.nanoTime() - start) / 1e9;
    LiveClient.Counts counts = live.counts().since(countsBefore);
    ProcessProbe.Usage used = probe.usage().since(before);
    LiveRun run = new LiveRun(seconds, seen, counts, used, outcome.failed());
    findings.evidence.put(
        name + ", followers",
        Map.of(
            "lastMillis", Evidence.millis(seen.last()),
            "shownBeforeTheAnswer", seen.early(),
            "changes", seen.changes(),
            "missing", seen.missing(),
            "frames", counts.frames(),
            "bytes", counts.bytes(),
            "lost", live.losses(),
            "clientCores", run.clientCores(),
            "serverCores", run.serverCores()));
    session.say(
        "%s: last follower p50 %.1f ms, p99 %.1f ms; %.0f changes/s in %.0f frames/s; server %.2f"
            + " cores, client %.2f",
        name,
        run.millis(50),
        run.millis(99),
        run.changesPerSecond(),
        run.framesPerSecond(),
        run.serverCores(),
        run.clientCores());
    if (!run.isWhole()) {
      findings.doubts.add(
          "%s: %d changes never came, connections lost: %s, %d commands failed"
              .formatted(name, seen.missing(), live.losses(), outcome.failed()));
    }
    return run;
  }

  private Audience.Seen drain() throws InterruptedException {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    Audience.Seen seen = Audience.Seen.nothing();
    for (Audience audience : audiences) {
      audience.await(deadline);
      seen = seen.plus(audience.take());
    }
    return seen;
  }

  /** The load without any measurement. */
  void warmUp(double rate, Duration length) throws IOException, InterruptedException {
    commands.run(Load.poisson(rate, length, session.nextMillis()));
    drain();
  }

  /** How many can be told to read no more. */
  int stopping() {
    return stopping;
  }

  void stopReading() {
    live.stopReading();
  }

  /** Closes the connections and waits until the server, which goes on writing, knows. */
  void leave() throws IOException, InterruptedException {
    live.close();
    long deadline = System.nanoTime() + GONE_LIMIT.toNanos();
    while (session.stack().metrics().sum("live_connections") > 0) {
      if (System.nanoTime() > deadline) {
        throw new StackException("the server keeps live connections that were closed");
      }
      commands.run(Load.constant(10.0 * audiences.size(), Duration.ofSeconds(1)));
    }
  }

  @Override
  public void close() throws IOException {
    live.close();
    commands.close();
  }
}
