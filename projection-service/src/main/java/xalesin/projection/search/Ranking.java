package xalesin.projection.search;

import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import xalesin.projection.view.SearchField;

/**
 * Scores that keep their promises whatever the statistics: the score of a word is its rank, a whole
 * number, plus less than one for how well the word tells rows apart (BM25, Robertson and others
 * 1994, as {@link BM25Similarity} has it). The rank is that of the kind of match first, then that
 * of the field. A row's score is the sum over the words asked for.
 *
 * <p>The statistics are rounded, so that the scores of rows that stand still stand still too while
 * others come and go, until a word has become some three times as rare or frequent: places in what
 * was found stay comparable from one page to the next. Thread-safe.
 */
final class Ranking extends Similarity {
  private static final int STEP = 2 * SearchField.MAX_BOOST;

  /** BM25 at which half of what is below one is reached: that of a word that is neither. */
  private static final float HALF = 4;

  private final BM25Similarity bm25 = new Rounded();

  /** Words of a text that is neither short nor long. */
  private static final float USUAL_LENGTH = 8;

  private static final class Rounded extends BM25Similarity {
    @Override
    protected float idf(long rowsWithWord, long rows) {
      return Math.max(1, Math.round(super.idf(rowsWithWord, rows)));
    }

    @Override
    protected float avgFieldLength(CollectionStatistics field) {
      return USUAL_LENGTH;
    }
  }

  /** How a word was found, from worst to best. */
  enum Match {
    TYPO(0),
    BEGINNING(1),
    EXACT(2);

    private final int steps;

    Match(int steps) {
      this.steps = steps;
    }
  }

  /** What a match of that kind in that field counts, before it is told apart from its like. */
  static float rank(Match match, SearchField<?> field) {
    return match.steps * STEP + field.boost();
  }

  @Override
  public long computeNorm(FieldInvertState state) {
    return bm25.computeNorm(state);
  }

  /**
   * @param boost the rank
   */
  @Override
  public SimScorer scorer(float boost, CollectionStatistics field, TermStatistics... words) {
    SimScorer scorer = bm25.scorer(1, field, words);
    return new SimScorer() {
      @Override
      public float score(float frequency, long norm) {
        float bm25Score = scorer.score(frequency, norm);
        return boost + bm25Score / (bm25Score + HALF);
      }
    };
  }
}
