package xalesin.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What is different in a view; both lists are empty when only the order or the total is. Immutable;
 * the rows are shared and not to be changed.
 *
 * @param view such as `sales-orders`
 * @param upserts rows that are new or others now
 * @param deletes ids of rows that are no longer there
 */
public record LiveChange(String view, List<JsonNode> upserts, List<String> deletes) {
  public LiveChange {
    upserts = List.copyOf(upserts);
    deletes = List.copyOf(deletes);
  }
}
