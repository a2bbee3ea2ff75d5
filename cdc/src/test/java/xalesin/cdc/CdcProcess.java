package xalesin.cdc;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** cdc in a process of its own, to be killed, stopped and continued. */
final class CdcProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("probes and metrics are at port (\\d+)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;

  private CdcProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static CdcProcess start(CdcConfig config) throws IOException {
    Path log = Files.createTempFile("xalesin-cdc-", ".log");
    log.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                CdcMain.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment(config));
    return new CdcProcess(builder.start(), log);
  }

  private static Map<String, String> environment(CdcConfig config) {
    return Map.ofEntries(
        Map.entry("XALESIN_POSTGRES_URL", config.postgres().jdbcUrl()),
        Map.entry("XALESIN_POSTGRES_USER", config.postgres().user()),
        Map.entry("XALESIN_POSTGRES_PASSWORD", config.postgres().password()),
        Map.entry("XALESIN_KAFKA", config.kafka().bootstrapServers()),
        Map.entry("XALESIN_CDC_SLOT", config.slot()),
        Map.entry("XALESIN_CDC_EVENTS_TOPIC", config.events().name()),
        Map.entry("XALESIN_CDC_OFFSETS_TOPIC", config.offsets().name()),
        Map.entry("XALESIN_CDC_CHECK", config.limits().check().toMillis() + "ms"),
        Map.entry("XALESIN_CDC_LEASE", config.limits().lease().toMillis() + "ms"),
        Map.entry("XALESIN_CDC_RETRY", config.limits().retry().toMillis() + "ms"),
        Map.entry("XALESIN_MANAGEMENT_PORT", "0"));
  }

  /** What its probe says, or "starting" before it answers. */
  String state() {
    try {
      Matcher port = PORT.matcher(Files.readString(log));
      if (!port.find()) {
        return "starting";
      }
      URI probe = URI.create("http://127.0.0.1:" + port.group(1) + "/health/ready");
      return HTTP.send(
              HttpRequest.newBuilder(probe).timeout(Duration.ofSeconds(2)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body()
          .split(" ", 2)[0];
    } catch (IOException _) {
      return "starting";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CdcProcess awaitState(String state) {
    await()
        .atMost(Road.PATIENCE)
        .failFast("the process has ended", () -> !process.isAlive())
        .until(() -> state().equals(state));
    return this;
  }

  String logged() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGSTOP: it stands still, with its connections open. */
  void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder(List.of("kill", signal, Long.toString(process.pid()))).start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("kill " + signal + " ended with " + exit);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
