package xalesin.command.handling;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Plan;

/**
 * One command of a request.
 *
 * @param commandId UUIDv7: the cause of its events
 * @param expectedVersion of the target, {@link #ANY_VERSION} for any but none, null for whatever it
 *     is
 */
public record Step(Plan plan, UUID commandId, @Nullable Long expectedVersion) {
  /** The stream must exist, in whatever version. */
  public static final long ANY_VERSION = -1;
}
