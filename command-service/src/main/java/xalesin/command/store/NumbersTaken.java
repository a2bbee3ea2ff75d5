package xalesin.command.store;

/**
 * Numbers of a series that are taken.
 *
 * @param before the last number taken earlier, 0 for none
 * @param last the last number taken now
 */
public record NumbersTaken(long before, long last) {}
