package xalesin.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import xalesin.schemas.Json;

/**
 * What the frames of one tenant say. All followers of a question are sent the same bytes, so each
 * distinct frame is decoded once, and known again by its id, length and CRC-32C. Not thread-safe.
 */
final class FrameBook {
  /** Frames that followers may be apart; an older one is decoded again. */
  private static final int REMEMBERED = 256;

  private final Map<String, Watched> byId;
  private final CRC32C crc = new CRC32C();
  private final Map<Key, Frame> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Frame> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Key(long id, int length, long crc) {}

  /** A row of a watched item. */
  record Change(Watched item, long version) {}

  /** The rows of a frame that are watched. */
  record Frame(List<Change> changes) {}

  FrameBook(Map<String, Watched> byId) {
    this.byId = byId;
  }

  /** What the event says; throws when it is no frame, or of another sequence than its id. */
  Frame read(ServerEvent event) throws ProtocolException {
    crc.reset();
    crc.update(event.bytes(), event.dataStart(), event.dataLength());
    Key key = new Key(event.id(), event.dataLength(), crc.getValue());
    Frame frame = known.get(key);
    if (frame == null) {
      frame = decode(event);
      known.put(key, frame);
    }
    return frame;
  }

  private Frame decode(ServerEvent event) throws ProtocolException {
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(event.bytes(), event.dataStart(), event.dataLength());
    } catch (IOException e) {
      throw refused("a frame that is no JSON", e);
    }
    if (event.id() < 0 || json.path("sequence").asLong(-1) != event.id()) {
      throw new ProtocolException(
          "a frame of sequence " + json.path("sequence") + " with the id " + event.id());
    }
    List<Change> changes = new ArrayList<>();
    for (JsonNode change : json.path("changes")) {
      for (JsonNode row : change.path("upserts")) {
        Watched item = byId.get(row.path("id").asText());
        if (item != null) {
          changes.add(new Change(item, row.path("version").asLong()));
        }
      }
    }
    return new Frame(List.copyOf(changes));
  }

  private static ProtocolException refused(String message, Throwable cause) {
    ProtocolException refused = new ProtocolException(message);
    refused.initCause(cause);
    return refused;
  }
}
