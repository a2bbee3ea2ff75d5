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

/** Answers that break off so that the receiver sees that they are not whole. */
final class Breaking {
  private Breaking() {}

  /**
   * Closes the connection; of HTTP/2 only the stream, for others share the connection. A write that
   * is under way fails.
   */
  static void off(ServletContextRequest request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    if (connection instanceof HTTP2Connection shared) {
      int id = Integer.parseInt(request.getId());
      Stream stream = shared.getSession().getStream(id);
      if (stream != null) {
        stream.reset(new ResetFrame(id, ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
      }
    } else {
      connection.getEndPoint().close();
    }
  }

  /** Whether it went wrong because the receiver is no longer there. */
  static boolean isGone(Throwable thrown) {
    Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
    return cause instanceof EofException || cause instanceof ClosedChannelException;
  }
}
