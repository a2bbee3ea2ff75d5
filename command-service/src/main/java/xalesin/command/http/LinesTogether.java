package xalesin.command.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.command.handling.CommandHandler;
import xalesin.command.handling.Reply;
import xalesin.command.handling.Submission;
import xalesin.command.store.StoredAnswer;
import xalesin.edge.Endpoint;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.schemas.Json;

/**
 * Lines that happen in one transaction or not at all. The status says which: 200 with a line for
 * each, or the problem of the first line that cannot be, with its number. Each counts as a request
 * to the limits, as {@link LinesAlone} has it. Thread-safe.
 */
final class LinesTogether implements Endpoint {
  private static final int MAX_LINES = 1_000;
  private static final long MAX_BYTES = 16L << 20;

  private final Commands commands;
  private final CommandHandler handler;
  private final InstantSource clock;

  LinesTogether(Commands commands, CommandHandler handler, InstantSource clock) {
    this.commands = commands;
    this.handler = handler;
    this.clock = clock;
  }

  @Override
  public void handle(Exchange exchange) throws IOException, InterruptedException {
    List<CommandLine.Parsed> lines = read(exchange);
    List<Boolean> creations = lines.stream().map(CommandLine.Parsed::creation).toList();
    Submission submission =
        new Submission(
            exchange.tenant(),
            lines.stream().map(CommandLine.Parsed::step).toList(),
            Requests.context(exchange, clock),
            false,
            once(exchange, lines, creations));
    switch (handler.handle(submission)) {
      case Reply.Decided(var outcome) ->
          send(exchange, Answers.together(outcome, creations, exchange.path()), false);
      case Reply.Kept(var answer, boolean replayed) -> send(exchange, answer, replayed);
      case Reply other -> throw Replies.problem(other);
    }
  }

  private List<CommandLine.Parsed> read(Exchange exchange)
      throws IOException, InterruptedException {
    LineReader reader =
        new LineReader(
            exchange.bodyKept(LinesEndpoint.NDJSON, MAX_BYTES), LinesEndpoint.MAX_LINE_BYTES);
    List<CommandLine.Parsed> lines = new ArrayList<>();
    for (LineReader.Line line = reader.read(); line != null; line = reader.read()) {
      if (lines.size() == MAX_LINES) {
        throw Problem.of(
                413,
                "too-many-lines",
                "Too many lines",
                "At most %d lines happen together.".formatted(MAX_LINES))
            .exception();
      }
      if (!lines.isEmpty()) {
        exchange.chargeNext(LinesEndpoint.PATIENCE, () -> {});
      }
      lines.add(parse(exchange, lines.size() + 1, line));
    }
    if (lines.isEmpty()) {
      throw Problem.badRequest("there is no line in the body").exception();
    }
    return lines;
  }

  private CommandLine.Parsed parse(Exchange exchange, int number, LineReader.Line line) {
    try {
      CommandLine.Parsed parsed = LinesEndpoint.parse(line, commands, exchange.caller());
      if (parsed.idempotencyKey() != null) {
        throw Problem.invalid(
                "/idempotencyKey", "lines that happen together have the request's key")
            .exception();
      }
      return parsed;
    } catch (ProblemException e) {
      throw inLine(number, e.problem()).exception();
    }
  }

  private static Problem inLine(int number, Problem problem) {
    String place = "line " + number;
    List<Problem.FieldError> errors =
        problem.errors().stream()
            .map(error -> new Problem.FieldError(error.pointer(), place + " " + error.detail()))
            .toList();
    return new Problem(
        problem.type(),
        problem.title(),
        problem.status(),
        problem.detail() == null ? place : place + ": " + problem.detail(),
        null,
        errors,
        problem.retryAfter(),
        null);
  }

  private static Submission.@Nullable Once once(
      Exchange exchange, List<CommandLine.Parsed> lines, List<Boolean> creations) {
    String key = Requests.idempotencyKey(exchange);
    if (key == null) {
      return null;
    }
    String path = exchange.path();
    return new Submission.Once(
        Requests.keyOf(exchange, key),
        Requests.hash(lines.stream().map(CommandLine.Parsed::hash).toArray(byte[][]::new)),
        outcome -> Answers.together(outcome, creations, path));
  }

  private static void send(Exchange exchange, StoredAnswer answer, boolean replayed) {
    if (Answers.isProblem(answer)) {
      Replies.send(exchange, answer, replayed);
      return;
    }
    Replies.markReplayed(exchange, replayed);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (JsonNode line : array(answer)) {
      lines.writeBytes(Json.write(line));
      lines.write('\n');
    }
    exchange.send(answer.status(), LinesEndpoint.NDJSON, lines.toByteArray());
  }

  private static JsonNode array(StoredAnswer answer) {
    try {
      return Json.MAPPER.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer of our own is not JSON", e);
    }
  }
}
