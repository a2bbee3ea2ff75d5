package xalesin.cdc;

import xalesin.schemas.RecordedEvent;

/** What the WAL stream says, in the words of this module. */
sealed interface WalRecord {

  /** A committed transaction begins; everything up to its end belongs to it. */
  record Begin(String transactionId) implements WalRecord {}

  /** An event was inserted. */
  record Row(RecordedEvent event) implements WalRecord {}

  /**
   * The transaction is over.
   *
   * @param commitLsn the end of its commit record: the same whenever the transaction is sent again
   * @param rows how many events it has
   */
  record End(String transactionId, Lsn commitLsn, long rows) implements WalRecord {}

  /** Something that is not published. */
  record Other() implements WalRecord {
    static final Other OTHER = new Other();
  }
}
