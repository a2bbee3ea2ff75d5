package xalesin.client;

import java.net.URI;
import java.time.Duration;

/**
 * How a client connects. Immutable.
 *
 * @param server such as {@code https://erp.example}; what stands in its path comes before `/api`
 * @param tokens asked at each connect
 * @param connectTimeout most for a token, then for a connection, and then for the head of the
 *     answer
 * @param stallAfter a connection that is silent for so long is given up; the server gives a sign of
 *     life after 15 s
 * @param offlineAfter a connection that is lost for so long counts as offline
 * @param maxBackoff most to wait before the next try, but for what `Retry-After` says
 * @param maxFrameBytes most of one frame; a question whose frames are larger fails
 */
public record LiveClientConfig(
    URI server,
    TokenSource tokens,
    Duration connectTimeout,
    Duration stallAfter,
    Duration offlineAfter,
    Duration maxBackoff,
    int maxFrameBytes) {
  private static final int LEAST_FRAME_BYTES = 1 << 10;

  public LiveClientConfig {
    String scheme = server.getScheme();
    if (server.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("server must be an http or https address, not " + server);
    }
    positive("connectTimeout", connectTimeout);
    positive("stallAfter", stallAfter);
    positive("offlineAfter", offlineAfter);
    positive("maxBackoff", maxBackoff);
    if (maxFrameBytes < LEAST_FRAME_BYTES) {
      throw new IllegalArgumentException("maxFrameBytes must be %d".formatted(LEAST_FRAME_BYTES));
    }
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
  }

  /** Times for a network, and frames of up to 16 MiB. */
  public static LiveClientConfig of(URI server, TokenSource tokens) {
    return new LiveClientConfig(
        server,
        tokens,
        Duration.ofSeconds(10),
        Duration.ofSeconds(35),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        16 << 20);
  }

  public LiveClientConfig withTimes(Duration stall, Duration offline, Duration backoff) {
    return new LiveClientConfig(
        server, tokens, connectTimeout, stall, offline, backoff, maxFrameBytes);
  }

  public LiveClientConfig withMaxFrameBytes(int bytes) {
    return new LiveClientConfig(
        server, tokens, connectTimeout, stallAfter, offlineAfter, maxBackoff, bytes);
  }
}
