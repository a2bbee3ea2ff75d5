package xalesin.edge.limits;

import org.jspecify.annotations.Nullable;

/**
 * What the limits say to one request, as the headers of its answer tell it.
 *
 * @param policy `RateLimit-Policy`
 * @param state `RateLimit`
 * @param limit the quota of the policy that is nearest to its end
 * @param remaining requests left of it
 * @param resetSeconds until it is whole again when nothing more comes, rounded up
 * @param refusal why the request is refused; null when it may pass
 */
public record Verdict(
    String policy,
    String state,
    String limit,
    long remaining,
    long resetSeconds,
    @Nullable Refusal refusal) {
  /**
   * A refused request.
   *
   * @param by the policy's name
   * @param detail for the caller
   * @param waitNanos after which the same request passes if no other took its place
   */
  public record Refusal(String by, String detail, long waitNanos) {
    /** The wait as `Retry-After` tells it. */
    public int retryAfterSeconds() {
      return Standing.secondsUp(waitNanos);
    }
  }
}
