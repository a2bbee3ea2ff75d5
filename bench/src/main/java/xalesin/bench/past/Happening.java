package xalesin.bench.past;

import java.time.Instant;
import xalesin.schemas.DomainEvent;

/**
 * An event of the past.
 *
 * @param stream such as {@code parties/<uuid>}
 * @param version its place in the stream, from 1 without gaps
 * @param at when it was recorded, UTC, microseconds
 * @param actor who did it
 */
record Happening(String stream, long version, DomainEvent event, Instant at, String actor) {}
