package xalesin.edge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import xalesin.edge.limits.LimitsConfig;
import xalesin.edge.limits.WorkConfig;
import xalesin.schemas.config.Settings;

/**
 * Limits of an HTTP door.
 *
 * @param host address to bind
 * @param port 0 picks a free one
 * @param maxBodyBytes largest request body; larger ones are 413
 * @param maxBodiesInFlightBytes memory for request bodies of all connections together; beyond it
 *     503
 * @param maxHeaderBytes request line and headers together; a read of 500 ids takes 20 KiB
 * @param maxConnections open connections; more wait in the system's backlog
 * @param idleTimeout a connection on which nothing moves is closed after this; the head of a
 *     request and a TLS handshake must have come within it
 * @param bodyTimeout a body must have come within this
 * @param stopTimeout how long requests in progress may take to end when the door closes
 * @param limits how much callers may ask
 * @param work how much is worked on at once
 * @param origins other sites whose pages may use the API
 * @param tls the TLS port; null for none. With it the plain port binds to the loopback address only
 */
public record HttpDoorConfig(
    String host,
    int port,
    long maxBodyBytes,
    long maxBodiesInFlightBytes,
    int maxHeaderBytes,
    int maxConnections,
    Duration idleTimeout,
    Duration bodyTimeout,
    Duration stopTimeout,
    LimitsConfig limits,
    WorkConfig work,
    Origins origins,
    @Nullable TlsConfig tls) {
  public static final String LOOPBACK = "127.0.0.1";

  private static final long MIB = 1L << 20;

  public HttpDoorConfig {
    check(port >= 0 && port <= 65_535, "port must be from 0 to 65535");
    check(maxBodyBytes > 0 && maxBodyBytes <= 64 * MIB, "maxBodyBytes must be from 1 to 64 MiB");
    check(
        maxBodiesInFlightBytes >= maxBodyBytes,
        "maxBodiesInFlightBytes must hold at least one body");
    check(
        maxHeaderBytes >= 1024 && maxHeaderBytes <= 64 * 1024,
        "maxHeaderBytes must be from 1 to 64 KiB");
    check(maxConnections > 0, "maxConnections must be positive");
    check(idleTimeout.isPositive(), "idleTimeout must be positive");
    check(bodyTimeout.isPositive(), "bodyTimeout must be positive");
    check(!stopTimeout.isNegative(), "stopTimeout must not be negative");
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The defaults, on the loopback address. */
  public static HttpDoorConfig of(int port) {
    return new HttpDoorConfig(
        LOOPBACK,
        port,
        MIB,
        64 * MIB,
        32 * 1024,
        10_000,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        LimitsConfig.GENEROUS,
        WorkConfig.USUAL,
        Origins.NONE,
        null);
  }

  /** The door of a service's own main, from `XALESIN_…`. */
  public static HttpDoorConfig read(Settings settings, int defaultPort) {
    HttpDoorConfig preset = of(defaultPort);
    return new HttpDoorConfig(
        settings.text("XALESIN_BIND", preset.host, "Address that the public port binds to"),
        settings.integer(
            "XALESIN_HTTP_PORT",
            defaultPort,
            0,
            65_535,
            "port",
            "Public HTTP port, 0 for a free one"),
        settings.bytes(
            "XALESIN_MAX_BODY", preset.maxBodyBytes, 1, 64 * MIB, "Largest request body"),
        settings.bytes(
            "XALESIN_MAX_BODIES_IN_FLIGHT",
            preset.maxBodiesInFlightBytes,
            64 * MIB,
            8192 * MIB,
            "Memory for the request bodies of all connections"),
        Math.toIntExact(
            settings.bytes(
                "XALESIN_MAX_HEADERS",
                preset.maxHeaderBytes,
                1024,
                64 * 1024,
                "Largest request head")),
        settings.integer(
            "XALESIN_MAX_CONNECTIONS",
            preset.maxConnections,
            1,
            1_000_000,
            "connections",
            "Most open connections"),
        settings.duration(
            "XALESIN_IDLE_TIMEOUT",
            preset.idleTimeout,
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "Idle connections are closed after this"),
        settings.duration(
            "XALESIN_BODY_TIMEOUT",
            preset.bodyTimeout,
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "A request body must have come within this"),
        settings.duration(
            "XALESIN_STOP_TIMEOUT",
            preset.stopTimeout,
            Duration.ZERO,
            Duration.ofMinutes(10),
            "How long requests may take to end at a stop"),
        LimitsConfig.read(settings),
        WorkConfig.read(settings),
        Origins.read(settings),
        TlsConfig.read(settings));
  }

  public HttpDoorConfig withHost(String newHost) {
    return new HttpDoorConfig(
        newHost,
        port,
        maxBodyBytes,
        maxBodiesInFlightBytes,
        maxHeaderBytes,
        maxConnections,
        idleTimeout,
        bodyTimeout,
        stopTimeout,
        limits,
        work,
        origins,
        tls);
  }

  public HttpDoorConfig withMaxConnections(int newMaxConnections) {
    return new HttpDoorConfig(
        host,
        port,
        maxBodyBytes,
        maxBodiesInFlightBytes,
        maxHeaderBytes,
        newMaxConnections,
        idleTimeout,
        bodyTimeout,
        stopTimeout,
        limits,
        work,
        origins,
        tls);
  }

  public HttpDoorConfig withTimeouts(Duration idle, Duration body, Duration stop) {
    return new HttpDoorConfig(
        host,
        port,
        maxBodyBytes,
        maxBodiesInFlightBytes,
        maxHeaderBytes,
        maxConnections,
        idle,
        body,
        stop,
        limits,
        work,
        origins,
        tls);
  }

  public HttpDoorConfig withBodyLimits(long newMaxBodyBytes, long newMaxBodiesInFlightBytes) {
    return new HttpDoorConfig(
        host,
        port,
        newMaxBodyBytes,
        newMaxBodiesInFlightBytes,
        maxHeaderBytes,
        maxConnections,
        idleTimeout,
        bodyTimeout,
        stopTimeout,
        limits,
        work,
        origins,
        tls);
  }

  public HttpDoorConfig withLimits(LimitsConfig newLimits) {
    return with(newLimits, work, origins, tls);
  }

  public HttpDoorConfig withWork(WorkConfig newWork) {
    return with(limits, newWork, origins, tls);
  }

  public HttpDoorConfig withOrigins(Origins newOrigins) {
    return with(limits, work, newOrigins, tls);
  }

  public HttpDoorConfig withTls(@Nullable TlsConfig newTls) {
    return with(limits, work, origins, newTls);
  }

  private HttpDoorConfig with(
      LimitsConfig newLimits, WorkConfig newWork, Origins newOrigins, @Nullable TlsConfig newTls) {
    return new HttpDoorConfig(
        host,
        port,
        maxBodyBytes,
        maxBodiesInFlightBytes,
        maxHeaderBytes,
        maxConnections,
        idleTimeout,
        bodyTimeout,
        stopTimeout,
        newLimits,
        newWork,
        newOrigins,
        newTls);
  }
}
