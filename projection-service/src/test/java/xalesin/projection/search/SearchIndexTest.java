package xalesin.projection.search;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.projection.search.Things.thing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.projection.search.Things.Thing;
import xalesin.projection.store.SearchedStore;
import xalesin.schemas.Json;

/** The index stays true to its store: through changes, restarts, kills and new declarations. */
class SearchIndexTest {
  private static final String TENANT = "acme";

  @TempDir private Path folder;

  private SearchedStore open() {
    return open(Things.VIEW);
  }

  private SearchedStore open(Things view) {
    return new SearchedStore(folder.resolve("store"), List.of(view));
  }

  private static void write(SearchedStore store, Thing... things) {
    for (Thing thing : things) {
      store.put(TENANT, Things.VIEW, thing.id(), thing);
    }
    store.write();
  }

  private static Set<String> codes(SearchedStore store, String tenant, String text) {
    return store.find(tenant, Things.VIEW, text).hits().stream()
        .map(hit -> Json.read(hit.json(), Thing.class).code())
        .collect(Collectors.toSet());
  }

  @Test
  void what_is_closed_is_found_again_without_being_built_again() {
    Thing bolt = thing("bolt", "of steel", "B-1");
    try (SearchedStore store = open()) {
      write(store, bolt, thing("nut", "of steel", "N-1"));
    }
    try (SearchedStore store = open()) {
      assertThat(store.rebuiltRows()).isZero();
      assertThat(codes(store, TENANT, "steel")).containsExactlyInAnyOrder("B-1", "N-1");
      store.put(TENANT, Things.VIEW, bolt.id(), null);
      store.write();
      write(store, thing("washer", "of steel", "W-1"));
      assertThat(codes(store, TENANT, "steel")).containsExactlyInAnyOrder("W-1", "N-1");
    }
    try (SearchedStore store = open()) {
      assertThat(store.rebuiltRows()).isZero();
      assertThat(codes(store, TENANT, "steel")).containsExactlyInAnyOrder("W-1", "N-1");
    }
  }

  @Test
  void after_a_kill_the_index_is_what_is_left_of_the_rows() throws IOException {
    Path copy;
    try (SearchedStore store = open()) {
      write(store, thing("bolt", null, "B-1"));
    }
    try (SearchedStore store = open()) {
      write(store, thing("bolt", null, "B-2"));
      store.flush();
      write(store, thing("bolt", null, "B-3"));
      assertThat(codes(store, TENANT, "bolt")).hasSize(3);
      copy = store.asAfterAKill(folder.resolve("copy"));
    }
    try (SearchedStore killed = new SearchedStore(copy, List.of(Things.VIEW))) {
      // What was not flushed is lost, as it is for rows; the index has neither more nor less.
      assertThat(killed.rebuiltRows()).isEqualTo(2);
      assertThat(codes(killed, TENANT, "bolt")).containsExactlyInAnyOrder("B-1", "B-2");
    }
  }

  @Test
  void after_a_kill_before_anything_was_flushed_the_index_still_fits() throws IOException {
    Path copy;
    try (SearchedStore store = open()) {
      write(store, thing("bolt", null, "B-1"));
    }
    try (SearchedStore store = open()) {
      write(store, thing("bolt", null, "B-2"));
      assertThat(codes(store, TENANT, "bolt")).hasSize(2);
      copy = store.asAfterAKill(folder.resolve("copy"));
    }
    try (SearchedStore killed = new SearchedStore(copy, List.of(Things.VIEW))) {
      assertThat(codes(killed, TENANT, "bolt")).containsExactly("B-1");
    }
  }

