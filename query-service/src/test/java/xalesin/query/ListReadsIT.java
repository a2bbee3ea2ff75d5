package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.query.TenantStory.Item;
import xalesin.query.TenantStory.Movement;

/** Every list of the contract against what it must hold by brute force over all rows. */
@ExtendWith(TestNode.Started.class)
class ListReadsIT {
  private static final long SEED = 20_261_122;
  private static final List<String> CATEGORIES = List.of("Tea", "Salt, fine", "Öl & Essig");

  private static final Comparator<Item> NEWEST_ITEM =
      Comparator.comparing((Item item) -> item.updatedAt)
          .reversed()
          .thenComparing(item -> item.id.toString());
  private static final Comparator<Item> BY_SKU = Comparator.comparing(item -> item.sku);
  private static final Comparator<Movement> NEWEST_MOVEMENT =
      Comparator.comparing(Movement::date)
          .reversed()
          .thenComparing(movement -> movement.id().toString());

  private static TenantStory story;
  private static Reader reader;

  @BeforeAll
  static void a_company_with_three_hundred_items() {
    TestNode node = TestNode.shared();
    story = TenantStory.of("lists", node::send);
    tell(story, new Random(SEED));
    // Another tenant with rows of its own between ours: none of them may show.
    tell(TenantStory.of("lists-other", node::send), new Random(SEED + 1));
    reader = node.reader(story.tenant());
    reader.getAfter(story, "/api/inventory-items?limit=1").expect(200);
  }

