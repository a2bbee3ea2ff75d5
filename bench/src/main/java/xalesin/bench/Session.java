package xalesin.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.CommandThenRead;
import xalesin.bench.inventory.Tenant;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.load.Script;
import xalesin.bench.stack.Folders;
import xalesin.bench.stack.ReadyFile;
import xalesin.bench.stack.Stack;
import xalesin.bench.stack.StackException;
import xalesin.bench.stack.StackLauncher;
import xalesin.edge.LocalKeys;
import xalesin.edge.Role;

/**
 * What a benchmark works with: its options, the server (started on first use), its tenants, and a
 * place for data that is gone afterwards. Closing it ends and deletes all of it. Not thread-safe.
 */
final class Session implements AutoCloseable {
  private static final int SETUP_CONNECTIONS = 64;
  private static final Duration TOKEN_LIFE = Duration.ofDays(30);
  private static final Duration SETUP_LIMIT = Duration.ofMinutes(15);

  final Options options;
  final StackLauncher launcher;
  private final PrintWriter progress;
  private final Clock clock;
  private final Path folder;
  private final long startMillis;
  private @Nullable Stack stack;

  Session(Options options, PrintWriter progress, Clock clock) throws IOException {
    this.options = options;
    this.progress = progress;
    this.clock = clock;
    this.launcher = new StackLauncher(options.launcher(), Map.of());
    this.folder = Folders.create();
    this.startMillis = clock.millis();
  }

  /** Tells whoever waits what goes on. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
  void say(String format, Object... values) {
    progress.println("bench: " + String.format(Locale.ROOT, format, values));
    progress.flush();
  }

  /** When the session began: part of the names of what it creates. */
  long startMillis() {
    return startMillis;
  }

  /** For seeds and names that clash with no earlier ones. */
  long nextMillis() {
    return clock.millis();
  }

  Path data() {
    return folder.resolve("data");
  }

  /** The server: a running one when the options name it, else an own one. */
  Stack stack(String... more) throws IOException, InterruptedException {
    if (stack == null) {
      String url = options.url;
      if (url != null) {
        LoadClient.loopback(URI.create(url));
        stack =
            Stack.running(
                new ReadyFile(
                    url,
                    options.management == null ? "" : options.management,
                    options.postgres == null ? "" : options.postgres,
                    "",
                    options.tokens.getFirst(),
                    options.pid == null ? -1 : options.pid,
                    0));
      } else {
        say("starting a server on %s", data());
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--no-demo");
        stack = launcher.up(data(), arguments);
        say("ready after %d ms at %s", stack.readyAfter().toMillis(), stack.http());
      }
    }
    return stack;
  }

  /** What the server has to say for itself, after a failure. */
  String diagnosis() {
    return stack == null ? "" : stack.diagnosis();
  }

  void stopStack() {
    if (stack != null) {
      stack.close();
      stack = null;
    }
  }

  /** So many tenants, or as many as there are tokens for a running server. */
  List<Tenant> tenants(int count) throws IOException, InterruptedException {
    URI server = stack().http();
    List<Tenant> tenants = new ArrayList<>();
    if (options.url != null) {
      for (String token : options.tokens) {
        tenants.add(Tenant.of(server, "tenant " + (tenants.size() + 1), token));
      }
      return tenants;
    }
    for (int i = 1; i <= count; i++) {
      String name = String.format(Locale.ROOT, "bench-%02d", i);
      tenants.add(Tenant.of(server, name, token(data(), name, "bench", Role.ADMIN)));
    }
    return tenants;
  }

  /** A token as {@code ./xalesin token} prints it; hundreds of them take no hundred processes. */
  static String token(Path data, String tenant, String user, Role role) {
    return LocalKeys.load(data.resolve(LocalKeys.FILE))
        .sign(tenant, user, EnumSet.of(role), TOKEN_LIFE);
  }

  /**
   * How many items a benchmark works with.
   *
   * @param quickItems of each tenant in the quick form, which has two tenants at most
   */
  record Extent(int tenants, int itemsPerTenant, int perCategory, int quickItems) {}

  /** The length of a run, told in the findings with the connections that make its load. */
  Duration runLength(Findings findings, int connections, int usualSeconds) {
    Duration length = Duration.ofSeconds(options.seconds(usualSeconds));
    findings.set("connections", connections);
    findings.set("seconds of a run", length.toSeconds());
    return length;
  }

  /** Items of the extent, or of its quick form. */
  Catalog catalog(Extent extent, Findings findings) throws IOException, InterruptedException {
    return catalog(
        options.size(extent.tenants, Math.min(2, extent.tenants)),
        options.size(extent.itemsPerTenant, extent.quickItems),
        extent.perCategory,
        findings);
  }

  /** Items that exist, have stock and are visible to reads. */
  Catalog catalog(int tenants, int itemsPerTenant, int perCategory, Findings findings)
      throws IOException, InterruptedException {
    Catalog catalog =
        Catalog.of(tenants(tenants), itemsPerTenant, perCategory, options.seed, startMillis);
    int items = catalog.items().size();
    findings.set("tenants", catalog.tenants().size());
    findings.set("items", items);
    say("creating %d items in %d tenants", items, catalog.tenants().size());
    Outcome created = once(catalog.creating(), SETUP_CONNECTIONS, Load.closed(items, SETUP_LIMIT));
    if (created.failed() > 0 || created.completed() != items) {
      throw new StackException(
          "the items could not be created: " + created.failures() + " " + created.samples());
    }
    findings.keep("creating the items", created);
    settle(catalog);
    return catalog;
  }

  /** Waits until the views have caught up: a command of each tenant is visible. */
  void settle(Catalog catalog) throws IOException, InterruptedException {
    long exchanges = catalog.tenants().size() * 4L;
    Script.Source visible = CommandThenRead.source(catalog, nextMillis(), nextMillis());
    for (int attempt = 0; attempt < 60; attempt++) {
      Outcome outcome = once(visible, 4, Load.closed(exchanges, Duration.ofMinutes(2)));
      if (outcome.failed() == 0) {
        return;
      }
      if (outcome.failures().keySet().stream().anyMatch(reason -> !reason.contains("503"))) {
        throw new StackException("reads fail: " + outcome.failures() + " " + outcome.samples());
      }
    }
    throw new StackException("the views did not catch up with the commands");
  }

  private Outcome once(Script.Source scripts, int connections, Load load)
      throws IOException, InterruptedException {
    try (LoadClient client = client(scripts, connections)) {
      return client.run(load);
    }
  }

  /** One thread: the client shares the cores with the server. */
  LoadClient client(Script.Source scripts, int connections)
      throws IOException, InterruptedException {
    return new LoadClient(stack().http(), connections, 1, scripts);
  }

  /** Runs the closed loop as long as the options warm up; its figures are thrown away. */
  void warmUp(String what, LoadClient client, int share) throws IOException, InterruptedException {
    int seconds = options.warmUpSeconds() / share;
    if (seconds > 0) {
      Outcome outcome = client.run(Load.closed(Duration.ofSeconds(seconds)));
      say("warm-up, %s: %.0f/s over %d s", what, outcome.perSecondRate(), seconds);
    }
  }

  @Override
  public void close() throws IOException {
    stopStack();
    Folders.delete(folder);
  }
}
