package xalesin.command.handling;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xalesin.command.store.IdempotencyKey;
import xalesin.command.store.StoredAnswer;

/**
 * A request as the command handler takes it: commands of one tenant that happen all or not at all.
 *
 * @param steps decided in order, each on what the ones before have done; at least one
 * @param dryRun decide only
 * @param once what makes it happen once, or null
 */
public record Submission(
    String tenant, List<Step> steps, Context context, boolean dryRun, @Nullable Once once) {
  public Submission {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a submission has at least one step");
    }
    if (dryRun && once != null) {
      throw new IllegalArgumentException("a dry run has no effect that could happen twice");
    }
  }

  /**
   * Who asks, when, from where and why; kept with each event.
   *
   * @param recordedAt the one reading of the clock, in microseconds
   */
  public record Context(
      Instant recordedAt,
      String actor,
      String correlationId,
      @Nullable String traceparent,
      @Nullable String clientAddress) {}

  /**
   * @param requestHash of all that makes the request what it is
   * @param answer how the outcome is told; kept as the first answer. Pure.
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Once(
      IdempotencyKey key, byte[] requestHash, Function<Outcome, StoredAnswer> answer) {}
}
