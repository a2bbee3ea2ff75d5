package xalesin.edge;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections on which the head of a request, or the TLS handshake, takes longer than it may
 * in all. Jetty's own time-out begins anew with every byte, so that a byte now and then would hold
 * a connection for hours. Looks at all connections every second instead of setting an alarm for
 * each request.
 */
final class HeadDeadline extends AbstractLifeCycle {
  private static final Logger LOG = LoggerFactory.getLogger(HeadDeadline.class);
  private static final long LOOK_EVERY_MILLIS = 1000;

  private final AbstractConnector connector;
  private final long mostMillis;
  private volatile Scheduler.@Nullable Task next;

  HeadDeadline(AbstractConnector connector, Duration most) {
    this.connector = connector;
    this.mostMillis = most.toMillis();
  }

  @Override
  protected void doStart() {
    schedule();
  }

  @Override
  protected void doStop() {
    Scheduler.Task last = next;
    if (last != null) {
      last.cancel();
    }
  }

  private void schedule() {
    next =
        connector
            .getScheduler()
            .schedule(
                this::look,
                Math.min(LOOK_EVERY_MILLIS, Math.max(1, mostMillis / 2)),
                TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      for (EndPoint endPoint : connector.getConnectedEndPoints()) {
        if (isLate(endPoint)) {
          endPoint.close();
        }
      }
    } catch (RuntimeException e) {
      LOG.error("connections could not be looked at, and are again in a second", e);
    } finally {
      // Whatever one look meets with, the next one comes.
      if (isRunning()) {
        schedule();
      }
    }
  }

  private boolean isLate(EndPoint endPoint) {
    Connection connection = endPoint.getConnection();
    if (connection instanceof SslConnection tls) {
      connection = tls.getSslEndPoint().getConnection();
    }
    return switch (connection) {
      case NegotiatingServerConnection _ ->
          System.currentTimeMillis() - endPoint.getCreatedTimeStamp() > mostMillis;
      case HttpConnection http -> isLate(http.getParser());
      case null, default -> false;
    };
  }

  /** The parser belongs to another thread: its beginning counts if it holds on both sides. */
  private boolean isLate(HttpParser parser) {
    long begun = parser.getBeginNanoTime();
    boolean inHead = parser.inHeaderState() && !parser.isStart();
    return inHead
        && begun != 0
        && begun == parser.getBeginNanoTime()
        && NanoTime.millisSince(begun) > mostMillis;
  }
}
