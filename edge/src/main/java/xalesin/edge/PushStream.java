package xalesin.edge;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An answer that has no end yet: bytes are written as they come, by whoever has them, and no thread
 * waits for the client. Thread-safe, but one write at a time: the next after the one before has
 * said that it is done.
 */
public final class PushStream {
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final ServletContextRequest request;
  private final Response response;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** Told of the end of a write, on any thread, once; maybe before the write has returned. */
  public interface Written {
    void done();

    /** Nothing more can be written. */
    void failed(Throwable failure);
  }

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

  /** Writes at once what the connection takes and the rest when it takes more. */
  public void write(ByteBuffer bytes, Written written) {
    if (ended.get()) {
      written.failed(new IllegalStateException("the answer has ended"));
      return;
    }
    response.write(
        false,
        bytes,
        new Callback() {
          @Override
          public void succeeded() {
            written.done();
          }

          @Override
          public void failed(Throwable failure) {
            written.failed(failure);
          }

          @Override
          public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
          }
        });
  }

  /** Ends the answer as a whole one. Not to be called while a write is under way. */
  public void end() {
    if (ended.compareAndSet(false, true)) {
      end.complete(null);
    }
  }

  /** Breaks the connection, or the stream of HTTP/2; a write under way fails. */
  public void abort() {
    if (ended.compareAndSet(false, true)) {
      Breaking.off(request);
      end.complete(null);
    }
  }
}
