package xalesin.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import xalesin.edge.TlsConfig;

/**
 * What one process with everything in it needs to know. A port of 0 picks a free one.
 *
 * @param data the folder that keeps everything
 * @param bind the address that all ports bind to but that for operators
 * @param managementBind the address that the port for operators binds to
 * @param benchRoutes also serve the constant answers that benchmarks compare with
 * @param limits whether callers are limited
 * @param maxConnections open HTTP connections; more wait
 * @param refill whether a lost replication slot is made anew and what it lost is published
 * @param rebuildViews whether the views are built anew from the log
 * @param tls a TLS port beside the plain one, which then binds to the loopback address; null for
 *     none
 */
record StackOptions(
    Path data,
    String bind,
    String managementBind,
    int httpPort,
    int managementPort,
    int kafkaPort,
    int postgresPort,
    boolean benchRoutes,
    boolean limits,
    int maxConnections,
    boolean refill,
    boolean rebuildViews,
    @Nullable TlsConfig tls) {
  static final int DEFAULT_CONNECTIONS = 10_000;

  /** Policies that differ from the usual ones, read again when it changes. */
  static final String LIMITS_FILE = "limits.json";

  /** On free ports of the loopback address. */
  static StackOptions in(Path data) {
    return new StackOptions(
        data,
        "127.0.0.1",
        "127.0.0.1",
        0,
        0,
        0,
        0,
        false,
        true,
        DEFAULT_CONNECTIONS,
        false,
        false,
        null);
  }

  StackOptions withRebuiltViews() {
    return new StackOptions(
        data,
        bind,
        managementBind,
        httpPort,
        managementPort,
        kafkaPort,
        postgresPort,
        benchRoutes,
        limits,
        maxConnections,
        refill,
        true,
        tls);
  }
}
