package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.schemas.Json;
import xalesin.schemas.inventory.InventoryItemRow;

/** Rows by their id: bytes, tags, several at once, and that no tenant meets another's. */
@ExtendWith(TestNode.Started.class)
class RowReadsIT {
  private final TestNode node = TestNode.shared();
  private final TenantStory story = TenantStory.of("rows", node::send);
  private final Reader reader = node.reader(story.tenant());

  private static String path(UUID id) {
    return "/api/inventory-items/" + id;
  }

  @Test
  void a_row_is_served_as_it_is_stored() {
    UUID id = story.create("A-1", "Tea");
    story.after(5).receive(id, 12);
    Answer answer = reader.getAfter(story, path(id)).expect(200);
    InventoryItemRow row = Json.read(answer.response().body(), InventoryItemRow.class);
    assertThat(row.id()).isEqualTo(id);
    assertThat(row.onHand()).hasToString("12");
    assertThat(row.version()).isEqualTo(2);
    assertThat(Json.write(row)).isEqualTo(answer.response().body());
    assertThat(answer.header("ETag")).isEqualTo("\"2\"");
    assertThat(answer.header("View-Sequence")).isEqualTo("2");
    assertThat(answer.header("Vary")).isEqualTo("Authorization");
    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void a_caller_who_has_the_row_is_told_so_until_it_changes() {
    UUID id = story.create("A-1", "Tea");
    String tag = reader.getAfter(story, path(id)).expect(200).requiredHeader("ETag");
    Answer unchanged = reader.get(path(id), "If-None-Match", tag).expect(304);
    assertThat(unchanged.response().body()).isEmpty();
    assertThat(unchanged.header("ETag")).isEqualTo(tag);
    story.receive(id, 1);
    assertThat(reader.getAfter(story, path(id), "If-None-Match", tag).expect(200).header("ETag"))
        .isEqualTo("\"2\"");
  }

  @Test
  void a_list_has_a_tag_that_stands_as_long_as_the_tenants_views() {
    UUID id = story.create("A-1", "Tea");
    Answer list = reader.getAfter(story, "/api/inventory-items?status=active").expect(200);
    String tag = list.requiredHeader("ETag");
    assertThat(tag).startsWith("W/\"1-");
    reader.get("/api/inventory-items?status=active", "If-None-Match", tag).expect(304);
    reader.get("/api/inventory-items?status=inactive", "If-None-Match", tag).expect(200);
    story.receive(id, 1);
    reader.getAfter(story, "/api/inventory-items?status=active", "If-None-Match", tag).expect(200);
    for (String other :
        List.of("/api/inventory-items/anchors?step=50", "/api/inventory-items?id=" + id)) {
      String otherTag = reader.get(other).expect(200).requiredHeader("ETag");
      reader.get(other, "If-None-Match", otherTag).expect(304);
    }
  }

  @Test
  void several_rows_come_in_the_order_asked_with_the_missing_named() {
    UUID a = story.create("A-1", "Tea");
    UUID b = story.create("B-1", "Tea");
    String none = UUID.randomUUID().toString();
    String upper = a.toString().toUpperCase(java.util.Locale.ROOT);
    Answer answer =
        reader.getAfter(
            story,
            "/api/inventory-items?id=%s&id=%s&id=%s&id=no-uuid&id=%s&fields=id,sku"
                .formatted(b, none, a, upper));
    assertThat(answer.expect(200).text())
        .isEqualTo(
            "{\"items\":[{\"id\":\"%s\",\"sku\":\"B-1\"},{\"id\":\"%s\",\"sku\":\"A-1\"},{\"id\":\"%s\",\"sku\":\"A-1\"}],\"missing\":[\"%s\",\"no-uuid\"]}"
                .formatted(b, a, a, none));
    assertThat(reader.get("/api/inventory-items/" + upper).expect(200).text())
        .isEqualTo(reader.get("/api/inventory-items/" + a).expect(200).text());
    for (String past : List.of("?asOf=1", "/history")) {
      reader.get("/api/inventory-items/" + upper + past).expect(200);
    }
    assertThat(reader.get("/api/inventory-items?id=%s,%s".formatted(a, b)).ids())
        .containsExactly(a.toString(), b.toString());
  }

  @Test
  void five_hundred_rows_are_read_at_once_and_not_one_more() {
    UUID id = story.create("A-1", "Tea");
    List<String> ids = new ArrayList<>(Collections.nCopies(499, UUID.randomUUID().toString()));
    ids.add(id.toString());
    String query = "/api/inventory-items?id=" + String.join("&id=", ids);
    Answer answer = reader.getAfter(story, query).expect(200);
    assertThat(answer.ids()).containsExactly(id.toString());
    assertThat(answer.json().path("missing")).hasSize(499);
    assertThat(reader.get(query + "&id=x").problem(400, "bad-request").path("detail").asText())
        .isEqualTo("at most 500 ids are read at once");
  }

  @Test
  void a_row_that_is_not_there_is_a_problem() {
    UUID id = story.create("A-1", "Tea");
    reader.getAfter(story, path(id)).expect(200);
    story.delete(id);
    reader.getAfter(story, path(id)).problem(404, "not-found");
    reader.get(path(UUID.randomUUID())).problem(404, "not-found");
    reader.get("/api/inventory-items/not-a-uuid").problem(404, "not-found");
    node.reader("rows-nobody").get(path(id)).problem(404, "not-found");
  }

  @Test
  void tenants_with_the_same_ids_see_their_own_rows_only() {
    TenantStory other = TenantStory.of("rows", node::send);
    UUID shared = story.create("MINE", "Tea");
    other.create(shared, "THEIRS", "Tea");
    UUID theirsOnly = other.create("X-1", "Tea");
    Reader otherReader = node.reader(other.tenant());
    assertThat(reader.getAfter(story, path(shared)).json().path("sku").asText()).isEqualTo("MINE");
    assertThat(otherReader.getAfter(other, path(shared)).json().path("sku").asText())
        .isEqualTo("THEIRS");
    reader.get(path(theirsOnly)).problem(404, "not-found");
    Answer several =
        reader.get("/api/inventory-items?id=%s&id=%s".formatted(theirsOnly, shared)).expect(200);
    assertThat(several.ids()).containsExactly(shared.toString());
    assertThat(several.json().path("missing").get(0).asText()).isEqualTo(theirsOnly.toString());
    assertThat(reader.get("/api/inventory-items").ids()).containsExactly(shared.toString());
    assertThat(otherReader.get("/api/inventory-items").ids())
        .containsExactlyInAnyOrder(shared.toString(), theirsOnly.toString());
    assertThat(reader.get("/api/inventory-items?sku=X-1").ids()).isEmpty();
  }

  @Test
  void a_row_can_be_cut_to_the_fields_asked_for() {
    UUID id = story.create("A-1", "Tea");
    assertThat(reader.getAfter(story, path(id) + "?fields=sku,price").expect(200).text())
        .isEqualTo("{\"sku\":\"A-1\",\"price\":{\"amount\":\"9.9\",\"currency\":\"EUR\"}}");
    reader.get(path(id) + "?fields=").problem(400, "bad-request");
  }

  @Test
  void limits_are_kept() {
    for (String limit : List.of("0", "501", "abc", "-1", "", "1e2")) {
      assertThat(
              reader
                  .get("/api/inventory-items?limit=" + limit)
                  .problem(400, "bad-request")
                  .path("detail")
                  .asText())
          .contains("limit must be a whole number from 1 to 500");
    }
    reader.get("/api/inventory-items?limit=1&limit=2").problem(400, "bad-request");
    reader.get("/api/inventory-items?limit=500").expect(200);
    for (String step : List.of("49", "1001", "abc")) {
      reader.get("/api/inventory-items/anchors?step=" + step).problem(400, "bad-request");
    }
    reader.get("/api/inventory-items/anchors?status=a,b").problem(400, "bad-request");
  }

  @Test
  void what_is_unknown_or_not_served_is_named() {
    assertThat(
            reader
                .get("/api/inventory-items?colour=red&stauts=active")
                .problem(400, "unknown-parameter")
                .path("detail")
                .asText())
        .startsWith("colour, stauts; known are limit, cursor, fields, sort");
    assertThat(
            reader
                .get("/api/stock-movements?kind=issue&sort=sku")
                .problem(400, "not-served")
                .path("detail")
                .asText())
        .contains("no index serves kind, sort=sku")
        .contains("item, range or value of date, sort=-date");
    reader.get(path(UUID.randomUUID()) + "?limit=3").problem(400, "unknown-parameter");
    reader.get("/api/inventory-items?id=x&status=active").problem(400, "unknown-parameter");
    reader.get("/api/inventory-items/anchors?limit=3").problem(400, "unknown-parameter");
    reader.get("/api/inventory-itemz").problem(404, "unknown-route");
  }
}
