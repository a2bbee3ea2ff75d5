package xalesin.projection.search;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.CompiledAutomaton;

/**
 * Matches what has one of the words that an automaton accepts: those with a beginning, or those one
 * edit away (Levenshtein automata, Schulz and Mihov 2002, with transpositions; the index is walked
 * along the automaton, not word by word). All words that one search leads to come out of one
 * budget: when it is used up, what comes later in the alphabet is not looked at. For one search on
 * one thread.
 */
final class BoundedTerms extends MultiTermQuery {
  private final String what;
  private final CompiledAutomaton automaton;
  private final Budget budget;

  /** How many words of the index a search may still look at. */
  static final class Budget {
    /** Some ten milliseconds' worth; many more than a word's usual relatives. */
    static final int MAX_WORDS = 100_000;

    private int left = MAX_WORDS;

    private boolean take() {
      return left-- > 0;
    }
  }

  private BoundedTerms(String field, String what, CompiledAutomaton automaton, Budget budget) {
    super(field, CONSTANT_SCORE_BLENDED_REWRITE);
    this.what = what;
    this.automaton = automaton;
    this.budget = budget;
  }

  /** Words that begin like this, tenant included. */
  static BoundedTerms beginning(String field, String beginning, Budget budget) {
    CompiledAutomaton automaton =
        new CompiledAutomaton(PrefixQuery.toAutomaton(new BytesRef(beginning)), false, true, true);
    return new BoundedTerms(field, beginning + '*', automaton, budget);
  }

  /** Words that differ by one letter, or by two that have changed places. */
  static BoundedTerms similar(String field, String tenantPrefix, String word, Budget budget) {
    int exact = tenantPrefix.codePointCount(0, tenantPrefix.length());
    CompiledAutomaton automaton = FuzzyQuery.getFuzzyAutomaton(tenantPrefix + word, 1, exact, true);
    return new BoundedTerms(field, tenantPrefix + word + '~', automaton, budget);
  }

  @Override
  protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
    return new FilteredTermsEnum(automaton.getTermsEnum(terms), false) {
      @Override
      protected AcceptStatus accept(BytesRef word) {
        return budget.take() ? AcceptStatus.YES : AcceptStatus.END;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    if (visitor.acceptField(field)) {
      automaton.visit(visitor, this, field);
    }
  }

  @Override
  public String toString(String defaultField) {
    return field + ':' + what;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof BoundedTerms terms
        && terms.what.equals(what)
        && terms.budget == budget;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), what);
  }
}
