package xalesin.cdc;

/**
 * The slot begins after the last published transaction: what was committed between the two would
 * never reach Kafka. It was recreated or advanced by someone, or Kafka has lost its newest records.
 */
public final class SlotAheadException extends CdcException.Violation {
  private final Lsn confirmed;
  private final Lsn published;

  SlotAheadException(String slot, Lsn confirmed, Lsn published) {
    super(
        "slot "
            + slot
            + " is ahead: it was confirmed up to "
            + confirmed
            + " but only "
            + published
            + " is published; events between the two are missing from the topic",
        null);
    this.confirmed = confirmed;
    this.published = published;
  }

  public Lsn confirmed() {
    return confirmed;
  }

  public Lsn published() {
    return published;
  }
}
