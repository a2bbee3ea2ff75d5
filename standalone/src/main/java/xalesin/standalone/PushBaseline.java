package xalesin.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import xalesin.edge.Exchange;
import xalesin.edge.Push;
import xalesin.edge.PushStream;

/**
 * What live connections are compared with: the same door, the same kind of answer and the same
 * number of bytes, but encoded beforehand and of nothing. Thread-safe.
 */
final class PushBaseline {
  static final int MIN_BYTES = 100;
  static final int MAX_BYTES = 1 << 20;
  static final int DEFAULT_BYTES = 1_000;

  /** Rounds that a connection may be behind. */
  private static final int MAX_DUE = 100;

  private static final String HEAD = "id: 1\nevent: batch\ndata: ";
  private static final String END = "\n\n";

  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private volatile byte[] frame = frame(DEFAULT_BYTES);

  private static byte[] frame(int bytes) {
    return (HEAD + "x".repeat(bytes - HEAD.length() - END.length()) + END).getBytes(US_ASCII);
  }

  /** An answer that gets every round's bytes. */
  void listen(Exchange exchange) {
    Listener listener = new Listener(exchange.push(200, "text/event-stream"));
    listeners.add(listener);
    listener.greet();
  }

  /** Writes the bytes once to everybody. */
  void round(Exchange exchange) {
    int bytes = exchange.queryInt("bytes", DEFAULT_BYTES, MIN_BYTES, MAX_BYTES);
    if (frame.length != bytes) {
      frame = frame(bytes);
    }
    int count = 0;
    for (Listener listener : listeners) {
      listener.offer();
      count++;
    }
    exchange.json(200, ("{\"connections\":" + count + "}").getBytes(US_ASCII));
  }

  /** One write under way at most, as on a live connection. */
  private final class Listener implements Push.Written {
    private final PushStream stream;
    private int due;
    private boolean inWrite = true;
    private boolean pumping;

    private Listener(PushStream stream) {
      this.stream = stream;
    }

    private void greet() {
      stream.write(ByteBuffer.wrap(": welcome\n\n".getBytes(US_ASCII)), true, this);
    }

    private void offer() {
      boolean tooSlow;
      synchronized (this) {
        tooSlow = ++due > MAX_DUE;
      }
      if (tooSlow) {
        listeners.remove(this);
        stream.abort();
      } else {
        pump();
      }
    }

    private void pump() {
      while (true) {
        synchronized (this) {
          if (pumping || inWrite || due == 0) {
            return;
          }
          due--;
          inWrite = true;
          pumping = true;
        }
        stream.write(ByteBuffer.wrap(frame), true, this);
        synchronized (this) {
          pumping = false;
        }
      }
    }

    @Override
    public void done() {
      synchronized (this) {
        inWrite = false;
      }
      pump();
    }

    @Override
    public void failed(Throwable failure) {
      listeners.remove(this);
      stream.abort();
    }
  }
}
