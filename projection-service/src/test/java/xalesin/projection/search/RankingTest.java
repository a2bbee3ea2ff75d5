package xalesin.projection.search;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.projection.search.Things.thing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.projection.search.Found.Hit;
import xalesin.projection.search.Things.Thing;
import xalesin.projection.store.SearchedStore;
import xalesin.schemas.Json;

/** What comes first, what is marked, and that pages fit together. */
class RankingTest {
  private static final String TENANT = "acme";

  @TempDir private Path folder;
  private SearchedStore store;

  @BeforeEach
  void open() {
    store = new SearchedStore(folder, List.of(Things.VIEW));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void given(Thing... things) {
    for (Thing thing : things) {
      store.put(TENANT, Things.VIEW, thing.id(), thing);
    }
    store.write();
  }

  private List<String> codes(String text) {
    return store.find(TENANT, Things.VIEW, text).hits().stream()
        .map(hit -> row(hit).code())
        .toList();
  }

  private static Thing row(Hit hit) {
    return Json.read(hit.json(), Thing.class);
  }

  @Test
  void a_word_as_it_is_comes_before_a_beginning_before_a_typing_error() {
    // The word itself is in so many rows that it says nothing; that must not matter.
    List<Thing> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(thing("bolt", null, "exact"));
    }
    given(thing("bold", null, "typo"), thing("boltzmann", null, "beginning"));
    given(many.toArray(Thing[]::new));
    List<String> found = codes("bolt");
    assertThat(found).hasSize(52).endsWith("beginning", "typo");
  }

  @Test
  void a_name_comes_before_a_note_and_a_code_is_as_good_as_a_name() {
    given(
        thing("a", "bolt bolt bolt", "note"),
        thing("a bolt that is long and has a lot of words in its name to say", "b", "name"),
        thing("x", null, "bolt"));
    assertThat(codes("bolt").getLast()).isEqualTo("note");
    assertThat(codes("bolt").subList(0, 2)).containsExactlyInAnyOrder("name", "bolt");
    // A beginning in a name does not come before the word in a note.
    given(thing("boltzmann", null, "beginning"));
    assertThat(codes("bolt").subList(2, 4)).containsExactly("note", "beginning");
  }

  @Test
  void among_equals_the_shorter_text_and_the_rarer_word_come_first() {
    given(
        thing("steel bolt", null, "short"),
        thing("steel bolt with washer and nut and a leaflet", null, "long"));
    assertThat(codes("bolt")).containsExactly("short", "long");
  }

  @Test
  void a_code_is_found_with_and_without_separators_and_by_its_parts() {
    given(
        thing("a", null, "AB-12/7"), thing("b", null, "AB-12/77"), thing("c", null, "+49 30 555"));
    assertThat(codes("AB127")).containsExactly("AB-12/7", "AB-12/77");
    assertThat(codes("ab-12/7")).containsExactly("AB-12/7", "AB-12/77");
    assertThat(codes("12/77")).containsExactly("AB-12/77");
    assertThat(codes("ab 12")).hasSize(2);
    assertThat(codes("4930")).containsExactly("+49 30 555");
    assertThat(codes("555")).containsExactly("+49 30 555");
    assertThat(codes("AB-13")).isEmpty();
  }

  @Test
  void filters_leave_rows_out_and_pages_fit_together() {
    for (int i = 0; i < 95; i++) {
      given(thing(i % 2 == 0 ? "bolt" : "bolt and nut", null, "c" + i, i % 3 == 0 ? "x" : "y"));
    }
    List<UUID> walked = new ArrayList<>();
    SearchRequest.@Nullable Place after = null;
    long total = -1;
    do {
      try (TenantSearch search = store.search(TENANT)) {
        Found page =
            search.find(
                new SearchRequest(
                    Things.VIEW,
                    SearchText.parse("bolt"),
                    Map.of("tag", java.util.Set.of("y")),
                    after,
                    7));
        page.hits().forEach(hit -> walked.add(hit.id()));
        after = page.next();
        total = page.total();
      }
    } while (after != null);
    assertThat(walked).doesNotHaveDuplicates().hasSize(63).hasSize((int) total);
  }

  @Test
  void a_page_goes_on_behind_a_row_whose_score_has_moved() {
    for (int i = 0; i < 40; i++) {
      given(thing("bolt", null, "c" + i));
    }
    List<UUID> walked = new ArrayList<>();
    SearchRequest.@Nullable Place after = null;
    do {
      try (TenantSearch search = store.search(TENANT)) {
        Found page =
            search.find(
                new SearchRequest(Things.VIEW, SearchText.parse("bolt"), Map.of(), after, 5));
        page.hits().forEach(hit -> walked.add(hit.id()));
        after = page.next();
      }
      // All scores move: the word becomes less rare, and texts longer on average.
      given(thing("something else of many words to move the average", null, "other"));
    } while (after != null);
    assertThat(walked).doesNotHaveDuplicates().hasSize(40);
  }

  @Test
  void a_page_goes_on_where_the_row_was_that_has_moved_away() {
    List<Thing> bolts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      bolts.add(thing("bolt", null, "c" + i));
    }
    given(bolts.toArray(Thing[]::new));
    Found first = page(null);
    Hit last = first.hits().getLast();
    given(new Thing(last.id(), "bolting", null, "moved down", List.of(), 0));
    Found second = page(first.next());
    assertThat(second.hits()).hasSize(5).allMatch(hit -> row(hit).name().equals("bolt"));
    List<UUID> before = first.hits().stream().map(Hit::id).toList();
    assertThat(second.hits().stream().map(Hit::id)).doesNotContainAnyElementsOf(before);
  }

  private Found page(SearchRequest.@Nullable Place after) {
    try (TenantSearch search = store.search(TENANT)) {
      return search.find(
          new SearchRequest(Things.VIEW, SearchText.parse("bolt"), Map.of(), after, 5));
    }
  }

  @Test
  void what_was_found_is_marked_and_everything_else_escaped() {
    given(
        thing(
            "Große <b>Bolzen</b> & \"Schrauben\"",
            "lorem ipsum ".repeat(100) + "bolzenartig " + "dolor sit ".repeat(100),
            "AB-<12>"));
    Highlights marked = highlights("grosse bolzen");
    assertThat(marked.title()).isEqualTo("Große <b>Bolzen</b> & \"Schrauben\"");
    assertThat(marked.fields().get("name"))
        .isEqualTo(
            "<mark>Große</mark> &lt;b&gt;<mark>Bolzen</mark>&lt;&#x2F;b&gt; &amp;"
                + " &quot;Schrauben&quot;");
    assertThat(marked.fields().get("note"))
        .contains("<mark>bolzenartig</mark>")
        .hasSizeLessThan(500);
    assertThat(marked.fields()).doesNotContainKey("code");
    assertThat(highlights("ab12").fields())
        .containsOnly(Map.entry("code", "<mark>AB-&lt;12&gt;</mark>"));
    assertThat(highlights("schruaben").fields().get("name")).contains("<mark>Schrauben</mark>");
    assertThat(highlights("\"grosse b bolzen\" -lorum").fields().get("name")).contains("<mark>");
  }

  private Highlights highlights(String text) {
    try (TenantSearch search = store.search(TENANT)) {
      SearchText parsed = SearchText.parse(text);
      Found found = search.find(new SearchRequest(Things.VIEW, parsed, Map.of(), null, 1));
      return search.highlights(found.hits().getFirst(), parsed);
    }
  }
}
