package xalesin.edge;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** An answer that has no end yet. See {@link Push}. */
public final class PushStream implements Push {
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final ServletContextRequest request;
  private final Response response;
  private final AtomicBoolean ended = new AtomicBoolean();

  private PushStream(ServletContextRequest request) {
    this.request = request;
    this.response = request.getServletContextResponse();
  }

  static PushStream open(Context context) {
    PushStream stream =
        new PushStream(ServletContextRequest.getServletContextRequest(context.req()));
    // Javalin keeps the request open for as long.
    context.future(() -> stream.end);
    return stream;
  }

  /**
   * Tells, once, that the client has gone: at once when it closes its connection, even while
   * nothing is written to it. To be called once.
   *
   * @param gone may be called on any thread, before this returns as well
   */
  public void whenGone(Runnable gone) {
    request.addFailureListener(_ -> gone.run());
    if (request.getConnectionMetaData().getHttpVersion().getVersion()
        <= HttpVersion.HTTP_1_1.getVersion()) {
      new Watch(request.getConnectionMetaData().getConnection().getEndPoint(), gone).watch();
    }
  }

  /**
   * HTTP/1 reads nothing while an answer is under way, so that the end of a connection would only
   * show in a write. A client that sends anything else while it is being answered breaks off as
   * well: pipelined requests would never have their turn.
   */
  private record Watch(EndPoint endPoint, Runnable gone) implements Callback {
    void watch() {
      endPoint.fillInterested(this);
    }

    @Override
    public void succeeded() {
      try {
        if (endPoint.fill(BufferUtil.allocate(1)) == 0) {
          watch();
          return;
        }
      } catch (IOException e) {
        // It has gone in a less orderly way.
      }
      gone.run();
    }

    @Override
    public void failed(Throwable failure) {
      gone.run();
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }

  @Override
  public void write(ByteBuffer bytes, boolean endsMessage, Written written) {
    if (ended.get()) {
      written.failed(new IllegalStateException("the answer has ended"));
      return;
    }
    response.write(false, bytes, new WrittenCallback(written));
  }

  @Override
  public void end(Ending why, boolean idle) {
    if (!idle) {
      abort();
    } else if (ended.compareAndSet(false, true)) {
      end.complete(null);
    }
  }

  @Override
  public void abort() {
    if (ended.compareAndSet(false, true)) {
      Breaking.off(request);
      end.complete(null);
    }
  }
}
