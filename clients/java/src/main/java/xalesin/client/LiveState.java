package xalesin.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a question is answered with at one instant, all its views at once. Immutable; the rows are
 * shared and not to be changed.
 *
 * @param sequence the `View-Sequence` of that instant
 * @param views by name
 */
public record LiveState(long sequence, Map<String, Rows> views) {
  /**
   * The rows of a view.
   *
   * @param rows of a list: in its order; else in the order they came
   * @param total how many rows the list has in all; else how many there are here
   */
  public record Rows(List<JsonNode> rows, long total) {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  public LiveState {
    views = Map.copyOf(views);
  }

  /** Empty for a view that is not followed. */
  public List<JsonNode> rows(String view) {
    Rows of = of(view);
    return of == null ? List.of() : of.rows;
  }

  /** Zero for a view that is not followed. */
  public long total(String view) {
    Rows of = of(view);
    return of == null ? 0 : of.total;
  }

  private @Nullable Rows of(String view) {
    return views.get(view);
  }
}
