package xalesin.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the {@code postgres} program, from its start until it is gone.
 *
 * <p>Safe for use by several threads.
 */
final class PostgresProcess {
  private static final Logger log = LoggerFactory.getLogger(PostgresProcess.class);

  /** A port found free can be taken before PostgreSQL opens it; three in a row will not. */
  private static final int PORT_ATTEMPTS = 3;

  private static final int LOOK_AGAIN_MILLIS = 5;
  private static final Duration FORCED_WITHIN = Duration.ofSeconds(5);

  /** Kept for the next start; what is older than that goes. */
  private static final long LOG_BYTES = 8L << 20;

  private static final int LOG_TAIL_LINES = 20;

  /** The line of postmaster.pid that says how far the server is. */
  private static final int STATUS_LINE = 7;

  private final Process process;
  private final int port;
  private final Duration stopWithin;

  private PostgresProcess(Process process, int port, Duration stopWithin) {
    this.process = process;
    this.port = port;
    this.stopWithin = stopWithin;
  }

  static PostgresProcess start(
      PostgresPrograms programs, DataFolder folder, PostgresOptions options) throws IOException {
    EmbeddedServerException last = null;
    for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
      int port = options.port() == 0 ? freePort() : options.port();
      try {
        return startOn(port, programs, folder, options);
      } catch (PortTakenException e) {
        last = e;
        if (options.port() != 0) {
          break;
        }
      }
    }
    throw last == null ? new EmbeddedServerException("No start was tried") : last;
  }

  private static PostgresProcess startOn(
      int port, PostgresPrograms programs, DataFolder folder, PostgresOptions options)
      throws IOException {
    Path data = folder.resolve(EmbeddedPostgres.CLUSTER);
    Path logFile = folder.resolve("postgres.log");
    if (Files.exists(logFile) && Files.size(logFile) > LOG_BYTES) {
      Files.move(logFile, folder.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    long logStart = Files.exists(logFile) ? Files.size(logFile) : 0;
    List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", "" + port));
    arguments.addAll(List.of("-c", "hba_file=" + folder.resolve("pg_hba.conf")));
    options
        .serverSettings()
        .forEach((key, value) -> arguments.addAll(List.of("-c", key + "=" + value)));
    Process process = programs.postgres(arguments, logFile);
    PostgresProcess started = new PostgresProcess(process, port, options.stopWithin());
    boolean ready = false;
    String outcome = "ended before it was ready";
    try {
      ready = started.awaitReady(data, options.startWithin());
    } finally {
      if (process.isAlive()) {
        outcome = "was not ready within " + options.startWithin();
      }
      if (!ready) {
        started.stop();
      }
    }
    if (!ready) {
      String said = tail(logFile, logStart);
      if (said.contains("could not create any TCP/IP sockets") || said.contains("already in use")) {
        throw new PortTakenException(port, said);
      }
      throw new EmbeddedServerException(
          "PostgreSQL on %s %s; it said:%n%s".formatted(data, outcome, said));
    }
    return started;
  }

  /** True once clients are let in, false when the process has ended or the time is over. */
  private boolean awaitReady(Path data, Duration bound) throws IOException {
    long until = System.nanoTime() + bound.toNanos();
    do {
      if (status(data).equals("ready")) {
        return true;
      }
      try {
        if (process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    } while (System.nanoTime() < until);
    return false;
  }

  private String status(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return "";
    }
    List<String> lines = Files.readString(file).lines().map(String::strip).toList();
    boolean ours = lines.size() > STATUS_LINE && lines.getFirst().equals("" + process.pid());
    return ours ? lines.get(STATUS_LINE) : "";
  }

  int port() {
    return port;
  }

  void onExit(IntConsumer action) {
    var _ = process.onExit().thenAccept(ended -> action.accept(ended.exitValue()));
  }

  /** Fast shutdown, then immediate, then kill; each within its bound. */
  void stop() {
    if (!process.isAlive()) {
      return;
    }
    PostgresPrograms.signal("INT", process.pid());
    if (goneWithin(stopWithin)) {
      return;
    }
    log.warn("PostgreSQL is not down after {}: forcing it; the next start recovers", stopWithin);
    PostgresPrograms.signal("QUIT", process.pid());
    if (!goneWithin(FORCED_WITHIN)) {
      process.destroyForcibly();
      if (!goneWithin(FORCED_WITHIN)) {
        throw new EmbeddedServerException("PostgreSQL process " + process.pid() + " does not end");
      }
    }
  }

  /** An interrupted caller still gets its server stopped, and its interrupt back. */
  private boolean goneWithin(Duration bound) {
    long until = System.nanoTime() + bound.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }

  private static String tail(Path file, long from) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int start = (int) Math.min(from, bytes.length);
    List<String> lines =
        new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8).lines().toList();
    return String.join(
        "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
  }

  private static final class PortTakenException extends EmbeddedServerException {
    PortTakenException(int port, String said) {
      super("The postgres port " + port + " is taken; PostgreSQL said:\n" + said);
    }
  }
}
