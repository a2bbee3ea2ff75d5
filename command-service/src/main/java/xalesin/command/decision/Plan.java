package xalesin.command.decision;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.StreamName;

/**
 * A command bound to the stream that it was sent to. The handler gives it the states that it asks
 * for, of any streams of the tenant, and appends what it answers as a whole or not at all.
 *
 * <p>Streams that get events are protected by their versions; of streams that a decision only
 * looked at, the handler sees to it that they do not change before the commit.
 */
public interface Plan {
  /** The stream the command was sent to: its version and id are answered. */
  StreamName target();

  /** Pure: the same states give the same verdict. It is asked again whenever more is known. */
  Verdict decide(CommandContext context, States states);

  /** What is there when the plan is decided. */
  interface States {
    /**
     * The state of a stream. What is not known yet is read, and the plan decided anew: so ask
     * early, and let no exception of this method be caught.
     */
    Object of(StreamName stream);

    /** Asks for several streams at once, which costs one reading instead of one each. */
    void prepare(Collection<StreamName> streams);

    /** Says that a stream's id was made for this command: it has no events, and is not read. */
    void begin(StreamName stream);

    /** The last number taken of a series, 0 for none. */
    long last(Series series);
  }

  /** Events for one stream, in order. */
  record StreamEvents(StreamName stream, List<? extends DomainEvent> events) {
    public StreamEvents {
      events = List.copyOf(events);
    }
  }

  /** What is to be done. */
  sealed interface Verdict {}

  /**
   * Append all of it atomically; streams without events may be left out.
   *
   * @param numbers the last number of each series of which some are taken
   */
  record Append(List<StreamEvents> appends, Map<Series, Long> numbers) implements Verdict {
    public Append {
      appends = List.copyOf(appends);
      numbers = Map.copyOf(numbers);
    }

    public Append(List<StreamEvents> appends) {
      this(appends, Map.of());
    }
  }

  record Refuse(Refusal refusal) implements Verdict {}

  static Plan of(StreamName target, BiFunction<CommandContext, States, Verdict> decide) {
    return new Plan() {
      @Override
      public StreamName target() {
        return target;
      }

      @Override
      public Verdict decide(CommandContext context, States states) {
        return decide.apply(context, states);
      }
    };
  }
}
