package xalesin.query.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;

/**
 * What goes out as one, the same to everybody.
 *
 * @param sequence the state that its receiver has then
 * @param events in their order
 * @param rows how many rows it carries
 */
record Frame(long sequence, List<Event> events, int rows) {

  /** Changes, or without any event when there are none. */
  static Frame batch(Batch batch) {
    return batch.isEmpty() ? new Frame(batch.sequence(), List.of(), 0) : of("batch", batch);
  }

  /** All there is. */
  static Frame snapshot(Batch batch) {
    return of("snapshot", batch);
  }

  private static Frame of(String event, Batch batch) {
    Event only = new Event(event, batch.sequence(), batch.json());
    return new Frame(batch.sequence(), List.of(only), batch.rows());
  }

  /** Nothing need be sent for its receiver to have the state. */
  boolean isEmpty() {
    return events.isEmpty();
  }

  /** What was sent before counts no longer; the state that counts follows at once. */
  Frame afterReset() {
    byte[] data = ("{\"sequence\":" + sequence + "}").getBytes(US_ASCII);
    return new Frame(
        sequence, List.of(new Event("reset", sequence, data), events.getFirst()), rows);
  }

  /** Whether what its receiver had counts no longer. */
  boolean isReset() {
    return events.size() > 1;
  }

  /** The bytes that it keeps from being forgotten, but for what encodes them. */
  int size() {
    return events.stream().mapToInt(Event::size).sum();
  }
}
