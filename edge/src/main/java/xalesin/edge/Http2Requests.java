package xalesin.edge;

import java.util.EnumSet;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Makes requests of HTTP/2 look as those of HTTP/1 to what follows: the host they name as an
 * authority is their `Host`. Stateless.
 */
final class Http2Requests implements HttpConfiguration.Customizer {
  /** Fields of HTTP/1 connections make a request malformed (RFC 9113, 8.2.2). */
  private static final EnumSet<HttpHeader> FOREIGN =
      EnumSet.of(
          HttpHeader.TRANSFER_ENCODING,
          HttpHeader.CONNECTION,
          HttpHeader.KEEP_ALIVE,
          HttpHeader.PROXY_CONNECTION,
          HttpHeader.UPGRADE);

  @Override
  public Request customize(Request request, HttpFields.Mutable answer) {
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      return request;
    }
    HttpFields sent = request.getHeaders();
    if (sent.contains(FOREIGN)) {
      throw new HttpException.RuntimeException(
          HttpStatus.BAD_REQUEST_400, "a field that HTTP/2 does not know");
    }
    String authority = request.getHttpURI().getAuthority();
    if (authority == null || sent.contains(HttpHeader.HOST)) {
      return request;
    }
    HttpFields named = HttpFields.build(sent).put(HttpHeader.HOST, authority).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return named;
      }
    };
  }
}
