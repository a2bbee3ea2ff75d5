package xalesin.edge;

import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Headers of every answer, encoded once. An endpoint may replace them. Thread-safe. */
final class StandardHeaders extends Handler.Wrapper {
  private static final String NO_SNIFF = "nosniff";
  private static final String CACHE = "private, no-cache";

  /** An answer of the API is no page: nothing in it is run, loaded or framed. */
  private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

  private static final HttpField NO_SNIFF_FIELD =
      new PreEncodedHttpField("X-Content-Type-Options", NO_SNIFF);
  private static final HttpField CACHE_FIELD =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, CACHE);
  private static final HttpField NO_PAGE_FIELD =
      new PreEncodedHttpField(ApiHeaders.CONTENT_SECURITY_POLICY, NO_PAGE);

  StandardHeaders(Handler next) {
    super(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    addTo(response.getHeaders());
    return super.handle(request, response, callback);
  }

  static void addTo(HttpFields.Mutable headers) {
    headers.put(NO_SNIFF_FIELD).put(CACHE_FIELD).put(NO_PAGE_FIELD);
  }

  static void addTo(HttpServletResponse response) {
    response.setHeader(NO_SNIFF_FIELD.getName(), NO_SNIFF);
    response.setHeader(CACHE_FIELD.getName(), CACHE);
    response.setHeader(NO_PAGE_FIELD.getName(), NO_PAGE);
  }
}
