package xalesin.command.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * What a decision may know of the command that it is made for, beside its content: nothing below
 * asks a clock or makes ids.
 *
 * @param commandId UUIDv7; the source of the ids of what comes into being besides
 * @param at when it was taken in
 * @param actor who sent it
 */
public record CommandContext(UUID commandId, Instant at, String actor) {
  /** The low 62 bits: what is left of the half beside the variant. */
  private static final long RANDOM_BITS = (1L << 62) - 1;

  /** Odd, so that different places give different ids: the golden ratio in 64 bits. */
  private static final long STEP = 0x9e3779b97f4a7c15L;

  /** The day in UTC: what a command means that names no date. */
  public LocalDate today() {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /**
   * A UUIDv7 of the same time for something that the command makes besides, the same at each try.
   *
   * @param place from 0; tells several such things apart
   */
  public UUID derivedId(int place) {
    long low = commandId.getLeastSignificantBits();
    long random = (low + (place + 1) * STEP) & RANDOM_BITS;
    return new UUID(commandId.getMostSignificantBits(), (low & ~RANDOM_BITS) | random);
  }
}
