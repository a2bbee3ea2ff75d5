package xalesin.query;

import org.jspecify.annotations.Nullable;

/** A request that has been checked and can be read. Throws problems, such as the 404. */
@FunctionalInterface
interface Read {
  /**
   * @param plan is told what is read
   */
  Content content(QueryPlan plan);

  /** Checks a request. Throws the 400 problem when it is not in order. */
  @FunctionalInterface
  interface Check {
    Read read();
  }

  /**
   * What was read, all of one instant.
   *
   * @param sequence of the tenant at that instant
   * @param etag of a row; null for a list
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Content(long sequence, byte[] json, @Nullable String etag) {
    /**
     * The same as the constructor, whose parameters' annotations a record loses in its class file.
     */
    static Content of(long sequence, byte[] json, @Nullable String etag) {
      return new Content(sequence, json, etag);
    }
  }
}
