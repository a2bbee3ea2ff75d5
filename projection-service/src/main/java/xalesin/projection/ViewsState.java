package xalesin.projection;

import java.util.List;

/**
 * What the views are doing, for health.
 *
 * @param reasons why not {@link Status#RUNNING}, each a sentence
 */
public record ViewsState(Status status, List<String> reasons) {
  /** From start to end; DEGRADED can follow RUNNING at any time. */
  public enum Status {
    STARTING,
    /** Local state is being restored, or partitions are being assigned. */
    RESTORING,
    /**
     * Of what the log had when a partition came here, not all is applied: its tenants cannot be
     * read yet.
     */
    CATCHING_UP,
    RUNNING,
    /** Some partitions have stopped and say why; the others go on and all serve what they have. */
    DEGRADED,
    /** Nothing is applied any more. */
    FAILED
  }

  public ViewsState {
    reasons = List.copyOf(reasons);
  }

  public boolean ready() {
    return status == Status.RUNNING || status == Status.DEGRADED;
  }
}
