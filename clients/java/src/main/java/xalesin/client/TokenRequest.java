package xalesin.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the source for a token, and waits only so long: a source that never answers holds up no more
 * than one attempt at a time, and one thread. For one thread.
 */
final class TokenRequest {
  private static final char FIRST_VISIBLE = '!';
  private static final char LAST_VISIBLE = '~';

  private final TokenSource source;
  private final Duration limit;
  private @Nullable Thread asking;

  TokenRequest(TokenSource source, Duration limit) {
    this.source = source;
    this.limit = limit;
  }

  /**
   * A token that a header may have; white space around it, such as the line end of a file, is left
   * out.
   *
   * @throws LiveException when it cannot be sent
   * @throws IOException when the source fails or does not answer
   */
  String token() throws IOException, InterruptedException {
    Thread earlier = asking;
    if (earlier != null && !earlier.join(limit)) {
      throw new IOException("the token source has not answered for long");
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    asking = Thread.ofVirtual().name("live-client-token").start(() -> ask(answer));
    try {
      return sendable(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      throw new IOException("no token", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the token source does not answer", e);
    } finally {
      asking.interrupt();
    }
  }

  private void ask(CompletableFuture<String> answer) {
    try {
      answer.complete(source.token());
    } catch (Throwable e) {
      answer.completeExceptionally(e);
    }
  }

  private static String sendable(@Nullable String given) throws LiveException {
    String token = given == null ? "" : given.strip();
    if (token.isEmpty() || !token.chars().allMatch(c -> c >= FIRST_VISIBLE && c <= LAST_VISIBLE)) {
      throw new LiveException(
          0,
          "",
          token.isEmpty()
              ? "the token source gives an empty token"
              : "the token cannot be sent: it has a space, a line end or another character that no"
                  + " token may have");
    }
    return token;
  }
}
