package xalesin.standalone.demo;

import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import xalesin.standalone.imports.CommandSender;
import xalesin.standalone.imports.Pause;
import xalesin.standalone.imports.Result;

/**
 * Loads the demo company into the token's tenant. Every command has its idempotency key, so a load
 * that was interrupted is completed by the next one, and a load on top of a complete one changes
 * nothing.
 */
public final class DemoData {
  /** The seed of the company that everybody sees. */
  public static final long SEED = 20_261_101L;

  private DemoData() {}

  /**
   * What a load did.
   *
   * @param commands how many were sent
   * @param alreadyThere how many of them an earlier load had done
   */
  public record Loaded(int commands, int alreadyThere) {}

  /**
   * Sends the company's commands and waits until all are durable.
   *
   * @param http the installation's address, such as {@code http://127.0.0.1:8080}
   * @param token of a user who may send commands
   * @param seed the same seed and day give the same commands
   * @param today the last day of the company's business
   * @param notices is told when something is tried again
   * @throws xalesin.standalone.imports.ImportException when the server cannot be reached within
   *     bounds or refuses the whole
   * @throws IllegalStateException when the server refuses a command: then generator and rules
   *     disagree
   */
  public static Loaded load(
      URI http, String token, long seed, LocalDate today, Consumer<String> notices)
      throws InterruptedException {
    List<DemoCommand> commands = DemoCompany.commands(seed, today);
    int replayed = 0;
    try (CommandSender sender = new CommandSender(http, token, Pause.SLEEP, notices)) {
      for (int begin = 0; begin < commands.size(); begin += CommandSender.MAX_BATCH_COMMANDS) {
        int end = Math.min(commands.size(), begin + CommandSender.MAX_BATCH_COMMANDS);
        List<byte[]> lines = new ArrayList<>();
        commands.subList(begin, end).forEach(command -> lines.add(command.json()));
        List<Result> results = sender.send(lines);
        for (int i = 0; i < results.size(); i++) {
          Result result = results.get(i);
          if (!result.isAccepted()) {
            throw new IllegalStateException(
                "the demo command %s was refused: %s"
                    .formatted(commands.get(begin + i), result.detail()));
          }
          replayed += result.isReplayed() ? 1 : 0;
        }
      }
    }
    return new Loaded(commands.size(), replayed);
  }
}
