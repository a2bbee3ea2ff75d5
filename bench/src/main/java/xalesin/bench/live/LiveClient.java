package xalesin.bench.live;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import xalesin.bench.load.LoadClient;

/**
 * Thousands of live connections around one selector and one thread, so that it costs the server
 * that runs beside it as little as can be. Each is opened once, tries again when it is refused
 * (429, 503) after as long as it is told, and is not opened again when it is lost. Only loopback
 * addresses are asked. Thread-safe but for {@link #add}, which comes before {@link #open}.
 */
public final class LiveClient implements AutoCloseable {
  /** Connections on their way in: fewer than a server lets wait of one tenant. */
  private static final int OPENING = 64;

  private static final int MAX_REFUSALS = 60;
  private static final int MAX_REASONS = 20;
  private static final long SELECT_MILLIS = 50;
  private static final int READ_BYTES = 64 << 10;

  private final InetSocketAddress address;
  private final Selector selector;
  private final List<LiveConnection> connections = new ArrayList<>();
  private final Deque<LiveConnection> waiting = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
  private final EventStream.Scratch scratch = new EventStream.Scratch();
  private final Thread thread;
  private int opening;

  /** Guarded by this. */
  private final Map<String, Integer> losses = new TreeMap<>();

  private int in;
  private int lost;
  private long refused;
  private long frames;
  private long bytes;
  private boolean stopping;
  private @Nullable Throwable failure;

  private volatile boolean closed;

  /**
   * What has happened so far.
   *
   * @param in connections that the server has let in, lost ones included
   * @param lost connections that ended by themselves
   * @param refused answers that asked to try again
   * @param frames events with state
   * @param bytes of answers, as they came over the wire
   * @param cpuNanos CPU time of the client's thread
   */
  public record Counts(int in, int lost, long refused, long frames, long bytes, long cpuNanos) {
    public Counts since(Counts before) {
      return new Counts(
          in - before.in,
          lost - before.lost,
          refused - before.refused,
          frames - before.frames,
          bytes - before.bytes,
          cpuNanos - before.cpuNanos);
    }
  }

  public LiveClient(URI server) throws IOException {
    address = LoadClient.loopback(server);
    selector = Selector.open();
    thread = Thread.ofPlatform().name("live-client").daemon(true).unstarted(this::run);
  }

  /**
   * One more connection.
   *
   * @param request whole, as it is sent
   * @param stops whether {@link #stopReading} is for it
   */
  public void add(byte[] request, Receiver receiver, boolean stops) {
    LiveConnection connection = new LiveConnection(request, receiver, stops);
    connections.add(connection);
    waiting.add(connection);
  }

  /** Opens all of them and returns when each has been let in. */
  public void open(Duration limit) throws IOException, InterruptedException {
    thread.start();
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (this) {
      while (in < connections.size() && failure == null && lost == 0) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          break;
        }
        wait(Math.max(1, left / 1_000_000));
      }
      if (in < connections.size() || failure != null) {
        throw new IOException(
            "%d of %d live connections were let in; lost: %s; refused %d times"
                .formatted(in, connections.size(), losses, refused),
            failure);
      }
    }
  }

  /** Those that were added for it read no more, and nobody waits for them. */
  public void stopReading() {
    synchronized (this) {
      stopping = true;
    }
    selector.wakeup();
  }

  public synchronized Counts counts() throws IOException {
    if (failure != null) {
      throw new IOException("the live client failed", failure);
    }
    long cpuNanos = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
    return new Counts(in, lost, refused, frames, bytes, cpuNanos);
  }

  /** Why connections were lost, and how many each. */
  public synchronized Map<String, Integer> losses() {
    return new TreeMap<>(losses);
  }

  private void run() {
    try {
      while (!closed) {
        openSome();
        selector.select(this::ready, SELECT_MILLIS);
        boolean stop;
        synchronized (this) {
          stop = stopping;
          stopping = false;
        }
        if (stop) {
          connections.stream().filter(LiveConnection::stops).forEach(LiveConnection::stopReading);
        }
      }
    } catch (IOException | RuntimeException e) {
      synchronized (this) {
        failure = e;
        notifyAll();
      }
    }
  }

  private void openSome() throws IOException {
    long now = System.nanoTime();
    while (opening < OPENING) {
      LiveConnection next = waiting.peek();
      if (next == null || next.notBeforeNanos - now > 0) {
        return;
      }
      waiting.remove();
      opening++;
      next.connect(address, selector);
    }
  }

  private void ready(SelectionKey key) {
    LiveConnection connection = (LiveConnection) key.attachment();
    boolean wasIn = connection.isIn();
    try {
      int count = connection.read(buffer, scratch);
      count(connection, count);
      if (connection.status() == 429 || connection.status() == 503) {
        refused(connection);
      } else if (connection.status() > 0 && connection.status() != 200) {
        lost(connection, wasIn, "answered " + connection.status());
      } else if (count < 0) {
        lost(connection, wasIn, "ended by the server");
      } else if (!wasIn && connection.isIn()) {
        opening--;
        synchronized (this) {
          in++;
          notifyAll();
        }
      }
    } catch (IOException e) {
      lost(connection, wasIn, String.valueOf(e.getMessage()));
    }
  }

  private synchronized void count(LiveConnection connection, int count) {
    frames += connection.frames;
    connection.frames = 0;
    bytes += Math.max(0, count);
  }

  private void refused(LiveConnection connection) throws IOException {
    connection.close();
    opening--;
    synchronized (this) {
      refused++;
    }
    if (++connection.refusals > MAX_REFUSALS) {
      throw new IOException("refused " + MAX_REFUSALS + " times");
    }
    connection.notBeforeNanos =
        System.nanoTime() + Duration.ofSeconds(connection.retryAfterSeconds()).toNanos();
    waiting.add(connection);
  }

  private void lost(LiveConnection connection, boolean wasIn, String why) {
    try {
      connection.close();
    } catch (IOException e) {
      // It is lost either way.
    }
    opening -= wasIn ? 0 : 1;
    connection.receiver().lost();
    synchronized (this) {
      lost++;
      losses.merge(
          losses.size() < MAX_REASONS || losses.containsKey(why) ? why : "other", 1, Integer::sum);
      notifyAll();
    }
  }

  /** Closes all connections; waits for its thread. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (LiveConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
