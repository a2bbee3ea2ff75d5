package xalesin.edge.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BandwidthBuilder;
import io.github.bucket4j.BucketConfiguration;

/**
 * A policy as it is held by one node of several. Its buckets count the whole policy, and each
 * request costs as many tokens as there are nodes, so that a share need not be a whole number.
 *
 * @param name as in headers and metrics, such as `tenant-read`
 * @param cost tokens of a request
 * @param quotaText the header `X-RateLimit-Limit`
 * @param reached what is said to those who are refused
 */
record Limit(
    String name,
    Policy policy,
    long cost,
    BucketConfiguration configuration,
    String quotaText,
    String reached) {
  static Limit of(String name, Policy policy, int nodes) {
    if (policy.quota() < nodes) {
      throw new IllegalArgumentException(
          name + " " + policy + " is less than one request for each of " + nodes + " nodes");
    }
    BucketConfiguration configuration =
        BucketConfiguration.builder().addLimit(bandwidth(policy, policy.quota())).build();
    return new Limit(
        name,
        policy,
        nodes,
        configuration,
        Long.toString(policy.quota()),
        "the limit %s of %d requests in %d s is reached"
            .formatted(name, policy.quota(), policy.windowSeconds()));
  }

  /** What a new bucket begins with is the caller's to say: everything, or one request. */
  Bandwidth startingWith(long tokens) {
    return bandwidth(policy, tokens);
  }

  private static Bandwidth bandwidth(Policy policy, long initialTokens) {
    return BandwidthBuilder.builder()
        .capacity(policy.quota())
        .refillGreedy(policy.quota(), policy.window())
        .initialTokens(initialTokens)
        .build();
  }

  /** An item of `RateLimit-Policy`. */
  String item() {
    return "\"" + name + "\";q=" + policy.quota() + ";w=" + policy.windowSeconds();
  }
}
