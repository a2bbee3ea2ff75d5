package xalesin.edge;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * Makes problem documents of what the HTTP layer refuses before any route is found. Thread-safe.
 */
final class ProblemErrorHandler extends ErrorHandler {
  private static final HttpField TYPE =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/problem+json");

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    // Jetty's messages for malformed HTTP are safe; those of faults are not shown.
    Problem problem =
        Problems.ofStatus(code, code < 500 ? message : null)
            .at(
                request.getHttpURI().getPathQuery() == null ? "" : request.getHttpURI().getPath(),
                Trace.of(null).traceId());
    StandardHeaders.addTo(response.getHeaders());
    response.getHeaders().put(TYPE);
    if (problem.retryAfter() != null) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, problem.retryAfter());
    }
    response.write(true, ByteBuffer.wrap(Json.write(problem)), callback);
  }
}
