package xalesin.command.decision;

import java.util.UUID;

/**
 * How a command is decided that may concern several streams of its tenant. Pure.
 *
 * @param <C> the sealed type of the commands
 */
@FunctionalInterface
public interface CommandProcess<C> {
  /**
   * @param id of the thing that the command was sent to
   */
  Plan.Verdict decide(UUID id, C command, CommandContext context, Plan.States states);
}
