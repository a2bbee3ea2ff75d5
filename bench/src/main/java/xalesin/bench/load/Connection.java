package xalesin.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection with at most one request under way. Touched only by its loop's thread.
 */
final class Connection implements AutoCloseable {
  /** On the same machine a connection is there at once or not at all. */
  private static final int CONNECT_MILLIS = 5_000;

  final Script script;
  final RequestBuffer request = new RequestBuffer();
  final AnswerParser answer = new AnswerParser();

  /** Whether an exchange is under way. */
  boolean busy;

  long intendedNanos;
  long begunNanos;
  long sentNanos;
  long answeredNanos;

  private final InetSocketAddress address;
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private @Nullable ByteBuffer unsent;

  Connection(InetSocketAddress address, Script script) {
    this.address = address;
    this.script = script;
  }

  boolean open() {
    return channel != null;
  }

  void connect(Selector selector) throws IOException {
    SocketChannel fresh = SocketChannel.open();
    try {
      fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
      fresh.socket().connect(address, CONNECT_MILLIS);
      fresh.configureBlocking(false);
      key = fresh.register(selector, SelectionKey.OP_READ, this);
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
    channel = fresh;
    unsent = null;
    answer.reset();
  }

  /** Sends the request buffer, or as much as goes; the rest follows when the socket takes it. */
  void send() throws IOException {
    unsent = request.toSend();
    answer.reset();
    sendRest();
  }

  /** Goes on sending. Most requests go in one piece. */
  void sendRest() throws IOException {
    if (unsent == null || channel == null || key == null) {
      return;
    }
    channel.write(unsent);
    if (unsent.hasRemaining()) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } else {
      unsent = null;
      if (key.interestOps() != SelectionKey.OP_READ) {
        key.interestOps(SelectionKey.OP_READ);
      }
    }
  }

  /**
   * Reads what is there.
   *
   * @return bytes read
   * @throws IOException also when the server closed the connection
   */
  int read() throws IOException {
    if (channel == null) {
      throw new EOFException("not connected");
    }
    int count = channel.read(answer.space());
    if (count < 0) {
      throw new EOFException("closed by the server");
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
    key = null;
    unsent = null;
  }
}
