package xalesin.command.decision;

import java.util.List;
import xalesin.schemas.StreamName;

/**
 * How a tenant comes into being: with the first command that changes anything, in its transaction.
 *
 * @param mark the stream that has events from then on
 * @param events what happens then, the mark's among them
 */
public record Founding(StreamName mark, List<Plan.StreamEvents> events) {
  public Founding {
    events = List.copyOf(events);
  }
}
