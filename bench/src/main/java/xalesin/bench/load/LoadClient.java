package xalesin.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Presses on one HTTP server over a fixed number of keep-alive connections and measures. It runs
 * beside the server on the same few cores, so it costs as little as it can: one thread (two at
 * most) around a selector, requests put together from encoded parts, answers parsed in place.
 *
 * <p>Connections and scripts live from run to run, so a warm-up run warms what the next one uses.
 * One run at a time; not thread-safe. A run ends within its load's duration and {@link
 * #DRAIN_LIMIT}. Only loopback addresses are pressed on.
 */
public final class LoadClient implements AutoCloseable {
  /** How long a run waits, after its window, for what is still on its way. */
  public static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);

  /** More connections than any benchmark here needs. */
  private static final int MAX_CONNECTIONS = 4_096;

  private static final int MAX_THREADS = 2;

  /** Beyond a run's own bounds: starting threads, connecting. */
  private static final Duration RUN_SLACK = Duration.ofSeconds(60);

  private final List<ClientLoop> loops = new ArrayList<>();

  /**
   * @param base {@code http://127.0.0.1:8080}, say
   * @throws IllegalArgumentException when it is not a loopback address
   */
  public LoadClient(URI base, int connections, int threads, Script.Source scripts)
      throws IOException {
    InetSocketAddress address = loopback(base);
    if (connections < 1 || connections > MAX_CONNECTIONS) {
      throw new IllegalArgumentException("between 1 and " + MAX_CONNECTIONS + " connections");
    }
    if (threads < 1 || threads > MAX_THREADS || threads > connections) {
      throw new IllegalArgumentException("one or two threads, each with a connection");
    }
    int first = 0;
    for (int part = 0; part < threads; part++) {
      int count = (connections - first) / (threads - part);
      List<Script> mine = new ArrayList<>();
      for (int i = first; i < first + count; i++) {
        mine.add(scripts.of(i));
      }
      loops.add(new ClientLoop(address, mine));
      first += count;
    }
  }

  /**
   * The address of a loopback URL, without asking any name server.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static InetSocketAddress loopback(URI base) {
    String host = base.getHost();
    if (host == null || !"http".equals(base.getScheme()) || base.getPort() < 1) {
      throw new IllegalArgumentException("not an address like http://127.0.0.1:8080: " + base);
    }
    return new InetSocketAddress(loopback(host), base.getPort());
  }

  /** As {@link #loopback(URI)}, for a host: {@code localhost} or a loopback address. */
  public static InetAddress loopback(String host) {
    if (host.equals("localhost")) {
      return InetAddress.getLoopbackAddress();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(host);
      if (address.isLoopbackAddress()) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("load goes to loopback addresses only, not " + host, e);
    }
    throw new IllegalArgumentException("load goes to loopback addresses only, not " + host);
  }

  /** Runs the load to its end. */
  public Outcome run(Load load) throws IOException, InterruptedException {
    List<FutureTask<Outcome>> parts = new ArrayList<>();
    for (int part = 0; part < loops.size(); part++) {
      ClientLoop loop = loops.get(part);
      int number = part;
      Callable<Outcome> task = () -> loop.run(load, number, loops.size());
      FutureTask<Outcome> future = new FutureTask<>(task);
      parts.add(future);
      Thread.ofPlatform().name("load-client-" + part).daemon(true).start(future);
    }
    Duration bound = load.duration().plus(DRAIN_LIMIT).plus(RUN_SLACK);
    long deadline = System.nanoTime() + bound.toNanos();
    try {
      Outcome all = await(parts.getFirst(), deadline);
      for (FutureTask<Outcome> part : parts.subList(1, parts.size())) {
        all = all.plus(await(part, deadline));
      }
      return all;
    } finally {
      parts.forEach(part -> part.cancel(true));
    }
  }

  private static Outcome await(FutureTask<Outcome> part, long deadline)
      throws IOException, InterruptedException {
    try {
      return part.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the load client failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the load client did not come to its end in time", e);
    }
  }

  @Override
  public void close() throws IOException {
    for (ClientLoop loop : loops) {
      loop.close();
    }
  }
}
