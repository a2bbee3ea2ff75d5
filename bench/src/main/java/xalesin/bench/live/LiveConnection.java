package xalesin.bench.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One live connection: its request, its answer's events. Touched only by the client's thread. */
final class LiveConnection implements EventStream.Sink {
  private static final int CONNECT_MILLIS = 5_000;

  private final byte[] request;
  private final Receiver receiver;
  private final boolean stops;

  private EventStream stream = new EventStream();
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private long nowNanos;
  private boolean in;

  /** Events with data that it was sent, since the client last asked. */
  int frames;

  /** When it may try again after a refusal. */
  long notBeforeNanos;

  int refusals;

  /**
   * @param stops whether it will be told to read no more
   */
  LiveConnection(byte[] request, Receiver receiver, boolean stops) {
    this.request = request;
    this.receiver = receiver;
    this.stops = stops;
  }

  boolean stops() {
    return stops;
  }

  Receiver receiver() {
    return receiver;
  }

  boolean isOpen() {
    return channel != null;
  }

  /** Whether the server has let it in. */
  boolean isIn() {
    return in;
  }

  int status() {
    return stream.status();
  }

  int retryAfterSeconds() {
    return stream.retryAfterSeconds();
  }

  void connect(InetSocketAddress address, Selector selector) throws IOException {
    stream = new EventStream();
    SocketChannel fresh = SocketChannel.open();
    try {
      if (stops) {
        // So that the server notices soon: what it sends has to lie somewhere.
        fresh.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 10);
      }
      fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
      fresh.socket().connect(address, CONNECT_MILLIS);
      fresh.configureBlocking(false);
      ByteBuffer unsent = ByteBuffer.wrap(request);
      fresh.write(unsent);
      if (unsent.hasRemaining()) {
        throw new ProtocolException("a fresh connection takes no request");
      }
      key = fresh.register(selector, SelectionKey.OP_READ, this);
      channel = fresh;
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
  }

  /**
   * Reads once and hands on what has come.
   *
   * @return bytes read, or -1 when the connection or the answer has ended
   */
  int read(ByteBuffer buffer, EventStream.Scratch scratch) throws IOException {
    SocketChannel open = channel;
    if (open == null) {
      return -1;
    }
    int count = open.read(buffer.clear());
    if (count < 0) {
      return -1;
    }
    nowNanos = System.nanoTime();
    stream.read(buffer.flip(), scratch, this);
    return stream.hasEnded() ? -1 : count;
  }

  @Override
  public void event(ServerEvent event) throws ProtocolException {
    if (event.kind() != ServerEvent.Kind.OTHER) {
      frames++;
    }
    in |= receiver.takes(event, nowNanos);
  }

  void stopReading() {
    if (key != null) {
      key.interestOps(0);
    }
  }

  void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
    key = null;
    in = false;
  }
}
