package xalesin.command.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event to be appended.
 *
 * @param data JSON
 */
public record NewEvent(
    StreamKey stream,
    long version,
    UUID id,
    String type,
    int schemaVersion,
    String data,
    Instant recordedAt,
    String actor,
    String correlationId,
    @Nullable String causationId,
    @Nullable String traceparent,
    @Nullable String clientAddress) {}
