package xalesin.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xalesin.bench.past.Resource;

/** What every benchmark can be told; picocli fills it in. */
final class Options {
  /** Warm enough for the JIT to have compiled what counts: throughput doubles until about here. */
  private static final int WARM_UP_SECONDS = 120;

  private static final int MAX_RUNS = 100;

  /** Fewer have no page of 50 in every group, more do not fit a small machine. */
  private static final int MIN_ROWS = 200;

  private static final int MAX_ROWS = 2_000_000;
  private static final int MAX_SECONDS = 3_600;

  /** What ephemeral ports there are allow to one address, and more than a small machine bears. */
  private static final int MAX_CONNECTIONS = 25_000;

  private static final int MAX_TENANTS = 1_000;
  private static final int MAX_RATE = 10_000;

  @Option(
      names = "--quick",
      description =
          "A short form that only shows that the benchmark works; its figures are worth"
              + " nothing.")
  boolean quick;

  @Option(names = "--runs", paramLabel = "N", description = "Measured runs (default 5, quick 2).")
  @Nullable Integer runs;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of a run (default: the benchmark's own).")
  @Nullable Integer seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Load before the first run (default " + WARM_UP_SECONDS + ", quick 2).")
  @Nullable Integer warmUp;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description =
          "Connections of the closed loops (default 64); live: that follow (default 10000, with"
              + " --stopped 1000).")
  @Nullable Integer connections;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What is drawn at random follows from it (${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "N",
      description = "lists: rows of a tenant, from few to many (default 10000,100000,1000000).")
  List<Integer> rows = new ArrayList<>();

  @Option(
      names = "--resources",
      split = ",",
      paramLabel = "NAME",
      description =
          "lists: only these of ${COMPLETION-CANDIDATES}; audit-logs come with the items.")
  List<Resource> resources = new ArrayList<>();

  @Option(
      names = "--tenants",
      paramLabel = "N",
      description = "live: tenants (default 20, with --fan-out and --stopped as few as can be).")
  @Nullable Integer tenants;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "live: commands a second (${DEFAULT-VALUE}).")
  int rate = 200;

  @Option(
      names = "--window",
      paramLabel = "MILLIS",
      description = "live: how long changes are gathered (default 50, with --fan-out 10).")
  @Nullable Integer window;

  @Option(
      names = "--fan-out",
      description = "live: the most that is delivered, held against bytes that are only written.")
  boolean fanOut;

  @Option(
      names = "--stopped",
      paramLabel = "PERCENT",
      description = "live: what it does to the others when so many stop reading.")
  @Nullable Integer stopped;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A running server instead of an own one, on a loopback address.")
  @Nullable String url;

  @Option(
      names = "--token",
      split = ",",
      paramLabel = "TOKEN",
      description = "With --url: tokens of the tenants to work in.")
  List<String> tokens = new ArrayList<>();

  @Option(
      names = "--management",
      paramLabel = "URL",
      description = "With --url: its management port.")
  @Nullable String management;

  @Option(
      names = "--postgres",
      paramLabel = "JDBC",
      description = "With --url: its PostgreSQL, with user and password.")
  @Nullable String postgres;

  @Option(names = "--pid", paramLabel = "PID", description = "With --url: its process.")
  @Nullable Long pid;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where the JSON and the HTML go (default bench/results).")
  @Nullable Path results;

  /** Throws IllegalArgumentException that names the option when a value makes no sense. */
  void check() {
    within("--runs", runs(), 1, MAX_RUNS);
    within("--seconds", seconds == null ? 1 : seconds, 1, MAX_SECONDS);
    within("--warm-up", warmUpSeconds(), 0, MAX_SECONDS);
    within("--connections", connections(), 1, MAX_CONNECTIONS);
    within("--tenants", tenants(1), 1, MAX_TENANTS);
    within("--rate", rate, 1, MAX_RATE);
    within("--window", window(50), 10, 1_000);
    within("--stopped", stopped == null ? 1 : stopped, 1, 50);
    for (int each : rows) {
      within("--rows", each, MIN_ROWS, MAX_ROWS);
    }
    if (url != null && tokens.isEmpty()) {
      throw new IllegalArgumentException("--url needs --token");
    }
    if (url == null && (!tokens.isEmpty() || postgres != null || management != null)) {
      throw new IllegalArgumentException("--token, --postgres and --management need --url");
    }
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " must be between " + least + " and " + most);
    }
  }

  /** Of a closed loop. */
  int connections() {
    return connections(64);
  }

  int connections(int usual) {
    return connections != null ? connections : usual;
  }

  int tenants(int usual) {
    return tenants != null ? tenants : usual;
  }

  /** Milliseconds. */
  int window(int usual) {
    return window != null ? window : usual;
  }

  int runs() {
    return runs != null ? runs : quick ? 2 : 5;
  }

  /** The sizes given, or else the usual ones, from small to large. */
  List<Integer> rows(List<Integer> usual) {
    return (rows.isEmpty() ? usual : rows).stream().distinct().sorted().toList();
  }

  /** Those asked for, or else all. */
  List<Resource> resources() {
    return resources.isEmpty()
        ? List.of(Resource.values())
        : resources.stream().distinct().sorted().toList();
  }

  int seconds(int usual) {
    return seconds != null ? seconds : quick ? 2 : usual;
  }

  int warmUpSeconds() {
    return warmUp != null ? warmUp : quick ? 2 : WARM_UP_SECONDS;
  }

  /** The value of a size: the small one in the quick form. */
  int size(int usual, int small) {
    return quick ? small : usual;
  }

  Path root() {
    return Path.of(System.getProperty("xalesin.root", ".")).toAbsolutePath().normalize();
  }

  Path launcher() {
    String launcher = System.getProperty("xalesin.launcher");
    return launcher == null ? root().resolve("xalesin") : Path.of(launcher);
  }

  Path results() {
    return results != null ? results : root().resolve("bench/results");
  }
}
