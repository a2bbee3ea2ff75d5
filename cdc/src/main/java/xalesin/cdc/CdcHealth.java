package xalesin.cdc;

import org.jspecify.annotations.Nullable;

/**
 * What a health probe is told.
 *
 * @param state where the process stands
 * @param reason why, for people; empty when there is nothing to say
 * @param published commit LSN of the last published transaction, null before it is known
 */
public record CdcHealth(CdcState state, String reason, @Nullable Lsn published) {

  /** A standby is as ready as it can be. */
  public boolean ready() {
    return state == CdcState.ACTIVE || state == CdcState.STANDBY;
  }
}
