package xalesin.schemas;

/**
 * Something that happened, as a fact of the business. Each aggregate has one sealed interface of
 * its own below this one; an event's name in the log is in {@link EventTypes}.
 */
public interface DomainEvent {}
