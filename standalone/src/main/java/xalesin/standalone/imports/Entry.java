package xalesin.standalone.imports;

/** One thing that an input says. */
sealed interface Entry {
  Place place();

  /**
   * A command as a line of {@code POST /api/commands}, with its idempotency key.
   *
   * @param json UTF-8 without a line break; not copied, must not be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Command(Place place, byte[] json) implements Entry {}

  /**
   * A line or row that gives no command; the ones after it are not touched by that.
   *
   * @param detail what is wrong with it
   */
  record Faulty(Place place, String detail) implements Entry {}
}
