package xalesin.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where a key set is read from. Thread-safe; reading blocks, for {@link #PATIENCE} at most. */
sealed interface KeySource {
  /** For the whole of one reading. */
  Duration PATIENCE = Duration.ofSeconds(5);

  /** A hundred keys with their certificates. */
  int MAX_BYTES = 1 << 20;

  byte[] read() throws IOException, InterruptedException;

  /**
   * @param location an https URL, a plain http URL of this very machine, or a file
   * @throws IllegalArgumentException whose message says what is wrong with the location
   */
  static KeySource of(String location) {
    if (!location.matches("(?i)[a-z][a-z0-9+.-]*://.*")) {
      Path file = Path.of(location);
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new IllegalArgumentException("must be a file that can be read, or a URL");
      }
      return new InFile(file);
    }
    URI url = URI.create(location);
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    boolean safe = scheme.equals("https") || (scheme.equals("http") && isLoopback(url.getHost()));
    if (url.getHost() == null || url.getUserInfo() != null || !safe) {
      throw new IllegalArgumentException("must be an https URL without user name, or a file");
    }
    return new AtUrl(url);
  }

  private static boolean isLoopback(String host) {
    try {
      return host != null && InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false; // A name: who knows where it leads tomorrow.
    }
  }

  /** A file that may be replaced while the service runs. */
  record InFile(Path file) implements KeySource {
    @Override
    public byte[] read() throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new IOException(file + " is too large for a key set");
        }
        return bytes;
      }
    }
  }

  /** An issuer's address. Redirections are not followed. */
  final class AtUrl implements KeySource {
    private final URI url;
    private final HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    AtUrl(URI url) {
      this.url = url;
    }

    @Override
    public byte[] read() throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(url).header("Accept", "application/json").GET().build();
      CompletableFuture<HttpResponse<byte[]>> answer =
          client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
      try {
        HttpResponse<byte[]> whole = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (whole.statusCode() != 200) {
          throw new IOException(url + " answers with status " + whole.statusCode());
        }
        return whole.body();
      } catch (ExecutionException e) {
        throw new IOException(url + " cannot be read", e.getCause());
      } catch (TimeoutException e) {
        throw new IOException(url + " has not answered in " + PATIENCE.toSeconds() + " s", e);
      } finally {
        answer.cancel(true);
      }
    }

    @Override
    public String toString() {
      return url.toString();
    }
  }
}
