package xalesin.standalone.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import xalesin.schemas.Json;

/**
 * Sends commands to {@code POST /api/commands}, one request at a time, so they are decided in the
 * order given. Each command must carry its idempotency key: what was cut off, limited or refused
 * for now is sent again with the same key until it is answered, within bounds, and has its effect
 * once. What an earlier request was refused is decided anew, see {@link SecondKeys}. For one
 * thread.
 */
public final class CommandSender implements AutoCloseable {
  /** A request of this size is decided in well under a second and is cheap to send again. */
  public static final int MAX_BATCH_COMMANDS = 500;

  static final int MAX_BATCH_BYTES = 512 * 1024;

  /** Attempts in a row without a single new answer; with the pauses between, some two minutes. */
  static final int MAX_FRUITLESS_ATTEMPTS = 10;

  /** How often, over all runs, a command that was refused is asked again under a new key. */
  static final int MAX_KEYS = 20;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(60);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** So long nothing at all may come while an answer is under way. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final int PAYLOAD_TOO_LARGE = 413;
  private static final int REQUEST_TIMEOUT = 408;

  private final HttpClient client;
  private final URI endpoint;
  private final String token;
  private final Pause pause;
  private final Consumer<String> notices;
  private final Duration silence;

  /**
   * @param http the installation's address, such as {@code http://127.0.0.1:8080}
   * @param notices is told why something is tried again
   */
  public CommandSender(URI http, String token, Pause pause, Consumer<String> notices) {
    this(http, token, pause, notices, SILENCE);
  }

  CommandSender(URI http, String token, Pause pause, Consumer<String> notices, Duration silence) {
    String base = http.toString();
    this.endpoint = URI.create((base.endsWith("/") ? base : base + "/") + "api/commands");
    this.token = token;
    this.pause = pause;
    this.notices = notices;
    this.silence = silence;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /**
   * Sends the commands and waits until each has its answer.
   *
   * @param commands lines of UTF-8 JSON without line breaks, each with an idempotency key
   * @return one result for each command, in order
   * @throws ImportException when the server refuses the whole or cannot be reached within bounds
   */
  public List<Result> send(List<byte[]> commands) throws InterruptedException {
    List<Result> results = sendOnce(commands);
    for (int number = 2; number <= MAX_KEYS; number++) {
      List<Integer> places = new ArrayList<>();
      List<byte[]> again = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        if (results.get(i).isRefused() && results.get(i).isReplayed()) {
          byte[] command = SecondKeys.numbered(commands.get(i), number);
          if (command != null) {
            places.add(i);
            again.add(command);
          }
        }
      }
      if (again.isEmpty()) {
        break;
      }
      List<Result> answers = sendOnce(again);
      for (int i = 0; i < answers.size(); i++) {
        results.set(places.get(i), answers.get(i));
      }
    }
    return results;
  }

  private List<Result> sendOnce(List<byte[]> commands) throws InterruptedException {
    List<Result> results = new ArrayList<>(commands.size());
    int most = MAX_BATCH_COMMANDS;
    int fruitless = 0;
    while (results.size() < commands.size()) {
      List<byte[]> rest = commands.subList(results.size(), commands.size());
      List<byte[]> batch = rest.subList(0, Math.min(most, rest.size()));
      Attempt attempt = attempt(batch);
      results.addAll(attempt.results());
      switch (attempt.end()) {
        case End.Whole() -> fruitless = 0;
        case End.TooLarge(Result problem) -> {
          if (batch.size() == 1) {
            results.add(problem);
          }
          most = Math.max(1, batch.size() / 2);
        }
        case End.Refused(String why) -> throw new ImportException(why);
        case End.NotNow(Duration after, String why) -> {
          fruitless = attempt.results().isEmpty() ? fruitless + 1 : 1;
          if (fruitless == MAX_FRUITLESS_ATTEMPTS) {
            throw new ImportException(
                "%s: %s; given up after %d attempts".formatted(endpoint, why, fruitless));
          }
          Duration wait = after.isNegative() ? backOff(fruitless) : after;
          notices.accept("%s; trying again in %.1f s".formatted(why, wait.toMillis() / 1000.0));
          pause.pause(wait);
        }
      }
    }
    return results;
  }

