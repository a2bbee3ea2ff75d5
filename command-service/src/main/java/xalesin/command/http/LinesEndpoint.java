package xalesin.command.http;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import xalesin.command.handling.CommandHandler;
import xalesin.edge.Caller;
import xalesin.edge.Endpoint;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;

/**
 * Many commands over one request, a line each: alone, each a command of its own, or together
 * ({@code ?atomic=true}), all in one transaction or none. Thread-safe.
 */
final class LinesEndpoint implements Endpoint {
  static final String NDJSON = "application/x-ndjson";
  static final int MAX_LINE_BYTES = 1 << 20;

  /** A sender of many lines rather waits than is turned away, but not longer than clients do. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LinesAlone alone;
  private final LinesTogether together;

  LinesEndpoint(Commands commands, CommandHandler handler, InstantSource clock) {
    this.alone = new LinesAlone(commands, handler, clock);
    this.together = new LinesTogether(commands, handler, clock);
  }

  @Override
  public void handle(Exchange exchange) throws IOException, InterruptedException {
    exchange.allowedQuery("atomic");
    if (exchange.queryFlag("atomic")) {
      together.handle(exchange);
    } else {
      alone.handle(exchange);
    }
  }

  /** The command of a line, or the problem that says what is wrong with it. */
  static CommandLine.Parsed parse(LineReader.Line line, Commands commands, Caller caller) {
    return switch (line) {
      case LineReader.Text(var bytes) -> CommandLine.parse(bytes, commands, caller);
      case LineReader.TooLong() ->
          throw Problem.of(
                  413,
                  "too-large",
                  "The line is too large",
                  "A line may have %d bytes.".formatted(MAX_LINE_BYTES))
              .exception();
    };
  }
}
