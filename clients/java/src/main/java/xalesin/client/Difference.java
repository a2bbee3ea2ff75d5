package xalesin.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is different between two answers of a question. */
final class Difference {
  private static final LiveState.Rows NONE = new LiveState.Rows(List.of(), 0);

  private Difference() {}

  /**
   * @param before null when there was none: then all rows are new
   */
  static List<LiveChange> between(@Nullable LiveState before, LiveState after) {
    List<LiveChange> changes = new ArrayList<>();
    after
        .views()
        .forEach(
            (view, rows) -> {
              LiveState.Rows had = before == null ? NONE : before.views().getOrDefault(view, NONE);
              LiveChange change = between(view, had, rows);
              if (change != null) {
                changes.add(change);
              }
            });
    return changes;
  }

  private static @Nullable LiveChange between(
      String view, LiveState.Rows before, LiveState.Rows after) {
    if (before.equals(after)) {
      return null;
    }
    Map<String, JsonNode> had = byId(before);
    Map<String, JsonNode> has = byId(after);
    List<JsonNode> upserts = new ArrayList<>();
    has.forEach(
        (id, row) -> {
          if (!row.equals(had.get(id))) {
            upserts.add(row);
          }
        });
    List<String> deletes = had.keySet().stream().filter(id -> !has.containsKey(id)).toList();
    return new LiveChange(view, upserts, deletes);
  }

  private static Map<String, JsonNode> byId(LiveState.Rows rows) {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    rows.rows().forEach(row -> byId.put(row.path("id").asText(), row));
    return byId;
  }
}
