package xalesin.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import xalesin.bench.inventory.Tenant;
import xalesin.bench.load.Answer;
import xalesin.bench.load.RequestBuffer;
import xalesin.bench.load.Script;
import xalesin.bench.past.Question;

/**
 * A question as it is asked of one tenant. Immutable.
 *
 * @param ways first pages, pages from deep within, small answers, ranges: each a list of paths that
 *     is not empty, and each drawn as often as the others
 */
record Asked(Question question, Tenant tenant, List<List<String>> ways) {
  private static final byte[] FOUND = "\"items\":[{".getBytes(US_ASCII);
  private static final byte[] TOTAL = "\"total\":".getBytes(US_ASCII);

  Asked {
    ways = List.copyOf(ways);
  }

  int paths() {
    return ways.stream().mapToInt(List::size).sum();
  }

  /** Each question as often as the others, timed under its name; an empty answer is a failure. */
  static Script.Source atRandom(List<Asked> all, long seed) {
    return connection ->
        new Script() {
          private final SplittableRandom random = new SplittableRandom(seed * 31 + connection);
          private String name = "";

          @Override
          public void begin(RequestBuffer request) {
            Asked asked = any(all);
            name = asked.question().name();
            request.get(any(any(asked.ways())), asked.tenant().readHeaders());
          }

          private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
          }

          @Override
          public Next answered(Answer answer, RequestBuffer request, Run run) {
            long began = Math.min(run.intendedNanos(), run.sentNanos());
            run.record(
                name, Math.max(run.answeredNanos() - began, TimeUnit.MICROSECONDS.toNanos(1)));
            return isFound(answer) ? Next.DONE : Next.FAILED;
          }
        };
  }

  /**
   * Every path of the question one after the other, for one connection.
   *
   * @param totals the totals of all answers are added to it
   */
  Script.Source inTurn(AtomicLong totals) {
    List<String> paths = ways.stream().flatMap(List::stream).toList();
    return _ ->
        new Script() {
          private int next;

          @Override
          public void begin(RequestBuffer request) {
            request.get(paths.get(next++ % paths.size()), tenant.readHeaders());
          }

          @Override
          public Next answered(Answer answer, RequestBuffer request, Run run) {
            int total = answer.indexInBody(TOTAL, 0);
            totals.addAndGet(total < 0 ? 0 : answer.numberInBody(total + TOTAL.length));
            return isFound(answer) ? Next.DONE : Next.FAILED;
          }
        };
  }

  private static boolean isFound(Answer answer) {
    return answer.status() == 200 && answer.indexInBody(FOUND, 0) >= 0;
  }
}
