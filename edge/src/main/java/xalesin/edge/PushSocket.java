package xalesin.edge;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletCoreRequest;
import org.eclipse.jetty.ee10.servlet.ServletCoreResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.FutureCallback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket (RFC 6455) that takes one message after the other: the next is not even read before
 * the one before has been dealt with, so that a client that floods it fills its own buffers only.
 * Nothing is compressed. See {@link Push}.
 */
public final class PushSocket implements Push {
  /** Larger than any write of ours, which would be cut. */
  private static final int MAX_FRAME_BYTES = 1 << 20;

  /** Takes a frame's header and what goes before shared bytes. */
  private static final int GATHERED_BYTES = 1 << 10;

  private static final int READ_BYTES = 2 << 10;

  /** Holds nothing but what extensions would need. */
  private static final WebSocketMappings UPGRADES = new WebSocketMappings();

  private final Listener listener;
  private final MessageDesk desk;
  private byte opcode = OpCode.TEXT;
  private volatile @Nullable CoreSession session;

  /** What a socket's owner is told. */
  public interface Listener {
    /** It can be written to from now on. */
    void opened(PushSocket socket);

    /**
     * A whole message, on a virtual thread.
     *
     * @param next to be run once the next message may come
     */
    void received(String message, Runnable next);

    /** A message was not received, or its being received has failed; as {@link #received}. */
    void refused(Problem problem, Runnable next);

    /** What has come, or has not, cannot be taken: it is to be ended for that. On any thread. */
    void broken(Ending why);

    /** The client has gone. */
    void gone();
  }

  private PushSocket(Listener listener, MessageDesk desk) {
    this.listener = listener;
    this.desk = desk;
  }

  /**
   * Makes the request's connection a WebSocket. Throws the 426 problem when the request does not
   * ask for one as it should.
   *
   * @param messageTimeout a message that has begun must be whole within this
   */
  static void open(
      Context context, Listener listener, MessageDesk.Turn turn, Duration messageTimeout) {
    PushSocket socket = new PushSocket(listener, new MessageDesk(listener, turn, messageTimeout));
    Request request = ServletCoreRequest.wrap(context.req());
    Response response = ServletCoreResponse.wrap(request, context.res(), false);
    FutureCallback upgraded = new FutureCallback();
    if (!UPGRADES.upgrade(socket.new Negotiator(), request, response, upgraded, null)) {
      throw Problems.upgradeNeeded();
    }
    try {
      upgraded.block();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(ByteBuffer bytes, boolean endsMessage, Written written) {
    CoreSession open = session;
    if (open == null) {
      written.failed(new IllegalStateException("the socket is not open"));
      return;
    }
    Frame frame = new Frame(opcode, endsMessage, bytes);
    opcode = endsMessage ? OpCode.TEXT : OpCode.CONTINUATION;
    open.sendFrame(frame, new WrittenCallback(written), !endsMessage);
  }

  @Override
  public void end(Ending why, boolean idle) {
    CoreSession open = session;
    if (open != null && !idle) {
      // What says why would wait behind the write, for as long as the client takes nothing.
      open.abort();
    } else if (open != null) {
      open.close(why.code(), why.reason(), Callback.NOOP);
    }
  }

  @Override
  public void abort() {
    CoreSession open = session;
    if (open != null) {
      open.abort();
    }
  }

  /** Offers no extension. */
  private final class Negotiator implements WebSocketNegotiator {
    @Override
    public FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      response.setExtensions(List.of());
      return new Frames();
    }

    @Override
    public void customize(Configuration socket) {
      // Frames come in the pieces in which they arrive: held whole, the length in a frame's header
      // would already have its memory, whatever the desk then says.
      socket.setAutoFragment(true);
      socket.setMaxFrameSize(MAX_FRAME_BYTES);
      socket.setInputBufferSize(READ_BYTES);
      socket.setOutputBufferSize(GATHERED_BYTES);
    }
  }

  /** Called by one thread at a time; a frame comes for each demand. */
  private final class Frames implements FrameHandler {
    @Override
    public void onOpen(CoreSession opened, Callback callback) {
      session = opened;
      callback.succeeded();
      listener.opened(PushSocket.this);
      opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
      CoreSession open = session;
      if (open == null) {
        callback.succeeded();
        return;
      }
      Ending wrong = null;
      switch (frame.getOpCode()) {
        case OpCode.TEXT, OpCode.CONTINUATION -> wrong = desk.take(frame, open::demand);
        case OpCode.PING -> answer(open, frame);
        case OpCode.BINARY -> wrong = Ending.BINARY;
        case OpCode.PONG -> open.demand();
        default -> {
          // The end: it is answered, and onClosed says so.
        }
      }
      callback.succeeded();
      if (wrong != null) {
        listener.broken(wrong);
      }
    }

    /** The next frame is not read before this has gone out. */
    private void answer(CoreSession open, Frame ping) {
      Frame pong = new Frame(OpCode.PONG, copy(ping.getPayload()));
      open.sendFrame(pong, Callback.from(open::demand, _ -> listener.gone()), false);
    }

    private ByteBuffer copy(ByteBuffer bytes) {
      return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
      callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
      desk.close();
      listener.gone();
      callback.succeeded();
    }
  }
}
