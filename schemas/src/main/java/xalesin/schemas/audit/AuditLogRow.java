package xalesin.schemas.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.RawJson;

/**
 * An event of any stream as {@code GET /api/audit-logs} serves it. Never changed once written.
 *
 * @param id of the event
 * @param date when it was recorded
 * @param user who sent the command
 * @param resource of the stream, such as {@code sales-orders}
 * @param subject the id of the thing that it happened to
 * @param type the stable name of what happened
 * @param schema version of the type's schema in which {@code data} is written
 * @param correlationId what it belongs to, as the caller named it
 * @param causationId the command that caused it
 * @param clientAddress where the command came from: an IPv4 or IPv6 address; null for events that
 *     were recorded without
 * @param data the event as it was recorded
 * @param version its place in the stream
 */
@JsonPropertyOrder({
  "id",
  "date",
  "user",
  "resource",
  "subject",
  "type",
  "schema",
  "correlationId",
  "causationId",
  "clientAddress",
  "data",
  "version"
})
public record AuditLogRow(
    UUID id,
    Instant date,
    String user,
    String resource,
    UUID subject,
    String type,
    int schema,
    String correlationId,
    @Nullable String causationId,
    @Nullable String clientAddress,
    RawJson data,
    long version) {}
