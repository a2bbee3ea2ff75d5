package xalesin.edge;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinState;
import io.javalin.http.servlet.JavalinServlet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The public HTTP port of a service, and its TLS port: Javalin on Jetty, with our own routing,
 * limits and answers. Endpoints run on virtual threads. Thread-safe. Closing lets requests in
 * progress end within the stop time and refuses new ones with 503.
 */
public final class HttpDoor implements AutoCloseable {
  /** Acceptor, selector, timers and what takes over when one of them is busy. */
  private static final int MIN_PLATFORM_THREADS = 4;

  private static final int MAX_PLATFORM_THREADS = 8;

  private final Server server;
  private final Gate gate;
  private final @Nullable TlsFiles certificate;
  private final List<Integer> ports;

  private HttpDoor(Server server, Gate gate, @Nullable TlsFiles certificate, List<Integer> ports) {
    this.server = server;
    this.gate = gate;
    this.certificate = certificate;
    this.ports = ports;
  }

  /** Opens the port. Throws when it cannot be bound. */
  public static HttpDoor start(
      HttpDoorConfig config, List<Route> routes, TokenVerifier verifier, MeterRegistry registry) {
    return start(config, routes, verifier, registry, System::nanoTime);
  }

  /**
   * A few platform threads watch the connections, endpoints run on virtual threads. Were the
   * watchers virtual as well, they would wait for a carrier while endpoints that compute hold them
   * all; and Jetty's pool of virtual threads only stops 200 slow callers by making everybody wait.
   * How many run at once is bounded by the connections, how many work by the {@link Gate}.
   */
  private static ThreadPool threads() {
    QueuedThreadPool pool = new QueuedThreadPool(MAX_PLATFORM_THREADS, MIN_PLATFORM_THREADS);
    pool.setName("http");
    pool.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-request").factory()));
    return pool;
  }

  /**
   * @param limitsClock of the token buckets, as {@link System#nanoTime}
   */
  static HttpDoor start(
      HttpDoorConfig config,
      List<Route> routes,
      TokenVerifier verifier,
      MeterRegistry registry,
      LongSupplier limitsClock) {
    TlsConfig tls = config.tls();
    TlsFiles certificate = tls == null ? null : TlsFiles.watch(tls, registry);
    Gate gate = new Gate(config, limitsClock, registry);
    Doorman doorman = new Doorman(config, routes, verifier, gate, registry);
    Server server = new Server(threads());
    server.setErrorHandler(new ProblemErrorHandler());
    server.setStopTimeout(config.stopTimeout().toMillis());
    List<ServerConnector> connectors = new ArrayList<>();
    connectors.add(Connectors.plain(server, config));
    if (tls != null && certificate != null) {
      connectors.add(Connectors.tls(server, config, tls, certificate));
    }
    connectors.forEach(server::addConnector);
    server.addBean(new NetworkConnectionLimit(config.maxConnections(), server));
    Handler served = new GracefulHandler(servlet(javalin(doorman)));
    server.setHandler(new StandardHeaders(OtherSites.let(config.origins(), served)));
    try {
      server.start();
    } catch (Exception e) {
      closeParts(gate, certificate);
      throw new IllegalStateException("port " + notOpened(connectors) + " cannot be opened", e);
    }
    Gauge.builder("http.server.connections", server, HttpDoor::connections).register(registry);
    List<Integer> ports = connectors.stream().map(ServerConnector::getLocalPort).toList();
    return new HttpDoor(server, gate, certificate, ports);
  }

  /** Jetty opens one after the other. */
  private static String notOpened(List<ServerConnector> connectors) {
    ServerConnector first =
        connectors.stream().filter(c -> !c.isOpen()).findFirst().orElse(connectors.getLast());
    return first.getHost() + ":" + first.getPort();
  }

  private static double connections(Server server) {
    return Arrays.stream(server.getConnectors())
        .mapToInt(c -> c.getConnectedEndPoints().size())
        .sum();
  }

  /**
   * Javalin gives the context of a request; its own stages (before, routes, errors, after) give way
   * to the doorman.
   */
  private static JavalinState javalin(Doorman doorman) {
    return Javalin.create(
            config -> {
              config.startup.startupWatcherEnabled = false;
              config.http.defaultContentType = "application/json";
              config.http.compressionStrategy = CompressionStrategy.NONE;
              config.routes.exception(Exception.class, doorman::answerLate);
              config.unsafe.servletRequestLifecycle = new ArrayList<>();
              config.unsafe.servletRequestLifecycle.add(
                  (_, _, context, path) -> doorman.serve(context, path));
            })
        .unsafe;
  }

  private static Handler servlet(JavalinState javalin) {
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
    // Not the one that takes WebSockets from the routes: they come to endpoints as other requests.
    context.addServlet(new ServletHolder(new JavalinServlet(javalin)), "/*");
    return context;
  }

  /** The plain port that is open. */
  public int port() {
    return ports.getFirst();
  }

  /** The TLS port that is open. Throws when there is none. */
  public int tlsPort() {
    return ports.get(1);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the door did not close in time", e);
    } finally {
      closeParts(gate, certificate);
    }
  }

  private static void closeParts(Gate gate, @Nullable TlsFiles certificate) {
    gate.close();
    if (certificate != null) {
      certificate.close();
    }
  }
}
