package xalesin.standalone.imports;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the server answered to one command.
 *
 * @param status as HTTP counts
 * @param body the answer's line; of what failed it has the {@code problem}
 */
public record Result(int status, JsonNode body) {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERRORS = 500;

  public boolean isAccepted() {
    return status >= 200 && status < 300;
  }

  /** Whether this is the answer that an earlier request with the same key got. */
  public boolean isReplayed() {
    return body.path("replayed").asBoolean(false);
  }

  /** Whether a rule refused it; the refusal is kept with the idempotency key. */
  boolean isRefused() {
    return status >= BAD_REQUEST && !isNotNow();
  }

  /** Whether the same command may succeed later. */
  boolean isNotNow() {
    return status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS;
  }

  /** The problem document, on a line of its own or as a whole answer. */
  JsonNode problem() {
    return body.path("problem").isObject() ? body.path("problem") : body;
  }

  /** What is wrong, for people. */
  public String detail() {
    String title = problem().path("title").asText("");
    String detail = problem().path("detail").asText("");
    return title.isEmpty() || detail.isEmpty() ? title + detail : title + ": " + detail;
  }
}
