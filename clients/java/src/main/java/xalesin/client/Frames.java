package xalesin.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the state of a question out of the events of its connections: passes over what is old or
 * came before, and does not take what does not fit. Touches no network. For one thread.
 */
final class Frames implements SseParser.Handler {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Counters counters;
  private final Backoff backoff;
  private final Predicate<LiveState> told;
  private final Replica replica = new Replica();

  /** The newest sequence of this connection: what is older came twice. */
  private long newest = Replica.NOTHING;

  /**
   * @param backoff begins anew with each sign of life
   * @param told gets all that is followed, and says whether there was anything new for anybody
   */
  Frames(Counters counters, Backoff backoff, Predicate<LiveState> told) {
    this.counters = counters;
    this.backoff = backoff;
    this.told = told;
  }

  /**
   * Another connection begins.
   *
   * @return the sequence to go on from; negative when all is to be sent
   */
  long begin() {
    newest = Replica.NOTHING;
    return replica.sequence();
  }

  @Override
  public void retry(long millis) {
    backoff.startAt(millis);
  }

  /**
   * @throws InconsistentFrameException when it does not fit what is known, which is forgotten
   */
  @Override
  public void event(String type, @Nullable String id, byte[] data) throws ProtocolException {
    switch (type) {
      case "snapshot", "batch" -> frame(type.equals("snapshot"), parse(data));
      case "reset" -> {
        if (sequence(parse(data)) >= newest) {
          counters.resets.increment();
        }
      }
      case "message" -> ping(id);
      default -> {
        // Of a later version.
      }
    }
  }

  private static JsonNode parse(byte[] data) throws ProtocolException {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw new ProtocolException("a frame is no JSON", e);
    } catch (IOException e) {
      throw new ProtocolException("a frame cannot be read", e);
    }
  }

  private static long sequence(JsonNode frame) throws ProtocolException {
    JsonNode sequence = frame.path("sequence");
    if (!sequence.canConvertToLong() || sequence.asLong() < 0) {
      throw new ProtocolException("a frame has no sequence");
    }
    return sequence.asLong();
  }

  /** A sign of life says up to where nothing has changed. */
  private void ping(@Nullable String id) {
    backoff.reset();
    try {
      long known = id == null || id.isEmpty() ? Replica.NOTHING : Long.parseLong(id);
      if (known >= newest && replica.sequence() >= 0) {
        newest = known;
        replica.knows(known);
      }
    } catch (NumberFormatException e) {
      // An id of another kind says nothing.
    }
  }

  private void frame(boolean isWhole, JsonNode frame) throws ProtocolException {
    long sequence = sequence(frame);
    // Not even a frame that replaces all may take the rows back: the changes since would be lost.
    if (sequence < newest || (!isWhole && sequence < replica.sequence())) {
      counters.repeats.increment();
      return;
    }
    try {
      apply(isWhole, sequence, frame.path("changes"));
    } catch (InconsistentFrameException e) {
      replica.forget();
      throw e;
    }
    newest = sequence;
    backoff.reset();
    if (told.test(new LiveState(sequence, replica.views())) || isWhole) {
      counters.frame();
    } else {
      counters.repeats.increment();
    }
  }

  private void apply(boolean isWhole, long sequence, JsonNode changes) throws ProtocolException {
    if (isWhole) {
      replica.replace(sequence, changes);
    } else if (replica.sequence() >= 0) {
      replica.advance(sequence, changes);
    } else {
      throw new InconsistentFrameException("changes came before there was anything to change");
    }
  }
}
