package xalesin.projection.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import xalesin.projection.search.BoundedTerms.Budget;
import xalesin.projection.search.Ranking.Match;
import xalesin.projection.search.SearchText.Piece;
import xalesin.projection.view.SearchField;
import xalesin.projection.view.SearchField.Kind;

/**
 * Makes Lucene's query for one search of one view. Every piece must match somewhere; of all the
 * ways in which it does, the best counts ({@link DisjunctionMaxQuery}). For one search.
 */
final class Queries {
  /** Shorter words have too many neighbours to be meant. */
  static final int MIN_LETTERS_FOR_TYPO = 4;

  /** Longer ones are no words; an automaton grows with them. */
  private static final int MAX_LENGTH_FOR_TYPO = 64;

  private final SearchableView view;
  private final String tenantPrefix;
  private final Budget budget = new Budget();

  Queries(SearchableView view, String tenant) {
    this.view = view;
    this.tenantPrefix = Words.prefix(tenant);
  }

  /**
   * @param scope what the keys of the tenant's rows in this view begin with
   * @param filters values by field, one of which a row must have
   */
  Query query(BytesRef scope, SearchText text, Map<String, Set<Object>> filters) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(new TermQuery(new Term(SearchIndex.SCOPE, scope)), Occur.FILTER);
    filters.forEach((field, values) -> all.add(oneOf(field, values), Occur.FILTER));
    all.add(words(text), Occur.MUST);
    for (Piece piece : text.excluded()) {
      excluded(piece).forEach(query -> all.add(query, Occur.MUST_NOT));
    }
    return all.build();
  }

  private Query oneOf(String field, Set<Object> values) {
    List<BytesRef> keywords = new ArrayList<>(values.size());
    values.forEach(value -> keywords.add(new BytesRef(SearchableView.keyword(value))));
    return new TermInSetQuery(view.indexed(field), keywords);
  }

  /** What is wanted, without whose it is and what is left out: also what is highlighted. */
  Query words(SearchText text) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    text.wanted().forEach(piece -> all.add(wanted(piece), Occur.MUST));
    return all.build();
  }

  private Query wanted(Piece piece) {
    if (piece.words().size() == 1) {
      // A phrase of one word is that word as it is.
      String word = piece.words().getFirst();
      return best(piece.phrase() ? exact(word) : word(word, piece.open()));
    }
    List<Query> ways = new ArrayList<>();
    if (piece.phrase()) {
      forEach(Kind.TEXT, field -> ways.add(ranked(phrase(field, piece), Match.EXACT, field)));
    } else {
      ways.add(eachWord(piece));
    }
    String joined = Codes.joined(piece.words());
    forEach(Kind.CODE, field -> code(ways, field, joined, piece.words().size()));
    return best(ways);
  }

  private Query eachWord(Piece piece) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (int i = 0; i < piece.words().size(); i++) {
      boolean open = piece.open() && i == piece.words().size() - 1;
      all.add(best(word(piece.words().get(i), open)), Occur.MUST);
    }
    return all.build();
  }

  private List<Query> exact(String word) {
    List<Query> ways = new ArrayList<>();
    forEach(Kind.TEXT, field -> ways.add(ranked(term(field, word), Match.EXACT, field)));
    forEach(Kind.CODE, field -> ways.add(constant(term(field, word), Match.EXACT, field, 1)));
    return ways;
  }

  private List<Query> word(String word, boolean open) {
    List<Query> ways = new ArrayList<>();
    forEach(
        Kind.TEXT,
        field -> {
          ways.add(ranked(term(field, word), Match.EXACT, field));
          if (open) {
            ways.add(constant(beginning(field, word), Match.BEGINNING, field, 1));
          }
          if (forgivesTypos(word)) {
            Query similar = BoundedTerms.similar(view.indexed(field), tenantPrefix, word, budget);
            ways.add(constant(similar, Match.TYPO, field, 1));
          }
        });
    forEach(Kind.CODE, field -> code(ways, field, word, 1));
    return ways;
  }

  static boolean forgivesTypos(String word) {
    return word.length() <= MAX_LENGTH_FOR_TYPO
        && word.codePoints().filter(Character::isLetter).count() >= MIN_LETTERS_FOR_TYPO;
  }

  /** Counts as much as the words that it is joined of. */
  private void code(List<Query> ways, SearchField<?> field, String code, int words) {
    ways.add(constant(term(field, code), Match.EXACT, field, words));
    ways.add(constant(beginning(field, code), Match.BEGINNING, field, words));
  }

  private List<Query> excluded(Piece piece) {
    List<Query> queries = new ArrayList<>();
    String joined = Codes.joined(piece.words());
    forEach(Kind.TEXT, field -> queries.add(phrase(field, piece)));
    forEach(Kind.CODE, field -> queries.add(term(field, joined)));
    return queries;
  }

  private Query phrase(SearchField<?> field, Piece piece) {
    if (piece.words().size() == 1) {
      return term(field, piece.words().getFirst());
    }
    PhraseQuery.Builder phrase = new PhraseQuery.Builder();
    piece.words().forEach(word -> phrase.add(new Term(view.indexed(field), tenantPrefix + word)));
    return phrase.build();
  }

  private Query term(SearchField<?> field, String word) {
    return new TermQuery(new Term(view.indexed(field), tenantPrefix + word));
  }

  private Query beginning(SearchField<?> field, String word) {
    return BoundedTerms.beginning(view.indexed(field), tenantPrefix + word, budget);
  }

  private static Query ranked(Query query, Match match, SearchField<?> field) {
    return new BoostQuery(query, Ranking.rank(match, field));
  }

  private static Query constant(Query query, Match match, SearchField<?> field, int words) {
    return new BoostQuery(new ConstantScoreQuery(query), words * Ranking.rank(match, field));
  }

  private static Query best(List<Query> ways) {
    return ways.size() == 1 ? ways.getFirst() : new DisjunctionMaxQuery(ways, 0);
  }

  private interface OfField {
    void accept(SearchField<?> field);
  }

  private void forEach(Kind kind, OfField each) {
    for (SearchField<?> field : view.fields()) {
      if (field.kind() == kind) {
        each.accept(field);
      }
    }
  }
}
