package xalesin.projection;

/**
 * A stream that is not applied any further, because one of its events could not be. Its rows stay
 * as the events before made them; the events are kept in the dead letters.
 *
 * @param version of the first event that could not be applied
 * @param type of that event
 * @param through the newest version seen since, all of them in the dead letters
 * @param error why
 */
public record ParkedStream(String stream, long version, String type, long through, String error) {

  /** Another of its events has been put aside. */
  public ParkedStream through(long newest) {
    return new ParkedStream(stream, version, type, newest, error);
  }
}
