package xalesin.edge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificate and key as their files have them, looked at every so often. New connections get the
 * newest ones that can be used; connections that are open stay. Files that cannot be used stop a
 * start; later they are refused with a line in the log, and what held before stays. Thread-safe.
 */
final class TlsFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

  /** Forward secrecy and authenticated encryption only. */
  private static final String[] CIPHERS = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  };

  private final TlsConfig config;
  private final SslContextFactory.Server server = new SslContextFactory.Server();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile TlsIdentity used;
  private volatile @Nullable String refused;

  private TlsFiles(TlsConfig config, TlsIdentity first) {
    this.config = config;
    this.used = first;
    server.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    server.setExcludeProtocols();
    server.setIncludeCipherSuites(CIPHERS);
    server.setExcludeCipherSuites();
    server.setUseCipherSuitesOrder(true);
    server.setRenegotiationAllowed(false);
    server.setSslContext(first.context());
  }

  /**
   * @throws IllegalArgumentException when the files cannot be used now; names the setting
   */
  static TlsFiles watch(TlsConfig config, MeterRegistry registry) {
    TlsFiles files = new TlsFiles(config, TlsIdentity.load(config));
    Gauge.builder("http.server.tls.refused", files, f -> f.refused == null ? 0 : 1)
        .description("1 while certificate and key files are such that cannot be used")
        .register(registry);
    Gauge.builder(
            "http.server.tls.expires",
            files,
            f -> Duration.between(Instant.now(), f.used.expires()).toSeconds())
        .baseUnit("seconds")
        .description("Until the certificate in use expires")
        .register(registry);
    Thread.ofPlatform().daemon().name("tls-files").start(files::lookOn);
    return files;
  }

  /** What a connector makes its connections with. */
  SslContextFactory.Server server() {
    return server;
  }

  private void lookOn() {
    try {
      while (!closed.await(config.lookEvery().toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      TlsIdentity.Contents now = TlsIdentity.Contents.read(config);
      if (!now.same(used.from())) {
        use(TlsIdentity.of(config, now));
      }
      refused = null;
    } catch (Exception e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(refused)) {
        LOG.error("the TLS certificate stays as it was: {}", why);
      }
      refused = why;
    }
  }

  private void use(TlsIdentity newer) throws Exception {
    var context = newer.context();
    server.reload(factory -> factory.setSslContext(context));
    used = newer;
    LOG.info(
        "new connections get the certificate {} of {}",
        newer.certificate().getSerialNumber().toString(16),
        newer.certificate().getSubjectX500Principal());
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
