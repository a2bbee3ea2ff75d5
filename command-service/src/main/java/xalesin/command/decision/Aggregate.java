package xalesin.command.decision;

import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.StreamName;

/**
 * An aggregate as the command handler sees it. Everything here is pure; states are immutable.
 *
 * @param resource the first part of its streams' names
 * @param commands the sealed type of its commands
 * @param events the sealed type of its events
 * @param initial the state of a stream without events
 * @param evolve the state after an event; total
 * @param process what a command does, to this stream and to others
 * @param claims what an event claims and releases, given the state before it
 * @param taken how it is refused that another stream holds a claim
 * @param weight about how many small objects a state is made of: bounds the cache. {@link
 *     #NOT_KEPT} for streams that are hardly ever decided on again
 */
public record Aggregate<S, C, E extends DomainEvent>(
    String resource,
    Class<C> commands,
    Class<E> events,
    S initial,
    BiFunction<S, E, S> evolve,
    CommandProcess<C> process,
    BiFunction<S, E, Claim.Changes> claims,
    Function<Claim, Refusal> taken,
    ToIntFunction<S> weight) {
  public static final int NOT_KEPT = 0;

  /** An aggregate of which nothing is claimed. */
  public Aggregate(
      String resource,
      Class<C> commands,
      Class<E> events,
      S initial,
      BiFunction<S, E, S> evolve,
      CommandProcess<C> process,
      ToIntFunction<S> weight) {
    this(
        resource,
        commands,
        events,
        initial,
        evolve,
        process,
        (_, _) -> Claim.Changes.NONE,
        claim -> {
          throw new IllegalStateException(resource + " claims nothing, but " + claim);
        },
        weight);
  }

  /** A stream's state; made by the handler only, for the aggregate that it hands it to. */
  @SuppressWarnings("unchecked")
  S cast(Object state) {
    return (S) state;
  }

  public Object evolveAny(Object state, DomainEvent event) {
    return evolve.apply(cast(state), events.cast(event));
  }

  public Claim.Changes claimsOf(Object before, DomainEvent event) {
    return claims.apply(cast(before), events.cast(event));
  }

  public int weightOf(Object state) {
    return weight.applyAsInt(cast(state));
  }

  public StreamName stream(UUID id) {
    return new StreamName(resource, id);
  }

  /** The command bound to the stream that it was sent to. */
  public Plan plan(UUID id, Object command) {
    C typed = commands.cast(command);
    return Plan.of(stream(id), (context, states) -> process.decide(id, typed, context, states));
  }

  /** The decision on one stream as a verdict on it. */
  public Plan.Verdict verdict(UUID id, Decision<E> decision) {
    return switch (decision) {
      case Decision.Accepted<E>(var happened) ->
          new Plan.Append(List.of(new Plan.StreamEvents(stream(id), happened)));
      case Decision.Refused<E>(var refusal) -> new Plan.Refuse(refusal);
    };
  }
}
