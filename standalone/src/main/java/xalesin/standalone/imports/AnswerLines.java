package xalesin.standalone.imports;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Collects the lines of one answer as they arrive, so that those before a cut are not lost. The
 * client delivers on its own threads; {@link #received} may be read on any.
 */
final class AnswerLines implements Flow.Subscriber<String> {
  private final List<String> lines = new ArrayList<>();

  /**
   * Waits for the whole answer.
   *
   * @param silence so long nothing may arrive
   * @throws IOException when the connection fails, or is silent for too long
   */
  HttpResponse<Void> await(HttpClient client, HttpRequest request, Duration silence)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, BodyHandlers.fromLineSubscriber(this));
    int before = -1;
    while (true) {
      try {
        return answer.get(silence.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        int now = received().size();
        if (now == before) {
          answer.cancel(true);
          throw new HttpTimeoutException(
              "nothing came for %.1f s".formatted(silence.toMillis() / 1000.0));
        }
        before = now;
      } catch (InterruptedException e) {
        answer.cancel(true);
        throw e;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
      }
    }
  }

  synchronized List<String> received() {
    return List.copyOf(lines);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    // An answer has as many lines as its request, which is bounded.
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public synchronized void onNext(String line) {
    lines.add(line);
  }

  @Override
  public void onError(Throwable error) {
    // The future of the answer fails with the same error.
  }

  @Override
  public void onComplete() {
    // The future of the answer completes.
  }
}
