package xalesin.bench;

import java.io.IOException;
import java.util.List;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.report.Report;
import xalesin.bench.stack.FileLimit;

/** Live connections by the thousand. */
final class LiveBench implements Bench {
  static final String MISSING = "changes never delivered";
  static final String LOST = "connections lost";

  /** What a server allows. */
  static final int MAX_PER_TENANT = 2_000;

  private static final int ITEMS_PER_TENANT = 200;

  /** For commands, reads of this benchmark and connections that the server does not know gone. */
  private static final int SPARE_CONNECTIONS = 1_000;

  /** What either process has open beside live connections: stores, logs, Kafka, PostgreSQL. */
  private static final int SPARE_FILES = 1_500;

  @Override
  public String name() {
    return "live";
  }

  @Override
  public String question() {
    return "How long does it take from a command's answer until the last of thousands of live"
        + " connections has the change, how much is delivered, and what does a connection cost?";
  }

  @Override
  public String baseline() {
    return "a Node stack on the same kind of machine: 10,000 connections, 103,000 deliveries/s, p50"
        + " 108 ms, p99 267 ms, 12–17 KB a connection; with --fan-out bytes encoded beforehand and"
        + " only written, to as many connections of the same server in the same run; with --stopped"
        + " the same connections before some stop";
  }

  @Override
  public List<String> method() {
    return List.of(
        "Each connection (SSE) follows the first "
            + LiveCrowd.WATCHED
            + " items of a category of its tenant, users have "
            + LiveCrowd.PER_USER
            + " connections each; commands (Poisson arrivals, spread evenly) receive stock of these"
            + " items, so that every command concerns every connection of its tenant.",
        "One client thread reads all connections and parses every frame: a connection has a command"
            + " when a frame has brought it the item's row in the version of the command's event, or"
            + " a later one. Time runs from the command's answer, read by the client on the same"
            + " machine, to the last connection's frame; 0 when that came before the answer.",
        "A change that a connection of the tenant has not been sent a minute after the run is missing; a"
            + " frame out of order, a second snapshot or a reset ends the connection, which is then"
            + " lost. Either fails the benchmark. What is counted a second is counted until the last"
            + " change has come.",
        "Memory: resident set (VmRSS) of the server's JVM, and its objects after a full collection"
            + " (jcmd GC.class_histogram), before and after the connections were opened, and nothing"
            + " was sent but their snapshots; the warm-up had as many connections, closed again. What"
            + " the system keeps for sockets is not in it.",
        "--fan-out: as few tenants as the limit of 2,000 connections each allows; commands faster and"
            + " faster, until frames a second no longer grow or the last connection is a second"
            + " behind. Then as many connections that are only written to, round after round, each as"
            + " soon as the one before the last has arrived everywhere.",
        "--stopped: one tenant. Those that stop had small receive buffers and are not among the"
            + " others in either half. They count as stopped once the server finds that a write to"
            + " them does not end (live_superseded_total), as gone when it broke them off"
            + " (live_stalled_total); looked at four times a second.");
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    Options options = session.options;
    if (options.url != null) {
      throw new IllegalArgumentException("live starts its own server: leave out --url");
    }
    boolean plain = !options.fanOut && options.stopped == null;
    int most = 0;
    int tenants = 0;
    if (plain) {
      most = checked(LivePush.connections(options), LivePush.tenants(options));
      tenants = LivePush.tenants(options);
    }
    if (options.fanOut) {
      most = checked(LivePush.connections(options), LiveFanOut.tenants(options));
      tenants = LiveFanOut.tenants(options);
    }
    if (options.stopped != null) {
      int connections = LiveStopped.connections(options);
      most = Math.max(most, checked(connections, LiveStopped.tenants(options)));
      tenants = Math.max(tenants, LiveStopped.tenants(options));
    }
    start(session, findings, most);
    Catalog catalog = session.catalog(tenants, ITEMS_PER_TENANT, LiveCrowd.WATCHED, findings);
    if (plain) {
      LivePush.measure(session, findings, catalog);
    }
    if (options.fanOut) {
      LiveFanOut.measure(session, findings, catalog);
    }
    if (options.stopped != null) {
      LiveStopped.measure(session, findings, catalog);
    }
  }

  private static int checked(int connections, int tenants) {
    if (connections > tenants * MAX_PER_TENANT || connections < tenants) {
      throw new IllegalArgumentException(
          "%d connections of %d tenants: each has at least one and at most %d"
              .formatted(connections, tenants, MAX_PER_TENANT));
    }
    return connections;
  }

  private static void start(Session session, Findings findings, int connections)
      throws IOException, InterruptedException {
    int files = connections + SPARE_FILES;
    FileLimit.require("self", "this program", files);
    String most = Integer.toString(connections + SPARE_CONNECTIONS);
    long server = session.stack("--bench-routes", "--max-connections", most).ready().pid();
    FileLimit.require(Long.toString(server), "the server", files);
    findings.set("--max-connections of the server", most);
  }

  @Override
  public boolean failed(Report report) {
    return report.figures().stream()
        .filter(figure -> figure.name().endsWith(MISSING) || figure.name().endsWith(LOST))
        .anyMatch(figure -> Boolean.FALSE.equals(figure.met()));
  }
}
