package xalesin.command.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import xalesin.command.handling.Reply;
import xalesin.command.store.StoredAnswer;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;

/** Sends what the handler replies. */
final class Replies {
  private static final int RETRY_SECONDS = 1;

  private Replies() {}

  static void send(Exchange exchange, StoredAnswer answer, boolean replayed) {
    answer.headers().forEach(exchange::header);
    markReplayed(exchange, replayed);
    exchange.send(
        answer.status(),
        Answers.isProblem(answer) ? "application/problem+json" : "application/json",
        answer.body().getBytes(UTF_8));
  }

  static void markReplayed(Exchange exchange, boolean replayed) {
    if (replayed) {
      exchange.header("Idempotency-Replayed", "true");
    }
  }

  /** For replies that are no outcome. */
  static RuntimeException problem(Reply reply) {
    return switch (reply) {
      case Reply.KeyReused() -> keyReused().exception();
      case Reply.NotNow notNow -> notNow(notNow).exception();
      case Reply.Failed(var cause) ->
          new IllegalStateException("the command could not be handled", cause);
      case Reply.Decided _, Reply.Kept _ ->
          throw new IllegalArgumentException("an outcome is no problem");
    };
  }

  static Problem keyReused() {
    return Problem.of(
        422,
        "idempotency-key-reuse",
        "The idempotency key was used for another request",
        "A key stands for one request with all its content; use a new key for another one.");
  }

  static Problem notNow(Reply.NotNow reply) {
    return reply.effectUnknown()
        ? Problem.unavailable(
            "outcome-unknown",
            reply.detail()
                + " It may have happened; sent again with the same Idempotency-Key it happens"
                + " once.",
            RETRY_SECONDS)
        : Problem.unavailable("unavailable", reply.detail(), RETRY_SECONDS);
  }
}
