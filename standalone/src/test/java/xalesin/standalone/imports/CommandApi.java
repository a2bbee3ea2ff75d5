package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * A real HTTP server that takes commands as the command service does, one effect per idempotency
 * key, and that misbehaves as it is told to.
 */
public final class CommandApi implements AutoCloseable {
  /** How one request is treated; requests beyond those told are treated well. */
  public sealed interface Mood {
    /** All commands are done and answered. */
    record Well() implements Mood {}

    /** The request as a whole is refused, and nothing done. */
    record Refuse(int status, @Nullable String retryAfter) implements Mood {}

    /** So many commands are done, so many bytes of the answers arrive, then the connection ends. */
    record Cut(int done, int answerBytes) implements Mood {}

    /** All are done, so many answers arrive, then nothing any more. */
    record FallSilent(int answers) implements Mood {}

    /** The command of that place is told to come again later; those behind it are done. */
    record LineNotNow(int line, int status) implements Mood {}

    /** An answer that is none of ours. */
    record Say(String text) implements Mood {}
  }

  /** Decides what is allowed; told in the order in which commands have their effects. */
  public interface Rules {
    boolean allow(JsonNode command);
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Queue<Mood> moods = new ConcurrentLinkedQueue<>();
  private final Map<String, String> effects = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Set<String> refusals = ConcurrentHashMap.newKeySet();
  private final List<Integer> requestSizes = Collections.synchronizedList(new ArrayList<>());
  private final int maxLines;
  private final Rules rules;

  public CommandApi() throws IOException {
    this(Integer.MAX_VALUE);
  }

  CommandApi(Rules rules) throws IOException {
    this(Integer.MAX_VALUE, rules);
  }

  /**
   * @param maxLines more than so many in a request are too large
   */
  CommandApi(int maxLines) throws IOException {
    this(maxLines, _ -> true);
  }

  private CommandApi(int maxLines, Rules rules) throws IOException {
    this.maxLines = maxLines;
    this.rules = rules;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/api/commands", this::handle);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void willBe(Mood... next) {
    moods.addAll(List.of(next));
  }

  /** The commands that had an effect, by idempotency key, in the order they had it. */
  public Map<String, String> effects() {
    return effects;
  }

  /** How many commands each request had. */
  List<Integer> requestSizes() {
    return List.copyOf(requestSizes);
  }

  private void handle(HttpExchange exchange) throws IOException {
    List<String> lines =
        new String(exchange.getRequestBody().readAllBytes(), UTF_8).lines().toList();
    requestSizes.add(lines.size());
    if (!"Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      refuse(exchange, 401, null);
      return;
    }
    if (lines.size() > maxLines) {
      refuse(exchange, 413, null);
      return;
    }
    Mood mood = moods.poll();
    switch (mood == null ? new Mood.Well() : mood) {
      case Mood.Well() -> answer(exchange, answers(lines));
      case Mood.Refuse(int status, String retryAfter) -> refuse(exchange, status, retryAfter);
      case Mood.Cut(int done, int answerBytes) -> {
        byte[] answer = answers(lines.subList(0, Math.min(done, lines.size()))).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        body.write(answer, 0, Math.min(answerBytes, answer.length));
        body.flush();
        throw new IOException("cut off as told"); // So the last chunk is never written.
      }
      case Mood.FallSilent(int count) -> {
        List<String> all = answers(lines).lines().toList();
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        for (String answer : all.subList(0, count)) {
          body.write((answer + "\n").getBytes(UTF_8));
        }
        body.flush();
        try {
          closed.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        exchange.close();
      }
      case Mood.LineNotNow(int line, int status) -> {
        StringBuilder answer = new StringBuilder(answers(lines.subList(0, line)));
        answer.append("{\"status\":").append(status).append(",\"problem\":{\"retryAfter\":3}}\n");
        answer.append(answers(lines.subList(line + 1, lines.size())));
        answer(exchange, answer.toString());
      }
      case Mood.Say(String text) -> answer(exchange, text);
    }
  }

  private synchronized String answers(List<String> lines) throws IOException {
    StringBuilder answers = new StringBuilder();
    for (String line : lines) {
      JsonNode command = Json.STRICT.readTree(line);
      ObjectNode answer = Json.MAPPER.createObjectNode();
      if (command.path("command").asText().equals("refuse")) {
        refuse(answer, command.path("idempotencyKey").asText());
      } else if (command.has("needs") && !effects.containsKey(command.path("needs").asText())) {
        refuse(answer, command.path("idempotencyKey").asText());
      } else if (refusals.contains(command.path("idempotencyKey").asText())
          || !(effects.containsKey(command.path("idempotencyKey").asText())
              || rules.allow(command))) {
        refuse(answer, command.path("idempotencyKey").asText());
      } else {
        String before = effects.putIfAbsent(command.path("idempotencyKey").asText(), line);
        if (before != null && !before.equals(line)) {
          answer
              .put("status", 422)
              .putObject("problem")
              .put("title", "Key used for another command");
        } else {
          answer.put("status", 200).put("id", command.path("id").asText());
          if (before != null) {
            answer.put("replayed", true);
          }
        }
      }
      answers.append(answer).append('\n');
    }
    return answers.toString();
  }

  /** A refusal is kept with its key, as the command service does. */
  private void refuse(ObjectNode answer, String key) {
    answer.put("status", 409);
    if (!refusals.add(key)) {
      answer.put("replayed", true);
    }
    answer.putObject("problem").put("title", "Not allowed").put("detail", "by a rule");
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void refuse(HttpExchange exchange, int status, @Nullable String retryAfter)
      throws IOException {
    byte[] bytes =
        "{\"status\":%d,\"title\":\"No\",\"detail\":\"because of %d\"}"
            .formatted(status, status)
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
    if (retryAfter != null) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
