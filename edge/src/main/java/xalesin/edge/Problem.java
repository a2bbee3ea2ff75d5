package xalesin.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457). `type` is a stable reference `/problems/<slug>`: programs compare
 * it, people read `title` and `detail`.
 *
 * @param type `/problems/` and the slug
 * @param title the same for every occurrence of the type
 * @param status HTTP status
 * @param detail about this occurrence, safe to show to the caller
 * @param instance the path of the request; the door fills it in
 * @param errors what is wrong with which part of the body
 * @param retryAfter seconds after which the same request may succeed; also sent as `Retry-After`
 * @param traceId finds the request in logs; the door fills it in
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    List<FieldError> errors,
    @Nullable Integer retryAfter,
    @Nullable String traceId) {
  /** What every `type` begins with. */
  public static final String TYPES = "/problems/";

  /** Seconds a caller waits when nothing better is known. */
  public static final int DEFAULT_RETRY_SECONDS = 1;

  /**
   * One thing wrong with the body.
   *
   * @param pointer RFC 6901 JSON pointer; empty for the whole body
   */
  public record FieldError(String pointer, String detail) {}

  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("a problem has a 4xx or 5xx status: " + status);
    }
    errors = List.copyOf(errors);
    if (status == 503 && retryAfter == null) {
      retryAfter = DEFAULT_RETRY_SECONDS;
    }
  }

  public static Problem of(int status, String slug, String title, @Nullable String detail) {
    return new Problem(TYPES + slug, title, status, detail, null, List.of(), null, null);
  }

  /** 400: the request cannot be understood; not for bodies that are valid JSON. */
  public static Problem badRequest(String detail) {
    return of(400, "bad-request", "The request cannot be understood", detail);
  }

  /** 404: no such thing for this tenant. */
  public static Problem notFound(String detail) {
    return of(404, "not-found", "Not found", detail);
  }

  /** 409: refused by the business rule that the slug names. */
  public static Problem refused(String slug, String title, String detail) {
    return of(409, slug, title, detail);
  }

  /** 412: the stream has moved since the version in `If-Match`. */
  public static Problem stale(String detail) {
    return of(412, "stale-version", "The version has moved on", detail);
  }

  /** 422: valid JSON, content that is not allowed. */
  public static Problem invalid(List<FieldError> errors) {
    return of(422, "invalid-content", "The content is not valid", null).withErrors(errors);
  }

  /** 422 for one part of the body. */
  public static Problem invalid(String pointer, String detail) {
    return invalid(List.of(new FieldError(pointer, detail)));
  }

  /** 503: not now; the caller may try again after that many seconds. */
  public static Problem unavailable(String slug, String detail, int retryAfterSeconds) {
    return of(503, slug, "Not available at the moment", detail).withRetryAfter(retryAfterSeconds);
  }

  public Problem withErrors(List<FieldError> newErrors) {
    return new Problem(type, title, status, detail, instance, newErrors, retryAfter, traceId);
  }

  public Problem withRetryAfter(int seconds) {
    return new Problem(type, title, status, detail, instance, errors, seconds, traceId);
  }

  /** The same problem as met by one request. */
  Problem at(String path, String newTraceId) {
    return new Problem(type, title, status, detail, path, errors, retryAfter, newTraceId);
  }

  public ProblemException exception() {
    return new ProblemException(this);
  }
}
