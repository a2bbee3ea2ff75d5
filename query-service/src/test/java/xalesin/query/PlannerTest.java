package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.IndexRange;
import xalesin.projection.IndexRange.Bound;
import xalesin.projection.finance.FinancialTransactions;
import xalesin.projection.inventory.InventoryItems;
import xalesin.projection.inventory.StockMovements;

class PlannerTest {
  private static final Resource ITEMS = Resource.of(InventoryItems.VIEW);
  private static final Resource MOVEMENTS = Resource.of(StockMovements.VIEW);
  private static final Resource ENTRIES = Resource.of(FinancialTransactions.VIEW);
  private static final String ITEM = "0198c4de-0000-7000-8000-00000000000a";

  private static Plan plan(Resource resource, String... parameters) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (String parameter : parameters) {
      String[] pair = parameter.split("=", 2);
      map.merge(pair[0], List.of(pair[1]), (a, b) -> Arrays.asList(a.getFirst(), b.getFirst()));
    }
    return Planner.plan(resource, ListQuery.parse(resource, map, List.of("limit", "cursor")));
  }

  private static Problem refused(Resource resource, String... parameters) {
    return catchThrowableOfType(ProblemException.class, () -> plan(resource, parameters)).problem();
  }

  private static String indexOf(Plan plan) {
    return plan.ranges().getFirst().index().name();
  }

  @Test
  void each_question_finds_its_index() {
    assertThat(indexOf(plan(ITEMS))).isEqualTo("by-updated");
    assertThat(indexOf(plan(ITEMS, "sort=sku"))).isEqualTo("by-sku");
    assertThat(indexOf(plan(ITEMS, "sku=A-1"))).isEqualTo("by-sku");
    assertThat(indexOf(plan(ITEMS, "sku.gte=A", "sku.lt=B"))).isEqualTo("by-sku");
    assertThat(indexOf(plan(ITEMS, "status=active"))).isEqualTo("by-status");
    assertThat(indexOf(plan(ITEMS, "status=active", "sort=-updatedAt"))).isEqualTo("by-status");
    assertThat(indexOf(plan(ITEMS, "category=Tea"))).isEqualTo("by-category");
    assertThat(indexOf(plan(ITEMS, "status=active", "category=Tea")))
        .isEqualTo("by-category-and-status");
    assertThat(indexOf(plan(MOVEMENTS))).isEqualTo("by-date");
    assertThat(indexOf(plan(MOVEMENTS, "item=" + ITEM))).isEqualTo("by-item-and-date");
    assertThat(indexOf(plan(MOVEMENTS, "item=" + ITEM, "date.gte=2026-11-01")))
        .isEqualTo("by-item-and-date");
  }

  @Test
  void a_range_takes_times_and_whole_days() {
    IndexRange range =
        plan(MOVEMENTS, "date.gt=2026-11-01", "date.lte=2026-11-02").ranges().getFirst();
    assertThat(range.lower()).isEqualTo(Bound.inclusive(Instant.parse("2026-11-02T00:00:00Z")));
    assertThat(range.upper()).isEqualTo(Bound.exclusive(Instant.parse("2026-11-03T00:00:00Z")));

    IndexRange exact =
        plan(MOVEMENTS, "date.gt=2026-11-01T10:00:00Z", "date.lte=2026-11-01T10:00:00.5Z")
            .ranges()
            .getFirst();
    assertThat(exact.lower()).isEqualTo(Bound.exclusive(Instant.parse("2026-11-01T10:00:00Z")));
    assertThat(exact.upper()).isEqualTo(Bound.inclusive(Instant.parse("2026-11-01T10:00:00.5Z")));

    IndexRange day = plan(MOVEMENTS, "date=2026-11-01").ranges().getFirst();
    assertThat(day.lower()).isEqualTo(Bound.inclusive(Instant.parse("2026-11-01T00:00:00Z")));
    assertThat(day.upper()).isEqualTo(Bound.exclusive(Instant.parse("2026-11-02T00:00:00Z")));
  }

  @Test
  void a_day_is_one_value_and_a_range_of_days_has_whole_ones() {
    assertThat(indexOf(plan(ENTRIES))).isEqualTo("by-date");
    assertThat(indexOf(plan(ENTRIES, "account=" + ITEM))).isEqualTo("by-account-and-date");
    assertThat(plan(ENTRIES, "date=2026-11-01,2026-11-02").ranges()).hasSize(2);
    IndexRange range =
        plan(ENTRIES, "date.gt=2026-11-01", "date.lte=2026-11-02").ranges().getFirst();
    assertThat(range.lower()).isEqualTo(Bound.exclusive(LocalDate.parse("2026-11-01")));
    assertThat(range.upper()).isEqualTo(Bound.inclusive(LocalDate.parse("2026-11-02")));
    for (String wrong : List.of("2026-11-31", "2026-11", "2026-11-01T00:00:00Z", "today")) {
      assertThat(refused(ENTRIES, "date.gte=" + wrong).detail())
          .isEqualTo("date takes a date (2026-11-22)");
    }
  }

  @Test
  void a_field_with_many_values_takes_one_of_them() {
    String other = ITEM.replace('a', 'b');
    assertThat(refused(ENTRIES, "account=" + ITEM + "," + other).detail())
        .isEqualTo("account takes one value");
  }

  @Test
  void a_sort_may_name_the_first_fields_of_an_order() {
    assertThat(indexOf(plan(ENTRIES, "sort=-date"))).isEqualTo("by-date");
    assertThat(indexOf(plan(ENTRIES, "sort=-date,-recordedAt"))).isEqualTo("by-date");
    assertThat(refused(ENTRIES, "sort=-recordedAt").type()).isEqualTo("/problems/not-served");
    assertThat(refused(ENTRIES, "sort=-dat").type()).isEqualTo("/problems/not-served");
    assertThat(refused(ENTRIES, "sort=").type()).isEqualTo("/problems/not-served");
  }

  @Test
  void a_comma_list_merges_ranges_of_one_index() {
    assertThat(plan(ITEMS, "status=active,inactive").ranges())
        .extracting(IndexRange::equality)
        .containsExactly(List.of("active"), List.of("inactive"));
    assertThat(plan(ITEMS, "status=active,inactive", "category=a,b").ranges()).hasSize(4);
    assertThat(plan(ITEMS, "sku=A,B").ranges()).hasSize(2);
    assertThat(plan(ITEMS, "category=salt\\, fine").ranges())
        .extracting(IndexRange::equality)
        .containsExactly(List.of("salt, fine"));
  }

  @Test
  void a_value_given_twice_or_spelled_twice_is_one() {
    assertThat(plan(ITEMS, "status=active,active").ranges()).hasSize(1);
    assertThat(plan(ITEMS, "status=active", "status=active").ranges()).hasSize(1);
    assertThat(plan(MOVEMENTS, "item=" + ITEM + "," + ITEM.toUpperCase(Locale.ROOT)).ranges())
        .hasSize(1);
    assertThat(refused(MOVEMENTS, "date=2026-11-01,2026-11-01T00:00:00Z").detail())
        .contains("date takes one value, or a range");
  }

  @Test
  void equal_questions_have_one_text_and_others_another() {
    assertThat(plan(ITEMS, "status=active,inactive").question())
        .isEqualTo(plan(ITEMS, "status=inactive,active").question());
    assertThat(plan(ITEMS, "status=active").question())
        .isNotEqualTo(plan(ITEMS, "status=inactive").question())
        .isNotEqualTo(plan(ITEMS, "status=active,inactive").question())
        .isNotEqualTo(plan(ITEMS, "status=active", "updatedAt.gt=2026-11-01").question());
    assertThat(plan(ITEMS, "sku.gt=A").question())
        .isNotEqualTo(plan(ITEMS, "sku.gte=A").question())
        .isNotEqualTo(plan(ITEMS, "sku.lt=A").question());
    assertThat(plan(ITEMS, "category=a", "status=b|1:c").question())
        .isNotEqualTo(plan(ITEMS, "category=a|1:b", "status=c").question());
  }

  @Test
  void what_no_index_serves_is_refused_with_what_is_served() {
    Problem problem = refused(ITEMS, "status=active", "sort=sku");
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.type()).isEqualTo("/problems/not-served");
    assertThat(problem.detail())
        .contains("no index serves status, sort=sku")
        .contains("no filter, range or value of sku, sort=sku")
        .contains("category and status, range or value of updatedAt, sort=-updatedAt");
    assertThat(refused(ITEMS, "sku=A", "status=active").type()).isEqualTo("/problems/not-served");
    assertThat(refused(ITEMS, "sort=updatedAt").type()).isEqualTo("/problems/not-served");
    assertThat(refused(ITEMS, "status.gte=a").type()).isEqualTo("/problems/not-served");
    assertThat(refused(ITEMS, "sku.gte=a", "updatedAt.gte=2026-11-01").type())
        .isEqualTo("/problems/not-served");
    assertThat(refused(ITEMS, "sku.gte=a", "sku=b").type()).isEqualTo("/problems/not-served");
  }

  @Test
  void parameters_that_are_not_known_are_all_named() {
    Problem problem = refused(ITEMS, "colour=red", "onHand.gte=3", "status=active");
    assertThat(problem.type()).isEqualTo("/problems/unknown-parameter");
    assertThat(problem.detail())
        .startsWith("colour, onHand.gte; known are limit, cursor, sort")
        .contains("sku, updatedAt, status, category");
  }

  @Test
  void malformed_values_are_refused_by_name() {
    assertThat(refused(MOVEMENTS, "item=7").detail()).isEqualTo("item takes a UUID");
    assertThat(refused(MOVEMENTS, "date.gte=yesterday").detail()).startsWith("date takes a time");
    assertThat(refused(MOVEMENTS, "date.gte=2026-13-01").detail()).startsWith("date takes a time");
    assertThat(refused(MOVEMENTS, "date.gte=+999999999-01-01T00:00:00Z").detail())
        .isEqualTo("date takes years from 0001 to 9999");
    assertThat(refused(MOVEMENTS, "date.gte=2026-11-01T00:00:00.1234567Z").detail())
        .isEqualTo("date has microseconds, not more digits");
    assertThat(refused(MOVEMENTS, "date.gte=2026-11-01", "date.gt=2026-11-01").detail())
        .isEqualTo("date takes one of .gte and .gt, one of .lte and .lt");
    assertThat(refused(ITEMS, "status=").detail()).startsWith("status takes 1 to");
    assertThat(refused(ITEMS, "status=" + "x".repeat(301)).detail())
        .startsWith("status takes 1 to");
    assertThat(refused(ITEMS, "category=a,b,c,d,e,f,g,h,i").detail())
        .isEqualTo("the values ask for more than 8 ranges of an index");
    assertThat(refused(ITEMS, "sort=sku", "sort=-updatedAt").detail())
        .isEqualTo("query parameter sort is given more than once");
  }
}
