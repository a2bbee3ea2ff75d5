package xalesin.bench.inventory;

import static java.nio.charset.StandardCharsets.US_ASCII;

import xalesin.bench.load.Answer;
import xalesin.bench.load.RequestBuffer;
import xalesin.bench.load.Script;

/**
 * A command, and as soon as it is answered a read of its item that must show it: the exchange ends
 * when the command is visible to a reader. Not thread-safe: one per connection.
 */
public final class CommandThenRead implements Script {
  /** From the command's intended sending to its answer. */
  public static final String APPEND = "command answered";

  /** From the command's answer to the answer of the read that shows it. */
  public static final String READ = "answer to visible";

  private static final byte[] VERSION = "\"version\":".getBytes(US_ASCII);
  private static final String WAIT = "Prefer: wait=5\r\nConsistency-Token: ";

  private final CommandMix commands;
  private boolean reading;
  private long version;

  private CommandThenRead(CommandMix commands) {
    this.commands = commands;
  }

  public static Script.Source source(Catalog catalog, long seed, long epochMillis) {
    return connection -> new CommandThenRead(CommandMix.of(catalog, connection, seed, epochMillis));
  }

  @Override
  public void begin(RequestBuffer request) {
    reading = false;
    commands.begin(request);
  }

  @Override
  public Next answered(Answer answer, RequestBuffer request, Run run) {
    if (reading) {
      run.record(READ, run.answeredNanos() - run.sentNanos());
      return answer.status() == 200 && versionOf(answer) >= version ? Next.DONE : Next.FAILED;
    }
    if (commands.answered(answer, request, run) == Next.FAILED) {
      return Next.FAILED;
    }
    run.record(APPEND, run.answeredNanos() - run.intendedNanos());
    String token = answer.header("Consistency-Token");
    version = versionOf(answer);
    if (token == null || version < 1) {
      return Next.FAILED;
    }
    reading = true;
    Item item = commands.target();
    request.get(item.path(), item.tenant().readHeaders(), WAIT + token + "\r\n");
    return Next.SEND;
  }

  /** The number after the first {@code "version":} of the body; -1 when there is none. */
  public static long versionOf(Answer answer) {
    int at = answer.indexInBody(VERSION, 0);
    return at < 0 ? -1 : answer.numberInBody(at + VERSION.length);
  }
}
