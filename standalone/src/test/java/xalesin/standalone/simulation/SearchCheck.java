package xalesin.standalone.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import xalesin.projection.BruteForce;
import xalesin.projection.ViewCatalog;
import xalesin.projection.search.BruteSearch;
import xalesin.projection.search.BruteSearch.Part;
import xalesin.projection.search.Found;
import xalesin.projection.search.RandomTyping;
import xalesin.projection.search.SearchRequest;
import xalesin.projection.search.SearchText;
import xalesin.projection.search.TenantSearch;
import xalesin.projection.view.SearchField;
import xalesin.projection.view.View;

/** Whether searches find what looking at every text of every row finds. */
final class SearchCheck {
  private static final int SEARCHES = 12;
  private static final int VOCABULARY = 60;

  private final Random random;

  SearchCheck(Random random) {
    this.random = random;
  }

  /** Returns how many rows were found in all. */
  int check(TenantSearch search, BruteForce expected) {
    int found = 0;
    for (View<?> view : ViewCatalog.ALL) {
      if (!view.searchable().isEmpty()) {
        found += check(search, view, expected.rowsOf(view));
      }
    }
    return found;
  }

  private int check(TenantSearch search, View<?> view, Map<UUID, Object> rows) {
    List<UUID> ids = List.copyOf(rows.keySet());
    List<String> words = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < VOCABULARY && !ids.isEmpty(); i++) {
      Object row = requireNonNull(rows.get(ids.get(random.nextInt(ids.size()))));
      for (String text : texts(view, row, SearchField.Kind.TEXT)) {
        words.addAll(BruteSearch.words(text));
      }
      codes.addAll(texts(view, row, SearchField.Kind.CODE));
    }
    if (words.isEmpty() || codes.isEmpty()) {
      return 0;
    }
    Map<UUID, BruteSearch.Texts> texts = new HashMap<>();
    rows.forEach(
        (id, row) ->
            texts.put(
                id,
                BruteSearch.Texts.of(
                    texts(view, row, SearchField.Kind.TEXT),
                    texts(view, row, SearchField.Kind.CODE))));
    RandomTyping typing = new RandomTyping(random, words, codes);
    int found = 0;
    for (int i = 0; i < SEARCHES; i++) {
      found += check(search, view, texts, typing.parts());
    }
    return found;
  }

  private static int check(
      TenantSearch search, View<?> view, Map<UUID, BruteSearch.Texts> rows, List<Part> parts) {
    String typed = parts.stream().map(Part::typed).collect(Collectors.joining(" "));
    List<UUID> expected = new ArrayList<>();
    rows.forEach(
        (id, row) -> {
          if (BruteSearch.matches(parts, row)) {
            expected.add(id);
          }
        });
    Found answer =
        search.find(
            new SearchRequest(
                view, SearchText.parse(typed), Map.of(), null, SearchRequest.MAX_LIMIT));
    assertThat(answer.total()).as("%s for <%s>", view.name(), typed).isEqualTo(expected.size());
    if (answer.next() == null) {
      assertThat(answer.hits().stream().map(Found.Hit::id))
          .as("%s for <%s>", view.name(), typed)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    return expected.size();
  }

  private static <R> List<String> texts(View<R> view, Object row, SearchField.Kind kind) {
    List<String> texts = new ArrayList<>();
    for (SearchField<R> field : view.searchable()) {
      String text = field.of().apply(view.rowClass().cast(row));
      if (field.kind() == kind && text != null && !text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }
}
