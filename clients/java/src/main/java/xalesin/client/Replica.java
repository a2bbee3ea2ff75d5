package xalesin.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a connection follows, kept by applying its frames. A frame is applied as a whole or, when it
 * does not fit, not at all. Not thread-safe.
 */
final class Replica {
  /** The sequence of who knows nothing yet. */
  static final long NOTHING = -1;

  private Map<String, Table> tables = Map.of();
  private long sequence = NOTHING;

  /** Rows by id, and as they are handed out; never changed once made. */
  private record Table(Map<String, JsonNode> byId, LiveState.Rows rows) {
    static final Table EMPTY = new Table(Map.of(), new LiveState.Rows(List.of(), 0));
  }

  long sequence() {
    return sequence;
  }

  /** The rows by view; the same objects for views that the newest frame did not touch. */
  Map<String, LiveState.Rows> views() {
    Map<String, LiveState.Rows> views = new HashMap<>();
    tables.forEach((view, table) -> views.put(view, table.rows));
    return views;
  }

  /** Nothing that is followed has changed up to there. */
  void knows(long state) {
    sequence = Math.max(sequence, state);
  }

  /** What is known cannot be built upon: all must be sent again. */
  void forget() {
    sequence = NOTHING;
    tables = Map.of();
  }

  /** Puts all rows in the place of those known. */
  void replace(long state, JsonNode changes) throws ProtocolException {
    tables = applied(Map.of(), changes);
    sequence = state;
  }

  /** Brings the rows from where they are to the frame's sequence. */
  void advance(long state, JsonNode changes) throws ProtocolException {
    tables = applied(tables, changes);
    sequence = state;
  }

  private static Map<String, Table> applied(Map<String, Table> before, JsonNode changes)
      throws ProtocolException {
    Map<String, Table> after = new HashMap<>(before);
    for (JsonNode change : changes) {
      String view = change.path("view").asText();
      after.put(view, applied(before.getOrDefault(view, Table.EMPTY), change));
    }
    return after;
  }

  private static Table applied(Table before, JsonNode change) throws ProtocolException {
    Map<String, JsonNode> byId = new LinkedHashMap<>(before.byId);
    for (JsonNode id : change.path("deletes")) {
      byId.remove(id.asText());
    }
    for (JsonNode row : change.path("upserts")) {
      byId.put(row.path("id").asText(), row);
    }
    JsonNode order = change.path("order");
    if (order.isArray()) {
      byId = ordered(byId, order);
    }
    List<JsonNode> rows = List.copyOf(byId.values());
    return new Table(byId, new LiveState.Rows(rows, change.path("total").asLong(rows.size())));
  }

  private static Map<String, JsonNode> ordered(Map<String, JsonNode> byId, JsonNode order)
      throws InconsistentFrameException {
    Map<String, JsonNode> ordered = new LinkedHashMap<>();
    for (JsonNode id : order) {
      JsonNode row = byId.get(id.asText());
      if (row == null) {
        throw new InconsistentFrameException("the order names %s, which never came".formatted(id));
      }
      ordered.put(id.asText(), row);
    }
    return ordered;
  }
}
