package xalesin.cdc;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import xalesin.schemas.Json;

/**
 * How far a slot has been published: the value of its record in the offsets topic, written in the
 * same Kafka transaction as the events up to it. Nothing else is believed about what is published.
 *
 * @param commitLsn commit LSN of the last published Postgres transaction
 * @param identity what the LSN belongs to
 * @param publishedAt when, UTC
 * @param events how many events this Kafka transaction carries
 * @param totalEvents how many events were published since the slot's first start
 */
public record Position(
    Lsn commitLsn, SlotIdentity identity, Instant publishedAt, long events, long totalEvents) {

  /** The JSON in the topic: flat, and the LSN as Postgres prints it, for people with kcat. */
  private record Stored(
      String commitLsn,
      String systemIdentifier,
      long timeline,
      String slot,
      Instant publishedAt,
      long events,
      long totalEvents) {}

  byte[] toJson() {
    return Json.write(
        new Stored(
            commitLsn.toString(),
            identity.systemIdentifier(),
            identity.timeline(),
            identity.slot(),
            publishedAt,
            events,
            totalEvents));
  }

  /**
   * @throws PositionLostException when it is not a position: what is published is then unknown
   */
  static Position fromJson(String slot, byte[] json) {
    try {
      Stored stored = Json.MAPPER.readValue(json, Stored.class);
      return new Position(
          Lsn.parse(stored.commitLsn),
          new SlotIdentity(stored.systemIdentifier, stored.timeline, stored.slot),
          stored.publishedAt,
          stored.events,
          stored.totalEvents);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new PositionLostException(slot, "its record in the offsets topic is unreadable", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
