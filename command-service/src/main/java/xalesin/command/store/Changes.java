package xalesin.command.store;

import java.util.List;
import java.util.Map;

/**
 * All that one transaction writes.
 *
 * @param events of each stream in order of version
 * @param released claims by the stream that held them
 * @param claimed claims by the stream that takes them
 * @param numbers what is taken of series
 */
public record Changes(
    List<NewEvent> events,
    Map<ClaimKey, String> released,
    Map<ClaimKey, String> claimed,
    Map<SeriesKey, NumbersTaken> numbers,
    List<StoredAnswer.First> answers) {

  public boolean isEmpty() {
    return events.isEmpty()
        && released.isEmpty()
        && claimed.isEmpty()
        && numbers.isEmpty()
        && answers.isEmpty();
  }
}
