package xalesin.command.decision;

import java.util.List;
import java.util.function.Function;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.StreamName;

/**
 * A command bound to the streams that its decision needs, all of one tenant. The handler gives it
 * their states and appends what it answers as a whole or not at all.
 *
 * <p>Streams that get events are protected by their versions. A stream that a decision only reads
 * is known to have been newest after the command arrived, not that it stays so until the commit.
 */
public interface Plan {
  /** The stream the command was sent to: its version and id are answered. */
  StreamName target();

  /** All streams whose states {@link #decide} may ask for, the target included. */
  List<StreamName> streams();

  /** Pure: the same states give the same verdict. It may be asked several times. */
  Verdict decide(States states);

  /** States of the plan's streams, as they are when it is decided. */
  interface States {
    Object of(StreamName stream);
  }

  /** Events for one stream, in order. */
  record StreamEvents(StreamName stream, List<? extends DomainEvent> events) {
    public StreamEvents {
      events = List.copyOf(events);
    }
  }

  /** What is to be done. */
  sealed interface Verdict {}

  /** Append all of it atomically; streams without events may be left out. */
  record Append(List<StreamEvents> appends) implements Verdict {
    public Append {
      appends = List.copyOf(appends);
    }
  }

  record Refuse(Refusal refusal) implements Verdict {}

  /** A plan on one stream. */
  static Plan of(StreamName target, Function<States, Verdict> decide) {
    return of(target, List.of(target), decide);
  }

  /** A plan on several streams. */
  static Plan of(StreamName target, List<StreamName> streams, Function<States, Verdict> decide) {
    List<StreamName> all = List.copyOf(streams);
    return new Plan() {
      @Override
      public StreamName target() {
        return target;
      }

      @Override
      public List<StreamName> streams() {
        return all;
      }

      @Override
      public Verdict decide(States states) {
        return decide.apply(states);
      }
    };
  }
}
