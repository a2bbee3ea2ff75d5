package xalesin.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import xalesin.projection.inventory.InventoryItems;
import xalesin.projection.search.Found;
import xalesin.projection.search.SearchRequest;
import xalesin.projection.search.SearchText;
import xalesin.projection.search.TenantSearch;
import xalesin.schemas.inventory.InventoryItemRow;

/** Whether searches find the rows that a fold by hand has; for the events of RandomEvents. */
final class Searches {
  private Searches() {}

  static void assertEqual(TenantSearch search, BruteForce expected) {
    List<InventoryItemRow> rows =
        expected.rowsOf(InventoryItems.VIEW).values().stream()
            .map(InventoryItemRow.class::cast)
            .toList();
    assertFound(search, rows, "sku", Map.of(), _ -> true);
    assertFound(search, rows, "item", Map.of(), row -> row.name().startsWith("Ítem"));
    assertFound(search, rows, "renmaed", Map.of(), row -> row.name().equals("Renamed"));
    assertFound(search, rows, "sku -item", Map.of(), row -> row.name().equals("Renamed"));
    for (String status : List.of(InventoryItemRow.ACTIVE, InventoryItemRow.INACTIVE)) {
      assertFound(
          search,
          rows,
          "sku",
          Map.of("status", Set.of(status)),
          row -> row.status().equals(status));
    }
    for (InventoryItemRow row : rows.subList(0, Math.min(20, rows.size()))) {
      assertFound(
          search, rows, '"' + row.sku() + '"', Map.of(), r -> r.sku().startsWith(row.sku()));
    }
  }

  private static void assertFound(
      TenantSearch search,
      List<InventoryItemRow> rows,
      String text,
      Map<String, Set<Object>> filters,
      Predicate<InventoryItemRow> matches) {
    List<UUID> ids = rows.stream().filter(matches).map(InventoryItemRow::id).toList();
    Found found =
        search.find(
            new SearchRequest(
                InventoryItems.VIEW,
                SearchText.parse(text),
                filters,
                null,
                SearchRequest.MAX_LIMIT));
    assertThat(found.total()).as(text).isEqualTo(ids.size());
    if (found.next() == null) {
      assertThat(found.hits().stream().map(hit -> hit.id()))
          .as(text)
          .containsExactlyInAnyOrderElementsOf(ids);
    }
  }
}
