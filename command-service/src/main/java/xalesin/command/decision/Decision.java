package xalesin.command.decision;

import java.util.List;
import xalesin.schemas.DomainEvent;

/** What an aggregate makes of a command: the events that happen, or why nothing does. */
public sealed interface Decision<E extends DomainEvent> {
  /**
   * @param events in order; empty when the command asks for what already is
   */
  record Accepted<E extends DomainEvent>(List<E> events) implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  record Refused<E extends DomainEvent>(Refusal refusal) implements Decision<E> {}

  static <E extends DomainEvent> Decision<E> accept(E event) {
    return new Accepted<>(List.of(event));
  }

  static <E extends DomainEvent> Decision<E> nothingToDo() {
    return new Accepted<>(List.of());
  }

  static <E extends DomainEvent> Decision<E> refuse(Refusal refusal) {
    return new Refused<>(refusal);
  }
}
