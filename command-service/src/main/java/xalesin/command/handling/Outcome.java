package xalesin.command.handling;

import java.util.List;
import xalesin.command.decision.Refusal;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.StreamName;

/** What became of a submission's commands, as decided. */
public sealed interface Outcome {
  /** All of it is durable, or would be, were it not a dry run. */
  record Done(List<Result> results) implements Outcome {}

  /**
   * @param step which of the commands, from 0; nothing of the others happened either
   */
  record Refused(int step, StreamName target, Refusal refusal) implements Outcome {}

  /** The target has moved on since the version that the caller knew. */
  record Moved(int step, StreamName target, long actual) implements Outcome {}

  /**
   * What one command did.
   *
   * @param version of the target afterwards
   * @param events in order; of all streams when the decision spans several
   * @param last the stream whose events of this command stand last in the log; the target when
   *     nothing happened
   * @param lastVersion of that stream afterwards: whoever has seen it has seen all of the command
   */
  record Result(
      StreamName target,
      long version,
      List<DomainEvent> events,
      StreamName last,
      long lastVersion) {}
}
