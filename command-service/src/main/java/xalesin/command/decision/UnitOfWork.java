package xalesin.command.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.StreamName;

/**
 * The events of one decision on several streams while it is being made: each part sees what the
 * parts before it have done. Lives for one {@link Plan#decide}; for one thread.
 */
public final class UnitOfWork {
  private final Plan.States states;
  private final Map<StreamName, Object> evolved = new HashMap<>();
  private final Map<StreamName, List<DomainEvent>> events = new LinkedHashMap<>();
  private final Map<Series, Long> numbers = new HashMap<>();

  public UnitOfWork(Plan.States states) {
    this.states = states;
  }

  /** The state of a stream with what has been decided so far. */
  public <S> S state(Aggregate<S, ?, ?> aggregate, UUID id) {
    StreamName stream = aggregate.stream(id);
    Object state = evolved.get(stream);
    return aggregate.cast(state == null ? states.of(stream) : state);
  }

  /** Asks for several streams of one kind at once. */
  public void prepare(Aggregate<?, ?, ?> aggregate, Iterable<UUID> ids) {
    List<StreamName> streams = new ArrayList<>();
    ids.forEach(id -> streams.add(aggregate.stream(id)));
    states.prepare(streams);
  }

  public <S, E extends DomainEvent> void append(Aggregate<S, ?, E> aggregate, UUID id, E event) {
    StreamName stream = aggregate.stream(id);
    evolved.put(stream, aggregate.evolveAny(state(aggregate, id), event));
    events.computeIfAbsent(stream, _ -> new ArrayList<>()).add(event);
  }

  /** Begins a stream whose id was made for this command, see {@link CommandContext#derivedId}. */
  public <S, E extends DomainEvent> void begin(Aggregate<S, ?, E> aggregate, UUID id, E event) {
    states.begin(aggregate.stream(id));
    append(aggregate, id, event);
  }

  /** Takes the next number of a series. */
  public long next(Series series) {
    return numbers.merge(series, states.last(series) + 1, (taken, _) -> taken + 1);
  }

  /** All that is to be appended. */
  public Plan.Append done() {
    List<Plan.StreamEvents> appends = new ArrayList<>();
    events.forEach((stream, happened) -> appends.add(new Plan.StreamEvents(stream, happened)));
    return new Plan.Append(appends, numbers);
  }
}
