package xalesin.edge;

import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;

/** Breaks off answers so that the receiver sees that they are not whole, and requests. */
final class Breaking {
  private Breaking() {}

  /**
   * Closes the connection; of HTTP/2 only the stream, for others share the connection. A write that
   * is under way fails.
   */
  static void off(ServletContextRequest request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    if (connection instanceof HTTP2Connection shared) {
      reset(shared, request, ErrorCode.CANCEL_STREAM_ERROR);
    } else {
      connection.getEndPoint().close();
    }
  }

  /** Closes the connection, whatever else of HTTP/2 shares it. */
  static void connection(ServletContextRequest request) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }

  /**
   * Takes no more of a request of HTTP/2 whose answer is out (RFC 9113, 8.1), unless all of it is
   * there. Jetty would do so by itself, but as if the answer were not whole; in HTTP/1 it closes
   * the connection.
   */
  static void takeNoMore(ServletContextRequest request) {
    if (request.getConnectionMetaData().getConnection() instanceof HTTP2Connection shared
        && !request.getHttpInput().consumeAvailable()) {
      reset(shared, request, ErrorCode.NO_ERROR);
    }
  }

  private static void reset(
      HTTP2Connection shared, ServletContextRequest request, ErrorCode reason) {
    int id = Integer.parseInt(request.getId());
    Stream stream = shared.getSession().getStream(id);
    if (stream != null) {
      stream.reset(new ResetFrame(id, reason.code), Callback.NOOP);
    }
  }

  /** Whether it went wrong because the receiver is no longer there. */
  static boolean isGone(Throwable thrown) {
    Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
    return cause instanceof EofException || cause instanceof ClosedChannelException;
  }
}
