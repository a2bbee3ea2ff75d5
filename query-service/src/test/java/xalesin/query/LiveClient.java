package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * Follows `GET /api/live` over a socket of its own and applies what comes, as docs/live.md says it
 * is to be applied. It can be cut off, then goes on by itself from the last id, and can be made to
 * stop reading. Thread-safe.
 */
final class LiveClient implements AutoCloseable {
  private static final int RECEIVE_BYTES = 4 << 10;
  private static final int CONNECT_MILLIS = 10_000;
  private static final long PAUSE_NANOS = 20_000_000;

  private final IntSupplier port;
  private final String token;
  private final String path;
  private final Thread reader;
  private boolean stopped;

  private final LiveState state = new LiveState();
  private final List<String> events = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private @Nullable Socket socket;
  private @Nullable String lastId;
  private String head = "";
  private boolean closed;
  private int connections;

  LiveClient(IntSupplier port, String token, String path) {
    this.port = port;
    this.token = token;
    this.path = path;
    this.reader = Thread.ofVirtual().unstarted(this::run);
  }

  LiveClient start() {
    reader.start();
    return this;
  }

  private void run() {
    while (!isClosed()) {
      try {
        connect();
      } catch (IOException e) {
        // It was cut off, or nobody is there yet: it comes back, as clients do, after a pause.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void connect() throws IOException {
    try (Socket open = new Socket()) {
      open.setReceiveBufferSize(RECEIVE_BYTES);
      open.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getAsInt()), CONNECT_MILLIS);
      synchronized (this) {
        socket = open;
        connections++;
      }
      String resume = last() == null ? "" : "Last-Event-ID: " + last() + "\r\n";
      String bearer = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
      open.getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + bearer + resume + "\r\n")
                  .getBytes(UTF_8));
      InputStream in = open.getInputStream();
      // A door that stops may have taken the connection without anybody left to answer.
      open.setSoTimeout(CONNECT_MILLIS);
      String received = head(in);
      open.setSoTimeout(0);
      synchronized (this) {
        head = received;
      }
      read(new BufferedReader(new InputStreamReader(new Chunks(in), UTF_8)));
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the answer has no head: " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  private void read(BufferedReader lines) throws IOException {
    String event = "message";
    String id = null;
    StringBuilder data = new StringBuilder();
    for (String line = next(lines); line != null; line = next(lines)) {
      if (line.isEmpty()) {
        dispatch(event, id, data.toString());
        event = "message";
        id = null;
        data.setLength(0);
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(line, 6, line.length());
      } else {
        comment(line);
      }
    }
  }

  private @Nullable String next(BufferedReader lines) throws IOException {
    awaitReading();
    return lines.readLine();
  }

  private synchronized void awaitReading() throws IOException {
    try {
      while (stopped && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("while not reading");
    }
  }

  private synchronized void comment(String line) {
    events.add(line);
    notifyAll();
  }

  private synchronized void dispatch(String event, @Nullable String id, String data)
      throws IOException {
    if (id != null) {
      lastId = id;
      ids.add(id);
    }
    if (!data.isEmpty()) {
      events.add(event);
      state.apply(event, Json.MAPPER.readTree(data));
    }
    notifyAll();
  }

  /** The rows of a view, in their order; empty before anything has come. */
  synchronized List<JsonNode> rows(String view) {
    return state.rows(view);
  }

  synchronized long total(String view) {
    return state.total(view);
  }

  /** The rows of a view right after the frame of that sequence; null when there was none. */
  synchronized @Nullable List<JsonNode> rowsAt(long sequence, String view) {
    return state.rowsAt(sequence, view);
  }

  /** The frames and comments that have come, by name. */
  synchronized List<String> events() {
    return List.copyOf(events);
  }

  /** The ids that have come. */
  synchronized List<String> ids() {
    return List.copyOf(ids);
  }

  synchronized String answerHead() {
    return head;
  }

  synchronized int connections() {
    return connections;
  }

  synchronized @Nullable String last() {
    return lastId;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** From now on nothing more is read, until it goes on. */
  synchronized void stopReading() {
    stopped = true;
  }

  synchronized void goOnReading() {
    stopped = false;
    notifyAll();
  }

  /** Breaks the connection off; the client comes back by itself. */
  void cut() {
    Socket open;
    synchronized (this) {
      open = socket;
    }
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    cut();
  }

  /** The body of a chunked answer. */
  private static final class Chunks extends InputStream {
    private final InputStream in;
    private int left;
    private boolean first = true;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      if (left == 0) {
        left = size();
        if (left == 0) {
          return -1;
        }
      }
      int count = in.read(into, at, Math.min(length, left));
      if (count < 0) {
        throw new IOException("broken off");
      }
      left -= count;
      return count;
    }

    private int size() throws IOException {
      if (!first) {
        // The end of a chunk may come with the next one only.
        in.skipNBytes(2);
      }
      first = false;
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new IOException("broken off");
        }
        line.append((char) next);
      }
      return Integer.parseInt(line.toString().strip(), 16);
    }
  }
}
