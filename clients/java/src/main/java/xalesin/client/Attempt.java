package xalesin.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One connection: asks once, and reads until it ends, falls silent or is closed. One thread runs
 * it; any other may watch and close it.
 */
final class Attempt {
  private static final int BUFFER_BYTES = 16 << 10;
  private static final int MAX_PROBLEM_BYTES = 64 << 10;

  private final Shared shared;
  private final TokenRequest tokens;
  private final Refusal refusal;
  private final Frames frames;
  private final Runnable live;

  private volatile boolean closed;
  private volatile @Nullable InputStream body;
  private volatile boolean reading;
  private volatile long readingSinceNanos;

  /**
   * @param live run when events are about to follow
   */
  Attempt(Shared shared, TokenRequest tokens, Refusal refusal, Frames frames, Runnable live) {
    this.shared = shared;
    this.tokens = tokens;
    this.refusal = refusal;
    this.frames = frames;
    this.live = live;
  }

  End run(URI address) throws InterruptedException {
    try {
      return connect(address);
    } catch (LiveException e) {
      return new End.Refused(e);
    } catch (FrameTooLargeException e) {
      return new End.Refused(new LiveException(0, "", String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return new End.Lost();
    } finally {
      body = null;
    }
  }

  private End connect(URI address) throws IOException, InterruptedException {
    long since = frames.begin();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(shared.config().connectTimeout())
            .header("Accept", "text/event-stream")
            .header("Authorization", "Bearer " + tokens.token());
    if (since >= 0) {
      request.header("Last-Event-ID", Long.toString(since));
    }
    HttpResponse<InputStream> answer =
        shared.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = answer.body()) {
      body = in;
      if (closed) {
        return new End.AtOnce();
      }
      if (!refusal.isStream(answer.statusCode(), answer.headers())) {
        return refusal.of(answer.statusCode(), answer.headers(), () -> problem(in));
      }
      shared.counters().connects.increment();
      if (since >= 0) {
        shared.counters().resumes.increment();
      }
      live.run();
      read(in);
      return new End.Lost();
    }
  }

  /** Empty when it does not come. */
  private byte[] problem(InputStream in) {
    try {
      reading(true);
      return in.readNBytes(MAX_PROBLEM_BYTES);
    } catch (IOException e) {
      return new byte[0];
    } finally {
      reading(false);
    }
  }

  private void read(InputStream in) throws IOException {
    SseParser parser = new SseParser(shared.config().maxFrameBytes(), frames);
    byte[] buffer = new byte[BUFFER_BYTES];
    while (true) {
      reading(true);
      int length = in.read(buffer);
      reading(false);
      if (length < 0 || closed) {
        return;
      }
      shared.counters().bytes.add(length);
      parser.feed(buffer, 0, length);
    }
  }

  private void reading(boolean now) {
    readingSinceNanos = System.nanoTime();
    reading = now;
  }

  /** Gives it up when it has been silent for too long. */
  void watch(long nowNanos) {
    InputStream in = body;
    if (in != null
        && reading
        && nowNanos - readingSinceNanos > shared.config().stallAfter().toNanos()) {
      closeQuietly(in);
    }
  }

  /** Nothing that comes is taken after this. */
  void close() {
    closed = true;
    InputStream in = body;
    if (in != null) {
      closeQuietly(in);
    }
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // It was broken before.
    }
  }
}
