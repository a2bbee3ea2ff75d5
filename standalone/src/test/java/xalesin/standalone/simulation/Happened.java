package xalesin.standalone.simulation;

import xalesin.schemas.DomainEvent;
import xalesin.schemas.EventTypes;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;

/** An event and to what it happened. */
record Happened(StreamName stream, DomainEvent event) {
  static Happened of(RecordedEvent recorded) {
    return new Happened(StreamName.parse(recorded.stream()), EventTypes.read(recorded));
  }
}
