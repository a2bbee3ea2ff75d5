package xalesin.edge.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.LocalBucket;

/**
 * The bucket of one key and one class. When the policy changes, what is left keeps its proportion.
 * Thread-safe; taking never blocks, but while the policy changes.
 */
@SuppressWarnings("ReferenceEquality") // a limit is made once for all; the same is the quick case
final class Meter {
  private final LocalBucket bucket;
  private volatile Limit limit;

  Meter(Limit limit, long initialTokens, TimeMeter clock) {
    this.limit = limit;
    this.bucket =
        Bucket.builder()
            .addLimit(limit.startingWith(initialTokens))
            .withCustomTimePrecision(clock)
            .build();
  }

  ConsumptionProbe take(Limit now) {
    if (limit != now) {
      change(now);
    }
    return bucket.tryConsumeAndReturnRemaining(now.cost());
  }

  private synchronized void change(Limit now) {
    if (limit != now) {
      if (!limit.policy().equals(now.policy())) {
        bucket.replaceConfiguration(now.configuration(), TokensInheritanceStrategy.PROPORTIONALLY);
      }
      limit = now;
    }
  }

  /** For a request that another bucket has refused. */
  void giveBack(long tokens) {
    bucket.addTokens(tokens);
  }

  long remainingTokens() {
    return bucket.getAvailableTokens();
  }

  /** Nanoseconds until there are so many tokens; 0 when there are. */
  long nanosUntil(long tokens) {
    return bucket.estimateAbilityToConsume(tokens).getNanosToWaitForRefill();
  }
}
