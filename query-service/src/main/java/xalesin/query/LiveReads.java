package xalesin.query;

import xalesin.edge.Exchange;
import xalesin.edge.LiveGate;
import xalesin.edge.Problem;
import xalesin.edge.Role;
import xalesin.edge.TokenVerifier.VerifiedToken;
import xalesin.query.live.Asked;
import xalesin.query.live.LiveHub;

/** `GET /api/live` and `GET /api/live/ws`: who follows what, and from where on. Thread-safe. */
final class LiveReads {
  /** The view sequence is no longer than that. */
  private static final int MAX_ID_DIGITS = 18;

  private final LiveGate gate;
  private final LiveHub hub;
  private final LiveQuestions questions;

  LiveReads(LiveGate gate, LiveHub hub, LiveQuestions questions) {
    this.gate = gate;
    this.hub = hub;
    this.questions = questions;
  }

  /** One question, in the address. */
  void stream(Exchange exchange) {
    VerifiedToken token = gate.admit(exchange, Role.VIEWER);
    Asked asked = questions.ask(token.caller().tenant(), exchange.query());
    long since = since(exchange);
    if (exchange.isHead()) {
      exchange.empty(200);
      return;
    }
    hub.stream(exchange, token, asked, since);
  }

  /** Questions come as messages. */
  void socket(Exchange exchange) {
    VerifiedToken token = gate.admit(exchange, Role.VIEWER);
    exchange.allowedQuery("ticket");
    hub.socket(exchange, token, asked -> questions.ask(token.caller().tenant(), asked));
  }

  /** The state that the client has; -1 when it has none. */
  private static long since(Exchange exchange) {
    String header = exchange.header("Last-Event-ID");
    String text = header == null || header.isEmpty() ? exchange.query("since") : header;
    if (text == null) {
      return -1;
    }
    if (text.isEmpty()
        || text.length() > MAX_ID_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw Problem.badRequest("Last-Event-ID (or since) takes the id of an event of this API")
          .exception();
    }
    return Long.parseLong(text);
  }
}
