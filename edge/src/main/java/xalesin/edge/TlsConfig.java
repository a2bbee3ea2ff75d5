package xalesin.edge;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.config.Settings;

/**
 * The TLS port of an HTTP door.
 *
 * @param port 0 picks a free one
 * @param certificate the chain as PEM, the server's own certificate first; or a PKCS #12 file with
 *     chain and key
 * @param key the private key as PEM (PKCS #8), which may stand in the same file; of no meaning with
 *     PKCS #12
 * @param password of the PKCS #12 file
 * @param strict how long browsers shall insist on TLS for this host (RFC 6797); zero says nothing
 * @param lookEvery how often the files are looked at
 */
public record TlsConfig(
    int port,
    NamedFile certificate,
    NamedFile key,
    String password,
    Duration strict,
    Duration lookEvery) {
  public static final int DEFAULT_PORT = 8443;

  static final String CERTIFICATE = "XALESIN_TLS_CERTIFICATE";
  static final String KEY = "XALESIN_TLS_KEY";

  private static final Duration MAX_STRICT = Duration.ofDays(730);
  private static final Duration DEFAULT_STRICT = Duration.ofDays(180);
  private static final Duration DEFAULT_LOOK = Duration.ofSeconds(10);

  public TlsConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535");
    }
    if (strict.isNegative() || strict.compareTo(MAX_STRICT) > 0) {
      throw new IllegalArgumentException("strict must be from 0 to two years");
    }
    if (!lookEvery.isPositive()) {
      throw new IllegalArgumentException("lookEvery must be positive");
    }
  }

  /** With the usual times. The files are read when the door opens. */
  public static TlsConfig of(int port, NamedFile certificate, NamedFile key, String password) {
    return new TlsConfig(port, certificate, key, password, DEFAULT_STRICT, DEFAULT_LOOK);
  }

  /**
   * This, when its files can be used now.
   *
   * @throws IllegalArgumentException when they cannot; names the setting
   */
  public TlsConfig checked() {
    var _ = TlsIdentity.load(this);
    return this;
  }

  public TlsConfig withLookEvery(Duration newLookEvery) {
    return new TlsConfig(port, certificate, key, password, strict, newLookEvery);
  }

  /**
   * The configuration of a service's own main, from `XALESIN_…`; null without a certificate.
   *
   * @throws IllegalArgumentException when the files cannot be used; names the setting
   */
  static @Nullable TlsConfig read(Settings settings) {
    String certificate =
        settings.text(
            CERTIFICATE,
            "",
            "Certificate chain as PEM, or PKCS #12 file with its key: opens the TLS port");
    String key =
        settings.text(KEY, "", "Private key as PEM, unless it stands in the certificate's file");
    String password = settings.secret("XALESIN_TLS_PASSWORD", "", "Password of a PKCS #12 file");
    int port =
        settings.integer(
            "XALESIN_TLS_PORT",
            DEFAULT_PORT,
            0,
            65_535,
            "port",
            "Public HTTPS port, 0 for a free one; the plain port then is for this machine only");
    Duration strict =
        settings.duration(
            "XALESIN_TLS_STRICT",
            DEFAULT_STRICT,
            Duration.ZERO,
            MAX_STRICT,
            "How long browsers shall insist on TLS for this host, 0s to say nothing of it");
    Duration lookEvery =
        settings.duration(
            "XALESIN_TLS_RELOAD",
            DEFAULT_LOOK,
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            "How often certificate and key are looked at for newer ones");
    if (certificate.isEmpty()) {
      if (!key.isEmpty()) {
        throw new IllegalArgumentException(KEY + " is of no use without " + CERTIFICATE);
      }
      return null;
    }
    NamedFile chainFile = new NamedFile(CERTIFICATE, Path.of(certificate));
    NamedFile keyFile = key.isEmpty() ? chainFile : new NamedFile(KEY, Path.of(key));
    return new TlsConfig(port, chainFile, keyFile, password, strict, lookEvery).checked();
  }
}
