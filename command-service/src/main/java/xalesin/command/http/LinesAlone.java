package xalesin.command.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.command.handling.CommandHandler;
import xalesin.command.handling.Reply;
import xalesin.command.handling.Submission;
import xalesin.edge.Endpoint;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;

/**
 * Lines that are commands of their own. They are under way together, are taken in the order in
 * which they come, and are answered in that order, each as soon as those before it are. The sender
 * must read the answers while it sends. Each counts as a request to the limits: beyond them nothing
 * is read until they allow more. Thread-safe.
 */
final class LinesAlone implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(LinesAlone.class);

  /** Fills a lane's group, and bounds what one sender can put into its queue. */
  private static final int MAX_UNDER_WAY = 256;

  /** Lines are read as they come, so this bounds a sender's time, not memory. */
  private static final long MAX_BYTES = 1L << 30;

  private final Commands commands;
  private final CommandHandler handler;
  private final InstantSource clock;

  LinesAlone(Commands commands, CommandHandler handler, InstantSource clock) {
    this.commands = commands;
    this.handler = handler;
    this.clock = clock;
  }

  private sealed interface Answer {}

  private record Known(Problem problem) implements Answer {}

  private record UnderWay(boolean creation, CompletableFuture<Reply> reply) implements Answer {}

  @Override
  public void handle(Exchange exchange) throws IOException, InterruptedException {
    if (exchange.header("Idempotency-Key") != null) {
      throw Problem.badRequest("without ?atomic=true each line has its own idempotencyKey")
          .exception();
    }
    LineReader reader =
        new LineReader(
            exchange.bodyLines(LinesEndpoint.NDJSON, MAX_BYTES, LinesEndpoint.MAX_LINE_BYTES),
            LinesEndpoint.MAX_LINE_BYTES);
    new Run(exchange, reader, exchange.stream(200, LinesEndpoint.NDJSON)).run();
  }

  /** One request. */
  private final class Run {
    private final Exchange exchange;
    private final LineReader reader;
    private final OutputStream out;
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private int begun;
    private int answered;

    Run(Exchange exchange, LineReader reader, OutputStream out) {
      this.exchange = exchange;
      this.reader = reader;
      this.out = out;
    }

    void run() throws IOException, InterruptedException {
      try {
        for (LineReader.Line line = next(); line != null; line = next()) {
          answers.add(begin(line));
          if (answers.size() == MAX_UNDER_WAY) {
            answer();
          }
        }
      } catch (ProblemException e) {
        // The body is too large or too slow; what came until then is answered.
        answers.add(new Known(e.problem()));
      }
      answerAll();
    }

    private LineReader.@Nullable Line next() throws IOException, InterruptedException {
      if (!reader.hasMore()) {
        // The sender may be waiting for these before it sends more.
        answerAll();
      }
      return reader.read();
    }

    private Answer begin(LineReader.Line line) throws IOException, InterruptedException {
      try {
        if (++begun > 1) {
          exchange.chargeNext(LinesEndpoint.PATIENCE, this::answerAll);
        }
        CommandLine.Parsed parsed = LinesEndpoint.parse(line, commands, exchange.caller());
        String key = parsed.idempotencyKey();
        Submission.Once once =
            key == null
                ? null
                : new Submission.Once(
                    Requests.keyOf(exchange, key),
                    parsed.hash(),
                    outcome -> Answers.of(outcome, parsed.creation(), false, exchange.path()));
        Submission submission =
            new Submission(
                exchange.tenant(),
                List.of(parsed.step()),
                Requests.context(exchange, clock),
                false,
                once);
        return new UnderWay(
            parsed.creation(), handler.submit(submission, LinesEndpoint.PATIENCE.toMillis()));
      } catch (ProblemException e) {
        return new Known(e.problem());
      }
    }

    private void answerAll() throws IOException, InterruptedException {
      if (!answers.isEmpty()) {
        while (!answers.isEmpty()) {
          answer();
        }
        out.flush();
      }
    }

    private void answer() throws IOException, InterruptedException {
      String line =
          switch (answers.remove()) {
            case Known(var problem) -> line(problem);
            case UnderWay(boolean creation, var reply) ->
                line(creation, CommandHandler.await(reply));
          };
      out.write(line.getBytes(UTF_8));
      out.write('\n');
    }

    private String line(boolean creation, Reply reply) {
      return switch (reply) {
        case Reply.Decided(var outcome) ->
            Answers.line(++answered, Answers.of(outcome, creation, false, exchange.path()), false);
        case Reply.Kept(var answer, boolean replayed) -> Answers.line(++answered, answer, replayed);
        case Reply.KeyReused() -> line(Replies.keyReused());
        case Reply.NotNow notNow -> line(Replies.notNow(notNow));
        case Reply.Failed(var cause) -> {
          LOG.error("a line of commands failed", cause);
          yield line(Problem.of(500, "internal", "An error on our side", null));
        }
      };
    }

    private String line(Problem problem) {
      return "{\"line\":%d,\"status\":%d,\"problem\":%s}"
          .formatted(++answered, problem.status(), Answers.json(problem));
    }
  }
}