  @Test
  void an_index_that_is_gone_or_broken_is_built_from_the_rows() throws IOException {
    try (SearchedStore store = open()) {
      write(store, thing("bolt", null, "B-1"), thing("nut", null, "N-1"));
    }
    try (var files = Files.list(folder.resolve("store/search"))) {
      for (Path file : files.toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    try (SearchedStore store = open()) {
      assertThat(store.rebuiltRows()).isEqualTo(2);
      assertThat(codes(store, TENANT, "bolt")).containsExactly("B-1");
    }
    try (var files = Files.list(folder.resolve("store/search"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    try (SearchedStore store = open()) {
      assertThat(store.rebuiltRows()).isEqualTo(2);
      assertThat(codes(store, TENANT, "nut")).containsExactly("N-1");
    }
  }

  @Test
  void a_new_declaration_is_true_for_old_rows_too() {
    Thing bolt = thing("bolt", "of steel", "B-1");
    try (SearchedStore store = open(new Things(List.of(Things.NAME)))) {
      write(store, bolt, thing("nut", "of steel", "N-1"));
      assertThat(codes(store, TENANT, "steel")).isEmpty();
    }
    try (SearchedStore store = open()) {
      assertThat(store.rebuiltRows()).isEqualTo(2);
      assertThat(codes(store, TENANT, "steel")).containsExactlyInAnyOrder("B-1", "N-1");
      write(store, bolt.moved());
      assertThat(codes(store, TENANT, "steel")).containsExactlyInAnyOrder("B-1", "N-1");
      assertThat(store.documents()).isEqualTo(2);
    }
  }

  @Test
  void a_row_whose_texts_stay_as_they_are_costs_the_index_nothing() {
    Thing bolt = thing("bolt", null, "B-1");
    try (SearchedStore store = open()) {
      write(store, bolt);
      assertThat(codes(store, TENANT, "bolt")).hasSize(1);
      long refreshes = store.refreshes();
      for (int i = 0; i < 10; i++) {
        bolt = bolt.moved();
        write(store, bolt);
        Found found = store.find(TENANT, Things.VIEW, "bolt");
        assertThat(Json.read(found.hits().getFirst().json(), Thing.class).moves())
            .isEqualTo(bolt.moves());
      }
      assertThat(store.refreshes()).isEqualTo(refreshes);
    }
  }

  @Test
  void a_tenant_is_told_nothing_by_the_rows_of_another() {
    try (SearchedStore store = open()) {
      UUID shared = UUID.randomUUID();
      Thing ours = new Thing(shared, "hammer", "ours", "H-1", List.of(), 0);
      Thing theirs = new Thing(shared, "hammer", "theirs", "H-2", List.of(), 0);
      store.put("a", Things.VIEW, shared, ours);
      store.put("ab", Things.VIEW, shared, theirs);
      // So many neighbours of the word that a bounded expansion would be used up by them.
      for (int i = 0; i < 3_000; i++) {
        Thing near = thing("hamme" + (char) ('\u4e00' + i) + " hammer" + i, null, "H-" + i);
        store.put("ab", Things.VIEW, near.id(), near);
      }
      store.write();
      for (String text : List.of("hammer", "hamner", "ham", "H-", "\"hammer\"", "h1")) {
        assertThat(codes(store, "a", text)).as(text).containsExactly("H-1");
      }
      assertThat(codes(store, "a", "theirs")).isEmpty();
      assertThat(codes(store, "b", "hammer")).isEmpty();
      store.put("ab", Things.VIEW, shared, null);
      store.write();
      assertThat(codes(store, "a", "hammer")).containsExactly("H-1");
    }
  }

  @Test
  void rows_and_what_is_found_are_of_one_instant_while_they_change() throws Exception {
    try (SearchedStore store = open()) {
      // One row at a time has the word, and says so itself.
      Thing[] things = new Thing[8];
      for (int i = 0; i < things.length; i++) {
        things[i] = thing("nothing", null, "T-" + i);
      }
      write(store, things);
      AtomicBoolean stop = new AtomicBoolean();
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; !stop.get(); i++) {
                      Thing one = things[i % things.length];
                      Thing next = things[(i + 1) % things.length];
                      store.put(TENANT, Things.VIEW, one.id(), one);
                      store.put(
                          TENANT,
                          Things.VIEW,
                          next.id(),
                          new Thing(next.id(), "chosen", null, next.code(), List.of(), i));
                      store.write();
                    }
                  });
      try {
        for (int i = 0; i < 300; i++) {
          Found found = store.find(TENANT, Things.VIEW, "chosen");
          if (i > 0 || found.total() > 0) {
            assertThat(found.total()).isEqualTo(1);
            assertThat(Json.read(found.hits().getFirst().json(), Thing.class).name())
                .isEqualTo("chosen");
          } else {
            i--;
          }
        }
      } finally {
        stop.set(true);
        writer.join();
      }
    }
  }

  @Test
  void a_search_that_leads_to_very_many_words_is_answered_within_its_bounds() {
    try (SearchedStore store = open()) {
      for (int i = 0; i < 20_000; i++) {
        Thing thing = thing("x" + Integer.toString(i, 36), null, "SKU-" + i);
        store.put(TENANT, Things.VIEW, thing.id(), thing);
      }
      store.write();
      assertThat(store.find(TENANT, Things.VIEW, "x").total()).isEqualTo(20_000);
      assertThat(store.find(TENANT, Things.VIEW, "sku").total()).isEqualTo(20_000);
      Found found = store.find(TENANT, Things.VIEW, "s sk sku sku1 sku2 s1 sk1 x1 sku12 sku3 u s");
      assertThat(found.total()).isLessThanOrEqualTo(20_000);
    }
  }
}
