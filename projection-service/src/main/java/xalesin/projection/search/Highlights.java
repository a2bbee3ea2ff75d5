package xalesin.projection.search;

import java.io.IOException;
import java.text.BreakIterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.DefaultPassageFormatter;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;
import org.jspecify.annotations.Nullable;
import xalesin.projection.search.SearchText.Piece;
import xalesin.projection.view.SearchField;
import xalesin.schemas.Json;

/**
 * Where in a row the words stand that were searched for.
 *
 * @param title the row's name for people: its first searchable text, as it is
 * @param fields by name, HTML with the words between {@code <mark>} and {@code </mark>} and
 *     everything else escaped; fields that have none of them are missing. Of a long text the best
 *     sentences
 */
public record Highlights(String title, Map<String, String> fields) {
  private static final String BEGIN = "<mark>";
  private static final String END = "</mark>";
  private static final String ELLIPSIS = " … ";
  private static final int MAX_PASSAGES = 2;

  /** Shorter texts are shown whole. */
  private static final int PASSAGE = 160;

  /** The word that was found stands in the middle of its passage. */
  private static final float MIDDLE = 0.5f;

  static Highlights of(SearchableView view, String tenant, SearchText text, byte[] json) {
    Object row = Json.read(json, view.view().rowClass());
    List<String> texts = view.textsOf(row).fields();
    Query query = new Queries(view, tenant).words(text);
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      SearchField<Object> field = view.fields().get(i);
      String marked =
          field.kind() == SearchField.Kind.TEXT
              ? passages(view.indexed(field), tenant, query, texts.get(i))
              : code(text, texts.get(i));
      if (marked != null) {
        fields.put(field.name(), marked);
      }
    }
    return new Highlights(texts.getFirst(), fields);
  }

  /** {@link UnifiedHighlighter} over the text at hand; null when none of the words is in it. */
  private static @Nullable String passages(String field, String tenant, Query query, String text) {
    UnifiedHighlighter highlighter =
        UnifiedHighlighter.builderWithoutSearcher(Words.of(tenant))
            .withFormatter(new DefaultPassageFormatter(BEGIN, END, ELLIPSIS, true))
            .withBreakIterator(() -> breaks(text))
            .withMaxNoHighlightPassages(0)
            // A field need not have all that the row has.
            .withWeightMatches(false)
            .withMaxLength(SearchableView.MAX_TEXT)
            .build();
    try {
      return (String) highlighter.highlightWithoutSearcher(field, query, text, MAX_PASSAGES);
    } catch (IOException e) {
      throw new SearchFailure("a text in memory cannot be read", e);
    }
  }

  private static BreakIterator breaks(String text) {
    return text.length() <= PASSAGE
        ? new WholeBreakIterator()
        : LengthGoalBreakIterator.createClosestToLength(
            BreakIterator.getWordInstance(Locale.ROOT), PASSAGE, MIDDLE);
  }

  /** A code is marked as a whole. */
  private static @Nullable String code(SearchText text, String code) {
    Set<String> terms = Codes.terms(code);
    for (Piece piece : text.wanted()) {
      if (isIn(Codes.joined(piece.words()), terms)
          || (!piece.phrase() && piece.words().stream().anyMatch(word -> isIn(word, terms)))) {
        return BEGIN + escaped(code) + END;
      }
    }
    return null;
  }

  private static boolean isIn(String asked, Set<String> terms) {
    return terms.stream().anyMatch(term -> term.startsWith(asked));
  }

  /** As {@link DefaultPassageFormatter} does. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#x27;");
  }
}
