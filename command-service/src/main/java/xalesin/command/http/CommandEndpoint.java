package xalesin.command.http;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Aggregate;
import xalesin.command.handling.CommandHandler;
import xalesin.command.handling.Ids;
import xalesin.command.handling.Reply;
import xalesin.command.handling.Step;
import xalesin.command.handling.Submission;
import xalesin.edge.Endpoint;
import xalesin.edge.Exchange;
import xalesin.schemas.CommandTypes;
import xalesin.schemas.Creation;
import xalesin.schemas.StreamName;

/** One type of command over HTTP. Thread-safe. */
final class CommandEndpoint implements Endpoint {
  private final CommandTypes.Type type;
  private final Aggregate<?, ?, ?> aggregate;
  private final CommandHandler handler;
  private final InstantSource clock;

  CommandEndpoint(
      CommandTypes.Type type,
      Aggregate<?, ?, ?> aggregate,
      CommandHandler handler,
      InstantSource clock) {
    this.type = type;
    this.aggregate = aggregate;
    this.handler = handler;
    this.clock = clock;
  }

  @Override
  public void handle(Exchange exchange) throws IOException, InterruptedException {
    exchange.allowedQuery("dryRun");
    boolean dryRun = exchange.queryFlag("dryRun");
    Object command = exchange.optionalBody(type.recordClass());
    boolean creation = command instanceof Creation;
    Step step =
        new Step(
            aggregate.plan(id(exchange, command), command),
            Ids.next(),
            Requests.expectedVersion(exchange));
    Submission submission =
        new Submission(
            exchange.tenant(),
            List.of(step),
            Requests.context(exchange, clock),
            dryRun,
            dryRun ? null : once(exchange, creation));
    switch (handler.handle(submission)) {
      case Reply.Decided(var outcome) ->
          Replies.send(exchange, Answers.of(outcome, creation, dryRun, exchange.path()), false);
      case Reply.Kept(var answer, boolean replayed) -> Replies.send(exchange, answer, replayed);
      case Reply other -> throw Replies.problem(other);
    }
  }

  private UUID id(Exchange exchange, Object command) {
    if (type.isOnTheTenant()) {
      return StreamName.ONLY;
    }
    if (command instanceof Creation creation) {
      UUID id = creation.id();
      return id == null ? Ids.next() : id;
    }
    return exchange.uuid("id");
  }

  private static Submission.@Nullable Once once(Exchange exchange, boolean creation)
      throws IOException {
    String key = Requests.idempotencyKey(exchange);
    if (key == null) {
      return null;
    }
    String path = exchange.path();
    byte[] hash =
        Requests.hash(
            Requests.bytes(exchange.context().req().getMethod()),
            Requests.bytes(path),
            Requests.bytes(exchange.context().req().getQueryString()),
            Requests.bytes(exchange.header("If-Match")),
            exchange.rawBody());
    return new Submission.Once(
        Requests.keyOf(exchange, key), hash, outcome -> Answers.of(outcome, creation, false, path));
  }
}
