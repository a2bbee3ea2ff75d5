package xalesin.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.function.Supplier;

/**
 * What the answers of a server mean that are no stream of events. Knows of a link whether its last
 * answer was a 401, for a token is asked for once more. For one thread.
 */
final class Refusal {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int OK = 200;
  private static final int UNAUTHORISED = 401;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  private boolean unauthorised;

  /** Whether events follow. The page of a captive portal is no stream, whatever its status says. */
  boolean isStream(int status, HttpHeaders headers) {
    boolean isStream =
        status == OK
            && headers
                .firstValue("Content-Type")
                .filter(type -> type.split(";", 2)[0].strip().equalsIgnoreCase("text/event-stream"))
                .isPresent();
    unauthorised &= !isStream;
    return isStream;
  }

  /**
   * Of an answer that is no stream.
   *
   * @param problem its body, asked for only when it counts
   */
  End of(int status, HttpHeaders headers, Supplier<byte[]> problem) {
    if (status == UNAUTHORISED && !unauthorised) {
      unauthorised = true;
      return new End.AtOnce();
    }
    if (passes(status)) {
      return RetryAfter.of(headers).<End>map(End.NotBefore::new).orElseGet(End.Lost::new);
    }
    JsonNode told = json(problem.get());
    return new End.Refused(
        new LiveException(
            status,
            told.path("type").asText(),
            told.path("detail").asText("the server answered " + status)));
  }

  /** What is no refusal of this API comes from what stands between. */
  private static boolean passes(int status) {
    return status < 400
        || status == REQUEST_TIMEOUT
        || status == TOO_MANY_REQUESTS
        || status >= 500;
  }

  /** Missing when it is no JSON: proxies answer in other ways. */
  private static JsonNode json(byte[] problem) {
    try {
      return JSON.readTree(problem);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}
