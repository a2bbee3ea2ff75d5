package xalesin.edge;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinState;
import io.javalin.http.servlet.JavalinServlet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;

/**
 * The public HTTP port of a service: Javalin on Jetty, with our own routing, limits and answers.
 * Endpoints run on virtual threads. Thread-safe. Closing lets requests in progress end within the
 * stop time and refuses new ones with 503.
 */
public final class HttpDoor implements AutoCloseable {
  /** Enough for all connections of a machine of two cores; one more only costs switches. */
  private static final int SELECTORS = 1;

  private static final int ACCEPTORS = 1;

  /** Acceptor, selector, timers and what takes over when one of them is busy. */
  private static final int MIN_PLATFORM_THREADS = 4;

  private static final int MAX_PLATFORM_THREADS = 8;
  private static final int ACCEPT_BACKLOG = 1024;
  private static final int OUTPUT_BUFFER_BYTES = 32 * 1024;

  private final Server server;
  private final Gate gate;
  private final int port;

  private HttpDoor(Server server, Gate gate, int port) {
    this.server = server;
    this.gate = gate;
    this.port = port;
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
    Gate gate = new Gate(config, limitsClock, registry);
    Doorman doorman = new Doorman(config, routes, verifier, gate, registry);
    Server server = new Server(threads());
    server.setErrorHandler(new ProblemErrorHandler());
    server.setStopTimeout(config.stopTimeout().toMillis());
    ServerConnector connector = connector(server, config);
    server.addConnector(connector);
    Handler served = new GracefulHandler(servlet(javalin(doorman)));
    server.setHandler(new StandardHeaders(OtherSites.let(config.origins(), served)));
    try {
      server.start();
    } catch (Exception e) {
      gate.close();
      throw new IllegalStateException(
          "port " + config.host() + ":" + config.port() + " cannot be opened", e);
    }
    Gauge.builder("http.server.connections", connector, c -> c.getConnectedEndPoints().size())
        .register(registry);
    return new HttpDoor(server, gate, connector.getLocalPort());
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

  private static HttpConfiguration http(HttpDoorConfig config) {
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(UriCompliance.DEFAULT);
    // No lines that end in a bare line feed: a proxy may take them for part of the line.
    http.setHttpCompliance(HttpCompliance.STRICT);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(config.maxHeaderBytes());
    http.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
    return http;
  }

  private static ServerConnector connector(Server server, HttpDoorConfig config) {
    ServerConnector connector =
        new ServerConnector(server, ACCEPTORS, SELECTORS, new HttpConnectionFactory(http(config)));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(config.idleTimeout().toMillis());
    connector.setAcceptQueueSize(ACCEPT_BACKLOG);
    connector.addBean(new NetworkConnectionLimit(config.maxConnections(), connector));
    return connector;
  }

  /** The port that is open. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the door did not close in time", e);
    } finally {
      gate.close();
    }
  }
}
