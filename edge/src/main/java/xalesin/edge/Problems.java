package xalesin.edge;

import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.InvalidValueException;

/** The one table from what went wrong to the problem document that says so. */
final class Problems {
  private Problems() {}

  /** Null when it is nobody's business but ours: answer 500 and log. */
  static @Nullable ProblemException of(Throwable thrown) {
    return switch (thrown) {
      case ProblemException problem -> problem;
      case TokenException token -> badToken(token.getMessage());
      case InvalidValueException value ->
          Problem.invalid(
                  value.field().isEmpty() ? "" : "/" + value.field(),
                  String.valueOf(value.getMessage()))
              .exception();
      case HttpException bad -> ofStatus(bad.getCode(), bad.getReason()).exception();
      case HttpResponseException bad -> ofStatus(bad.getStatus(), null).exception();
      case IOException io when io.getCause() instanceof TimeoutException -> tooSlow();
      case IOException io when io.getCause() instanceof HttpException bad ->
          ofStatus(bad.getCode(), bad.getReason()).exception();
      case InterruptedException _ -> stopping();
      case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case ExecutionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case UncheckedIOException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      default -> null;
    };
  }

  /** What the HTTP layer itself refuses. */
  static Problem ofStatus(int status, @Nullable String detail) {
    return switch (status) {
      case 400 -> Problem.badRequest(detail == null ? "malformed HTTP" : detail);
      case 404 -> Problem.notFound("there is nothing at this address");
      case 408 -> tooSlow().problem();
      case 413 -> Problem.of(413, "too-large", "The request is too large", detail);
      case 414, 431 ->
          Problem.of(
              status, "headers-too-large", "The request line or headers are too large", null);
      case 503 -> stopping().problem();
      case 500 -> internal();
      default ->
          status >= 400 && status < 600
              ? Problem.of(status, "http-" + status, HttpStatus.getMessage(status), null)
              : internal();
    };
  }

  static ProblemException noToken() {
    return Problem.of(
            401,
            "unauthenticated",
            "A bearer token is needed",
            "send Authorization: Bearer <token>")
        .exception()
        .header("WWW-Authenticate", "Bearer realm=\"xalesin\"");
  }

  static ProblemException badToken(@Nullable String detail) {
    return Problem.of(401, "invalid-token", "The bearer token is not accepted", detail)
        .exception()
        .header(
            "WWW-Authenticate",
            "Bearer error=\"invalid_token\", error_description=\"" + detail + "\"");
  }

  static ProblemException noKeys(long retrySeconds) {
    return Problem.unavailable(
            "keys-unavailable",
            "the keys of the tokens' issuer cannot be read",
            Math.toIntExact(retrySeconds))
        .exception();
  }

  static ProblemException roleNeeded(Role role) {
    return Problem.of(403, "forbidden", "Not allowed", "this needs the role " + role.text())
        .exception()
        .header(
            "WWW-Authenticate",
            "Bearer error=\"insufficient_scope\", scope=\"" + role.text() + "\"");
  }

  static ProblemException wrongVerb(String allow) {
    return Problem.of(
            405, "method-not-allowed", "The method is not allowed here", "allowed are " + allow)
        .exception()
        .header("Allow", allow);
  }

  static ProblemException unknownRoute() {
    return Problem.of(404, "unknown-route", "There is nothing at this address", null).exception();
  }

  static ProblemException upgradeNeeded() {
    return Problem.of(
            426,
            "upgrade-required",
            "This is for WebSockets",
            "a WebSocket of version 13 is opened here, by HTTP/1.1")
        .exception()
        .header(ApiHeaders.UPGRADE, "websocket");
  }

  static ProblemException wrongContentType(@Nullable String given, String wanted) {
    String got = given == null ? "no Content-Type was sent" : "the Content-Type was " + given;
    return Problem.of(
            415,
            "unsupported-media-type",
            "The body has the wrong type",
            got + ", " + wanted + " is needed")
        .exception();
  }

  static ProblemException tooLarge(long limitBytes) {
    return Problem.of(
            413,
            "too-large",
            "The request is too large",
            "the body may have " + limitBytes + " bytes at most")
        .exception()
        .header("Connection", "close");
  }

  static ProblemException tooSlow() {
    return Problem.of(408, "too-slow", "The request came too slowly", null)
        .exception()
        .header("Connection", "close");
  }

  static ProblemException limited(String detail, int retryAfterSeconds) {
    return Problem.of(429, "rate-limited", "Too many requests", detail)
        .withRetryAfter(retryAfterSeconds)
        .exception();
  }

  static ProblemException overloaded() {
    return Problem.unavailable(
            "overloaded",
            "more requests are waiting than can be worked on; nothing has happened",
            1)
        .exception();
  }

  static ProblemException notTaken() {
    return Problem.unavailable(
            "overloaded",
            "too many answers are not taken by those who asked for them; nothing has happened",
            1)
        .exception();
  }

  static ProblemException stopping() {
    return Problem.unavailable("stopping", "the service is stopping", 2).exception();
  }

  static Problem internal() {
    return Problem.of(
        500,
        "internal",
        "An error on our side",
        "the trace id finds it in the logs; trying again may help");
  }
}
