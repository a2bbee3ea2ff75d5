package xalesin.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client knows that applies frames as docs/live.md says it. Not thread-safe. */
final class LiveState {
  private final Map<String, Map<String, JsonNode>> rows = new HashMap<>();
  private final Map<String, Long> totals = new HashMap<>();
  private final Map<Long, Map<String, Map<String, JsonNode>>> states = new HashMap<>();

  void apply(String event, JsonNode frame) {
    if (!event.equals("batch")) {
      rows.clear();
      totals.clear();
    }
    for (JsonNode change : frame.path("changes")) {
      String view = change.path("view").asText();
      Map<String, JsonNode> known = rows.computeIfAbsent(view, _ -> new LinkedHashMap<>());
      change.path("deletes").forEach(id -> known.remove(id.asText()));
      change.path("upserts").forEach(row -> known.put(row.path("id").asText(), row));
      if (change.has("order")) {
        Map<String, JsonNode> ordered = new LinkedHashMap<>();
        change.path("order").forEach(id -> ordered.put(id.asText(), known.get(id.asText())));
        rows.put(view, ordered);
      }
      if (change.has("total")) {
        totals.put(view, change.path("total").asLong());
      }
    }
    Map<String, Map<String, JsonNode>> then = new HashMap<>();
    rows.forEach((view, ofView) -> then.put(view, new LinkedHashMap<>(ofView)));
    states.put(frame.path("sequence").asLong(), then);
  }

  /** The rows of a view, in their order; empty before anything has come. */
  List<JsonNode> rows(String view) {
    return List.copyOf(rows.getOrDefault(view, Map.of()).values());
  }

  long total(String view) {
    return totals.getOrDefault(view, -1L);
  }

  /** The rows of a view right after the frame of that sequence; null when there was none. */
  @Nullable List<JsonNode> rowsAt(long sequence, String view) {
    Map<String, Map<String, JsonNode>> then = states.get(sequence);
    return then == null ? null : List.copyOf(then.getOrDefault(view, Map.of()).values());
  }
}
