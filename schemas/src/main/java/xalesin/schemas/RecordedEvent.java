package xalesin.schemas;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as the log keeps it.
 *
 * @param id unique, UUIDv7
 * @param tenant whose it is
 * @param stream what it happened to, see {@link StreamName}
 * @param version its place in the stream, from 1 without gaps
 * @param type the stable name of what happened, see {@link EventTypes}
 * @param schemaVersion the version of the type's schema, from 1
 * @param recordedAt when it was decided, UTC, microseconds
 * @param actor the user who sent the command
 * @param correlationId what it belongs to, as the caller named it
 * @param causationId the command that caused it
 * @param traceparent the W3C trace context of the request
 * @param clientAddress where the command came from: an IPv4 or IPv6 address as text; null for an
 *     event that was recorded without
 * @param data UTF-8 JSON; not copied, must not be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record RecordedEvent(
    UUID id,
    String tenant,
    String stream,
    long version,
    String type,
    int schemaVersion,
    Instant recordedAt,
    String actor,
    String correlationId,
    @Nullable String causationId,
    @Nullable String traceparent,
    @Nullable String clientAddress,
    byte[] data) {}