  /** How an attempt ended. */
  private sealed interface End {
    record Whole() implements End {}

    /** The server takes no body of this size. */
    record TooLarge(Result problem) implements End {}

    /** Trying again cannot help. */
    record Refused(String why) implements End {}

    /**
     * @param after the server's own wish, or negative when it has none
     */
    record NotNow(Duration after, String why) implements End {}
  }

  /**
   * @param results of the first commands, up to where it ended
   */
  private record Attempt(List<Result> results, End end) {}

  private Attempt attempt(List<byte[]> batch) throws InterruptedException {
    AnswerLines lines = new AnswerLines();
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(silence)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-ndjson")
            .header("Accept", "application/x-ndjson, application/problem+json")
            .POST(BodyPublishers.ofByteArray(body(batch)))
            .build();
    try {
      HttpResponse<Void> response = lines.await(client, request, silence);
      if (response.statusCode() != 200) {
        return new Attempt(List.of(), endOf(response, String.join("\n", lines.received())));
      }
      return read(lines.received(), batch.size(), "the answer ended early");
    } catch (IOException e) {
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return read(lines.received(), batch.size(), "the connection failed (" + message + ")");
    }
  }

  private static byte[] body(List<byte[]> batch) {
    java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
    for (byte[] command : batch) {
      body.writeBytes(command);
      body.write('\n');
    }
    return body.toByteArray();
  }

  /**
   * Takes answers as far as they are final. After a "not now" nothing is taken: the commands behind
   * it were decided without it, and are sent again behind it.
   */
  private static Attempt read(List<String> lines, int expected, String whenShort) {
    List<Result> results = new ArrayList<>();
    for (String line : lines) {
      if (line.isBlank()) {
        continue; // Some servers and proxies keep a connection awake so.
      }
      Result result;
      try {
        JsonNode body = Json.MAPPER.readTree(line);
        result = new Result(body.path("status").asInt(0), body);
      } catch (JsonProcessingException e) {
        break; // The end of a line was cut off with the connection.
      }
      if (result.status() == 0 || results.size() == expected) {
        return new Attempt(
            results, new End.Refused("the server's answer is not that of a command: " + line));
      }
      if (result.isNotNow()) {
        int seconds = result.problem().path("retryAfter").asInt(-1);
        return new Attempt(results, new End.NotNow(bounded(seconds), describe(result)));
      }
      results.add(result);
    }
    return new Attempt(
        results,
        results.size() == expected ? new End.Whole() : new End.NotNow(seconds(-1), whenShort));
  }

  /** The meaning of an answer to the request as a whole. */
  private static End endOf(HttpResponse<Void> response, String text) {
    JsonNode body;
    try {
      body = Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      body = Json.MAPPER.createObjectNode();
    }
    Result problem = new Result(response.statusCode(), body);
    if (problem.status() == PAYLOAD_TOO_LARGE) {
      return new End.TooLarge(problem);
    }
    if (problem.isNotNow() || problem.status() == REQUEST_TIMEOUT) {
      int seconds =
          response
              .headers()
              .firstValue("Retry-After")
              .filter(value -> value.matches("[0-9]{1,6}"))
              .map(Integer::parseInt)
              .orElse(-1);
      return new End.NotNow(bounded(seconds), describe(problem));
    }
    return new End.Refused(describe(problem));
  }

  private static String describe(Result problem) {
    String detail = problem.detail();
    return "the server answered " + problem.status() + (detail.isEmpty() ? "" : ": " + detail);
  }

  private static Duration bounded(int seconds) {
    Duration wish = seconds(seconds);
    return wish.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wish;
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  /** Doubling, with jitter so that several importers do not come back at once. */
  private static Duration backOff(int fruitless) {
    long most =
        Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(fruitless - 1, 10));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
