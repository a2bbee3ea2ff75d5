package xalesin.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import xalesin.embedded.Database;

/** Stands between a service and its database, and breaks connections when it is told to. */
public final class FaultyProxy implements AutoCloseable {
  /** What the server says when a commit is done. */
  private static final byte[] COMMITTED = "COMMIT\0".getBytes(US_ASCII);

  /** What the server says when rows are in, before the commit. */
  private static final byte[] INSERTED = "INSERT 0 ".getBytes(US_ASCII);

  /** The name of the column in which the server tells of it. */
  private static final byte[] ISOLATION = "transaction_isolation".getBytes(US_ASCII);

  private final Database database;
  private final InetSocketAddress server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicReference<byte @Nullable []> fuse = new AtomicReference<>();
  private final int port;
  private volatile @Nullable ServerSocket door;
  private volatile CountDownLatch blown = new CountDownLatch(0);

  public FaultyProxy(Database database) {
    this.database = database;
    URI uri = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    this.server = new InetSocketAddress(uri.getHost(), uri.getPort());
    this.port = open(0);
  }

  /** The same database, by way of this. */
  public Database database() {
    URI uri = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    return new Database(
        "jdbc:postgresql://127.0.0.1:%d%s".formatted(port, uri.getPath()),
        database.user(),
        database.password());
  }

  /** Breaks the connection that commits next, after the commit and before the answer. */
  public CountDownLatch breakAfterNextCommit() {
    return arm(COMMITTED);
  }

  /** Breaks the connection that inserts next, before it commits. */
  public CountDownLatch breakBeforeNextCommit() {
    return arm(INSERTED);
  }

  /** Breaks the connection that is told next how transactions are kept apart. */
  CountDownLatch breakAtIsolation() {
    return arm(ISOLATION);
  }

  private CountDownLatch arm(byte[] reply) {
    CountDownLatch latch = new CountDownLatch(1);
    blown = latch;
    fuse.set(reply);
    return latch;
  }

  /** As if the server were gone. */
  public void disappear() {
    ServerSocket open = door;
    door = null;
    if (open != null) {
      close(open);
    }
    sockets.forEach(FaultyProxy::close);
  }

  void comeBack() {
    open(port);
  }

  private int open(int wanted) {
    try {
      ServerSocket opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      door = opened;
      Thread.ofVirtual().start(() -> accept(opened));
      return opened.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket opened) {
    while (!opened.isClosed()) {
      try {
        Socket client = opened.accept();
        Socket upstream = new Socket(server.getAddress(), server.getPort());
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(upstream);
        Thread.ofVirtual().start(() -> pump(client, upstream, false));
        Thread.ofVirtual().start(() -> pump(upstream, client, true));
      } catch (IOException e) {
        // Closed, or the client has gone again: the loop's condition tells.
        sockets.removeIf(Socket::isClosed);
      }
    }
  }

  private void pump(Socket from, Socket to, boolean fromServer) {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        byte[] reply = fuse.get();
        if (fromServer
            && reply != null
            && contains(buffer, n, reply)
            && fuse.compareAndSet(reply, null)) {
          blown.countDown();
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Broken from one side: both are closed.
      return;
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static boolean contains(byte[] bytes, int length, byte[] wanted) {
    for (int at = 0; at + wanted.length <= length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    disappear();
  }
}
