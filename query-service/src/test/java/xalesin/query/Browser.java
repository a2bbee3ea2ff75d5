package xalesin.query;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * A Chromium without a screen that shows one page, and runs scripts in it (Chrome DevTools
 * Protocol). For one thread.
 */
final class Browser implements AutoCloseable {
  private static final Duration WITHIN = Duration.ofSeconds(90);

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket tools;
  private volatile CompletableFuture<JsonNode> answer = new CompletableFuture<>();

  /**
   * @param profile a folder of its own
   */
  Browser(Path profile, String page) {
    try {
      process =
          new ProcessBuilder(
                  "chromium",
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-quic",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--disable-dev-shm-usage",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile,
                  page)
              .redirectErrorStream(true)
              .redirectOutput(profile.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("chromium is needed: apt-get install chromium", e);
    }
    Path port = profile.resolve("DevToolsActivePort");
    await().atMost(WITHIN).until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
    try {
      String address = "http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json";
      await().atMost(WITHIN).until(() -> pages(address).size() > 0);
      tools =
          http.newWebSocketBuilder()
              .buildAsync(
                  URI.create(pages(address).get(0).path("webSocketDebuggerUrl").asText()),
                  new Answers())
              .join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode pages(String address) throws IOException {
    try {
      JsonNode all =
          Json.MAPPER.readTree(
              http.send(
                      HttpRequest.newBuilder(URI.create(address)).build(),
                      HttpResponse.BodyHandlers.ofByteArray())
                  .body());
      var pages = JsonNodeFactory.instance.arrayNode();
      all.forEach(
          each -> {
            if (each.path("type").asText().equals("page")) {
              pages.add(each);
            }
          });
      return pages;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          answer.complete(Json.MAPPER.readTree(text.toString()));
        } catch (IOException e) {
          answer.completeExceptionally(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** What the script comes to, as text. */
  String run(String script) {
    answer = new CompletableFuture<>();
    var command = JsonNodeFactory.instance.objectNode().put("id", 1);
    command.put("method", "Runtime.evaluate");
    command.putObject("params").put("expression", script).put("returnByValue", true);
    tools.sendText(command.toString(), true).join();
    return answer.join().path("result").path("result").path("value").asText();
  }

  @Override
  public void close() {
    tools.abort();
    http.shutdownNow();
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }
}
