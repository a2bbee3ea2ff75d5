package xalesin.standalone.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between clients and a server, speaks plain TCP, and does to streamed answers what networks
 * and proxies do: cuts them anywhere, falls silent, delays, lets bytes through in small pieces
 * while it reads slowly, and sends whole events again, the newest as well as older ones. What it
 * does is drawn at random. Thread-safe.
 */
final class FaultProxy implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_HEAD_BYTES = 64 << 10;
  private static final int MAX_CHUNK_BYTES = 8 << 20;
  private static final int RECEIVE_BYTES = 4 << 10;
  private static final int PIECE_BYTES = 2 << 10;
  private static final int REMEMBERED = 8;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int MOST_CHUNKS = 20;
  private static final long PAUSE_NANOS = Duration.ofMillis(15).toNanos();

  /** Who takes silence for longer is cut off. */
  private static final Duration MOST_SILENCE = Duration.ofSeconds(10);

  private final InetSocketAddress target;
  private final Random random;
  private final ServerSocket server;
  private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong cuts = new AtomicLong();
  private final AtomicLong silences = new AtomicLong();
  private final AtomicLong repeats = new AtomicLong();
  private final AtomicLong slowed = new AtomicLong();

  FaultProxy(int targetPort, long seed) throws IOException {
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
    this.random = new Random(seed);
    this.server = new ServerSocket(0, MAX_CONNECTIONS, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("fault-proxy").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  long cuts() {
    return cuts.get();
  }

  long silences() {
    return silences.get();
  }

  long repeats() {
    return repeats.get();
  }

  long slowed() {
    return slowed.get();
  }

  private int draw(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket client = server.accept();
        if (free.tryAcquire()) {
          Thread.ofVirtual().name("fault-proxy-down").start(() -> serve(client));
        } else {
          client.close();
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    open.add(client);
    try (client;
        Socket upstream = new Socket()) {
      open.add(upstream);
      upstream.setReceiveBufferSize(RECEIVE_BYTES);
      upstream.connect(target, CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      CountDownLatch gone = new CountDownLatch(1);
      Thread.ofVirtual().name("fault-proxy-up").start(() -> pump(client, upstream, gone));
      try {
        answer(new Chunks(new BufferedInputStream(upstream.getInputStream())), client, gone);
      } finally {
        open.remove(upstream);
      }
    } catch (IOException e) {
      // One side has gone; so does the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
      free.release();
    }
  }

  private static void pump(Socket from, Socket to, CountDownLatch gone) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.close();
    } catch (IOException e) {
      // The answer ends too, then.
    } finally {
      gone.countDown();
    }
  }

  private void answer(Chunks in, Socket client, CountDownLatch gone)
      throws IOException, InterruptedException {
    OutputStream out = client.getOutputStream();
    String head = in.head();
    out.write(head.getBytes(ISO_8859_1));
    if (!head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
      in.rest(out);
      return;
    }
    List<byte[]> sent = new ArrayList<>();
    int chunks = 1 + draw(MOST_CHUNKS);
    for (int i = 0; i < chunks; i++) {
      byte[] chunk = in.next();
      if (chunk.length == 0) {
        out.write("0\r\n\r\n".getBytes(ISO_8859_1));
        return;
      }
      forward(chunk, out);
      repeat(chunk, sent, out);
    }
    switch (draw(4)) {
      case 0 -> {
        silences.incrementAndGet();
        gone.await(MOST_SILENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
      case 1 -> cuts.incrementAndGet();
      default -> {
        cuts.incrementAndGet();
        byte[] framed = framed(in.next());
        out.write(framed, 0, draw(framed.length));
      }
    }
  }

  private void forward(byte[] chunk, OutputStream out) throws IOException {
    byte[] framed = framed(chunk);
    switch (draw(8)) {
      case 0 -> {
        slowed.incrementAndGet();
        LockSupport.parkNanos(PAUSE_NANOS);
        out.write(framed);
      }
      case 1 -> {
        slowed.incrementAndGet();
        for (int at = 0; at < framed.length; at += PIECE_BYTES) {
          out.write(framed, at, Math.min(PIECE_BYTES, framed.length - at));
          out.flush();
          LockSupport.parkNanos(PAUSE_NANOS / 4);
        }
      }
      default -> out.write(framed);
    }
  }

  private void repeat(byte[] chunk, List<byte[]> sent, OutputStream out) throws IOException {
    String text = new String(chunk, ISO_8859_1);
    if (!text.endsWith("\n\n")) {
      return;
    }
    if (text.startsWith("id: ") || text.startsWith("event: ")) {
      sent.add(chunk);
      if (sent.size() > REMEMBERED) {
        sent.removeFirst();
      }
    }
    if (!sent.isEmpty() && draw(5) == 0) {
      repeats.incrementAndGet();
      out.write(framed(sent.get(draw(sent.size()))));
    }
  }

  private static byte[] framed(byte[] chunk) {
    ByteArrayOutputStream framed = new ByteArrayOutputStream(chunk.length + 16);
    framed.writeBytes((Integer.toHexString(chunk.length) + "\r\n").getBytes(ISO_8859_1));
    framed.writeBytes(chunk);
    framed.writeBytes("\r\n".getBytes(ISO_8859_1));
    return framed.toByteArray();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** A chunked answer. */
  private static final class Chunks {
    private final InputStream in;
    private boolean begun;

    Chunks(InputStream in) {
      this.in = in;
    }

    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
        head.append((char) read());
        if (head.length() > MAX_HEAD_BYTES) {
          throw new IOException("the head has no end");
        }
      }
      return head.toString();
    }

    void rest(OutputStream out) throws IOException {
      in.transferTo(out);
    }

    /** Empty at the end of the answer. */
    byte[] next() throws IOException {
      if (begun) {
        // The end of a chunk may come with the next one only.
        in.skipNBytes(2);
      }
      begun = true;
      StringBuilder size = new StringBuilder();
      for (int next = read(); next != '\n'; next = read()) {
        size.append((char) next);
      }
      int length = HexFormat.fromHexDigits(size.toString().strip());
      if (length > MAX_CHUNK_BYTES) {
        throw new IOException("a chunk of " + length + " bytes");
      }
      byte[] chunk = in.readNBytes(length);
      if (chunk.length < length) {
        throw new IOException("broken off");
      }
      return chunk;
    }

    private int read() throws IOException {
      int next = in.read();
      if (next < 0) {
        throw new IOException("broken off");
      }
      return next;
    }
  }
}
