package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** Somebody of one tenant who reads over HTTP. Thread-safe. */
final class Reader {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** Generous: the machine may be busy. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  /** More pages than any test has. */
  private static final int MAX_PAGES = 1_000;

  private final String base;
  private final String token;

  Reader(int port, String token) {
    this.base = "http://127.0.0.1:" + port;
    this.token = token;
  }

  static ConditionFactory await() {
    return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(LOOK_AGAIN).atMost(PATIENCE);
  }

  /**
   * @param headers names and values in turn
   */
  Answer get(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * Reads so that the newest event of the story shows. A busy machine may need more than one wait.
   */
  Answer getAfter(TenantStory story, String path, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Consistency-Token", story.token(), "Prefer", "wait=30"));
    return await()
        .until(() -> get(path, all.toArray(String[]::new)), answer -> answer.status() != 503);
  }

  /**
   * Follows a list's cursors to its end; the ids in the order met.
   *
   * @param path with at least one parameter
   */
  List<String> walk(String path) {
    List<String> ids = new ArrayList<>();
    String cursor = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      Answer answer = get(cursor == null ? path : path + "&cursor=" + encoded(cursor));
      ids.addAll(answer.ids());
      cursor = answer.nextCursor();
      if (cursor == null) {
        return ids;
      }
      assertThat(answer.ids()).isNotEmpty();
    }
    throw new AssertionError("the list does not end: " + path);
  }

  static String encoded(@Nullable String text) {
    return URLEncoder.encode(String.valueOf(text), UTF_8);
  }
}
