package xalesin.command.store;

import java.time.Instant;
import java.util.Map;

/**
 * What a request was answered.
 *
 * @param status as in HTTP
 * @param body JSON
 * @param headers those that belong to this answer alone
 */
public record StoredAnswer(int status, String body, Map<String, String> headers) {

  /**
   * A first answer, with what it was an answer to.
   *
   * @param requestHash of all that makes the request what it is
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record First(
      IdempotencyKey key, byte[] requestHash, StoredAnswer answer, Instant recordedAt) {}
}
