package xalesin.query;

import xalesin.projection.ViewSet;

/**
 * What sort of answer a route gives. Immutable.
 *
 * @param views those that it is read from, and nothing else that changes
 * @param cached whether it may be kept and known by the sequence of its views: not when it depends
 *     on more than them
 * @param listed whether its tag is weak and says when its views last changed, and it may be
 *     compressed; otherwise it is a row with the strong tag of its version, for `If-Match` too,
 *     which must name these bytes and no compressed ones
 * @param more what the answer depends on without being asked, such as the day; may be empty
 */
record AnswerKind(ViewSet views, boolean cached, boolean listed, String more) {
  static AnswerKind list(ViewSet views) {
    return new AnswerKind(views, true, true, "");
  }

  static AnswerKind row(ViewSet views) {
    return new AnswerKind(views, true, false, "");
  }

  /** Its order depends on the words of all tenants of the partition. */
  static AnswerKind search(ViewSet views) {
    return new AnswerKind(views, false, true, "");
  }

  AnswerKind on(String day) {
    return new AnswerKind(views, cached, listed, day);
  }
}