  private static void tell(TenantStory story, Random random) {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      story.after(random.nextInt(3) * 7_200_000L);
      ids.add(
          story.create(
              "SKU-%03d".formatted(random.nextInt(1000) * 1000 + i), CATEGORIES.get(i % 3)));
      UUID any = ids.get(random.nextInt(ids.size()));
      switch (random.nextInt(7)) {
        case 0 -> story.deactivate(any);
        case 1 -> story.activate(any);
        case 2 -> story.recategorise(any, CATEGORIES.get(random.nextInt(3)));
        case 3 -> {
          story.delete(any);
          ids.remove(any);
        }
        default -> {
          story.receive(any, 10 + i);
          story.issue(any, 3);
        }
      }
    }
  }

  private static List<String> items(Predicate<Item> which, Comparator<Item> order) {
    return story.items().stream().filter(which).sorted(order).map(i -> i.id.toString()).toList();
  }

  private static List<String> movements(Predicate<Movement> which) {
    return story.movements().stream()
        .filter(which)
        .sorted(NEWEST_MOVEMENT)
        .map(movement -> movement.id().toString())
        .toList();
  }

  /** The whole list, in pages of several sizes, with its total on the way. */
  private static void holds(String path, List<String> expected) {
    String separator = path.contains("?") ? "&" : "?";
    for (int limit : new int[] {7, 50, 500}) {
      String page = path + separator + "limit=" + limit;
      Answer first = reader.get(page).expect(200);
      assertThat(first.total()).as("total of %s", path).isEqualTo(expected.size());
      assertThat(reader.walk(page)).as(page).isEqualTo(expected);
    }
  }

  @Test
  void all_items_newest_first_or_by_sku() {
    holds("/api/inventory-items", items(_ -> true, NEWEST_ITEM));
    holds("/api/inventory-items?sort=-updatedAt", items(_ -> true, NEWEST_ITEM));
    holds("/api/inventory-items?sort=sku", items(_ -> true, BY_SKU));
  }

  @Test
  void items_by_status() {
    for (String status : List.of("active", "inactive", "unheard-of")) {
      holds(
          "/api/inventory-items?status=" + status,
          items(item -> item.status.equals(status), NEWEST_ITEM));
    }
  }

  @Test
  void items_by_category_and_by_category_and_status() {
    for (String category : CATEGORIES) {
      String filter = Reader.encoded(category.replace(",", "\\,"));
      holds(
          "/api/inventory-items?category=" + filter,
          items(item -> item.category.equals(category), NEWEST_ITEM));
      holds(
          "/api/inventory-items?status=inactive&category=" + filter,
          items(
              item -> item.category.equals(category) && item.status.equals("inactive"),
              NEWEST_ITEM));
    }
  }

  @Test
  void items_by_one_sku_by_several_and_by_a_range() {
    List<Item> all = story.items();
    String sku = all.get(100).sku;
    String other = all.get(50).sku;
    holds("/api/inventory-items?sku=" + sku, items(item -> item.sku.equals(sku), BY_SKU));
    holds(
        "/api/inventory-items?sku=%s,%s,none".formatted(sku, other),
        items(item -> item.sku.equals(sku) || item.sku.equals(other), BY_SKU));
    holds(
        "/api/inventory-items?sku.gte=%s&sku.lt=SKU-7".formatted(sku),
        items(i -> i.sku.compareTo(sku) >= 0 && i.sku.compareTo("SKU-7") < 0, BY_SKU));
    holds(
        "/api/inventory-items?sku.gt=%s&sort=sku".formatted(sku),
        items(item -> item.sku.compareTo(sku) > 0, BY_SKU));
    holds(
        "/api/inventory-items?sku.lte=%s".formatted(sku),
        items(item -> item.sku.compareTo(sku) <= 0, BY_SKU));
  }

  @Test
  void active_items_by_update_time() {
    Instant middle = story.items().get(150).updatedAt;
    holds(
        "/api/inventory-items?status=active&sort=-updatedAt&updatedAt.gte=" + middle,
        items(i -> i.status.equals("active") && !i.updatedAt.isBefore(middle), NEWEST_ITEM));
    holds(
        "/api/inventory-items?status=active&updatedAt.gt=" + middle,
        items(i -> i.status.equals("active") && i.updatedAt.isAfter(middle), NEWEST_ITEM));
    holds(
        "/api/inventory-items?status=active&updatedAt.lt=" + middle,
        items(i -> i.status.equals("active") && i.updatedAt.isBefore(middle), NEWEST_ITEM));
    holds(
        "/api/inventory-items?status=active&updatedAt.lte=" + middle,
        items(i -> i.status.equals("active") && !i.updatedAt.isAfter(middle), NEWEST_ITEM));
    holds(
        "/api/inventory-items?updatedAt.gte=2025-11-03&updatedAt.lte=2025-11-08",
        items(
            i ->
                !i.updatedAt.isBefore(Instant.parse("2025-11-03T00:00:00Z"))
                    && i.updatedAt.isBefore(Instant.parse("2025-11-09T00:00:00Z")),
            NEWEST_ITEM));
  }

  @Test
  void several_values_of_a_filter_are_merged_into_one_order() {
    holds("/api/inventory-items?status=active,inactive", items(_ -> true, NEWEST_ITEM));
    holds(
        "/api/inventory-items?status=active,inactive&category=" + Reader.encoded("Tea,Öl & Essig"),
        items(i -> !i.category.startsWith("Salt"), NEWEST_ITEM));
    holds(
        "/api/inventory-items?category=Tea&category=nothing&updatedAt.lt=2025-11-10",
        items(
            i ->
                i.category.equals("Tea")
                    && i.updatedAt.isBefore(Instant.parse("2025-11-10T00:00:00Z")),
            NEWEST_ITEM));
  }

  @Test
  void movements_by_date_by_item_and_by_kind() {
    holds("/api/stock-movements", movements(_ -> true));
    holds("/api/stock-movements?kind=issue", movements(m -> m.kind().equals("issue")));
    UUID item = story.movements().get(40).item();
    holds("/api/stock-movements?item=" + item, movements(m -> m.item().equals(item)));
    Instant from = story.movements().get(60).date();
    Instant to = story.movements().get(200).date();
    holds(
        "/api/stock-movements?date.gte=%s&date.lt=%s".formatted(from, to),
        movements(m -> !m.date().isBefore(from) && m.date().isBefore(to)));
    holds(
        "/api/stock-movements?sort=-date&date.gt=%s&date.lte=%s".formatted(from, to),
        movements(m -> m.date().isAfter(from) && !m.date().isAfter(to)));
    holds("/api/stock-movements?date=" + from, movements(m -> m.date().equals(from)));
    holds(
        "/api/stock-movements?item=%s&date.gte=%s".formatted(item, from),
        movements(m -> m.item().equals(item) && !m.date().isBefore(from)));
    String day = from.toString().substring(0, 10);
    holds("/api/stock-movements?date=" + day, movements(m -> m.date().toString().startsWith(day)));
  }

  @Test
  void anchors_are_where_the_pages_begin() {
    List<String> all = items(_ -> true, BY_SKU);
    Answer anchors = reader.get("/api/inventory-items/anchors?sort=sku&step=50").expect(200);
    assertThat(anchors.total()).isEqualTo(all.size());
    List<String> cursors = anchors.cursors();
    assertThat(cursors).hasSize((all.size() - 1) / 50);
    for (int i = 0; i < cursors.size(); i++) {
      int begin = (i + 1) * 50;
      Answer page =
          reader.get("/api/inventory-items?sort=sku&limit=10&cursor=" + cursors.get(i)).expect(200);
      assertThat(page.ids()).isEqualTo(all.subList(begin, Math.min(begin + 10, all.size())));
    }
    Answer few = reader.get("/api/inventory-items/anchors?status=inactive&step=1000").expect(200);
    assertThat(few.cursors()).isEmpty();
    assertThat(few.total()).isEqualTo(items(i -> i.status.equals("inactive"), BY_SKU).size());
  }

  @Test
  void rows_can_be_cut_to_the_fields_asked_for() {
    Answer page = reader.get("/api/inventory-items?sort=sku&limit=3&fields=sku,id").expect(200);
    List<String> expected = items(_ -> true, BY_SKU).subList(0, 3);
    assertThat(page.ids()).isEqualTo(expected);
    page.json()
        .path("items")
        .forEach(row -> assertThat(row.fieldNames()).toIterable().containsExactly("id", "sku"));
    assertThat(page.nextCursor()).isNotNull();
    assertThat(
            reader
                .get("/api/inventory-items?fields=colour")
                .problem(400, "bad-request")
                .path("detail")
                .asText())
        .contains("\"colour\"")
        .contains("averageCost");
  }

  @Test
  void a_tenant_that_has_done_nothing_has_empty_lists() {
    Reader nobody = TestNode.shared().reader("lists-nobody");
    Answer list = nobody.get("/api/inventory-items").expect(200);
    assertThat(list.text())
        .isEqualTo("{\"items\":[],\"nextCursor\":null,\"hasMore\":false,\"total\":0}");
    assertThat(list.header("View-Sequence")).isEqualTo("0");
    assertThat(nobody.get("/api/stock-movements?limit=500").ids()).isEmpty();
    assertThat(nobody.get("/api/inventory-items/anchors").expect(200).text())
        .isEqualTo("{\"total\":0,\"cursors\":[]}");
  }
}
