package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import xalesin.schemas.config.Settings;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsConfigTest {
  private static final String CERTIFICATE = "XALESIN_TLS_CERTIFICATE";
  private static final String KEY = "XALESIN_TLS_KEY";

  private Path folder;
  private TestCertificate good;
  private TestCertificate other;
  private String chain;
  private String key;

  @BeforeAll
  void make(@TempDir Path temporary) throws Exception {
    folder = temporary;
    good = TestCertificate.make(folder, "good", "-keyalg", "EC", "-groupname", "secp256r1");
    other = TestCertificate.make(folder, "other", "-keyalg", "EC", "-groupname", "secp256r1");
    chain = file("good.crt", good.certificatePem());
    key = file("good.key", good.keyPem());
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static @Nullable TlsConfig read(String... settings) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    Settings read = Settings.of("test", "tests", environment);
    TlsConfig config = TlsConfig.read(read);
    read.check();
    return config;
  }

  private static void isRefused(String message, String... settings) {
    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void there_is_no_tls_without_a_certificate() {
    assertThat(read()).isNull();
    isRefused("XALESIN_TLS_KEY is of no use without XALESIN_TLS_CERTIFICATE", KEY, key);
  }

  @Test
  void a_certificate_and_its_key_are_enough() throws Exception {
    assertThat(read(CERTIFICATE, chain, KEY, key, "XALESIN_TLS_STRICT", "0s"))
        .isNotNull()
        .extracting(TlsConfig::port, TlsConfig::strict)
        .containsExactly(8443, Duration.ZERO);
    String both = file("both.pem", "what for\n" + good.keyPem() + "\n" + good.certificatePem());
    assertThat(read(CERTIFICATE, both)).isNotNull();
    String store = good.store().toString();
    assertThat(read(CERTIFICATE, store, "XALESIN_TLS_PASSWORD", TestCertificate.PASSWORD))
        .isNotNull();
  }

  @Test
  void files_that_cannot_be_used_are_named_with_what_is_wrong() throws Exception {
    String nowhere = folder.resolve("nowhere").toString();
    String text = file("text", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    isRefused("XALESIN_TLS_CERTIFICATE=" + nowhere + " cannot be read", CERTIFICATE, nowhere);
    isRefused("XALESIN_TLS_KEY=" + nowhere + " cannot be read", CERTIFICATE, chain, KEY, nowhere);
    isRefused(
        "XALESIN_TLS_CERTIFICATE=" + key + " must hold 1 to 10 certificates", CERTIFICATE, key);
    isRefused(text + " holds a certificate that cannot be read", CERTIFICATE, text, KEY, key);
    isRefused(chain + " holds no private key as PEM", CERTIFICATE, chain);
    isRefused(
        "is not the key of the certificate",
        CERTIFICATE,
        chain,
        KEY,
        file("other.key", other.keyPem()));
    isRefused(
        "holds an EC PRIVATE KEY; a plain PRIVATE KEY (PKCS #8) is needed",
        CERTIFICATE,
        chain,
        KEY,
        file("old.key", TestCertificate.pem("EC PRIVATE KEY", good.key().getEncoded())));
    isRefused(
        "each certificate must be signed by the next",
        CERTIFICATE,
        file("pair.crt", good.certificatePem() + other.certificatePem()),
        KEY,
        key);
    isRefused(
        "is no PKCS #12 file of this XALESIN_TLS_PASSWORD",
        CERTIFICATE,
        good.store().toString(),
        "XALESIN_TLS_PASSWORD",
        "guess");
    TestCertificate rsa = TestCertificate.make(folder, "rsa", "-keyalg", "RSA", "-keysize", "1024");
    isRefused(
        "RSA key of fewer than 2048 bits",
        CERTIFICATE,
        file("rsa.pem", rsa.certificatePem() + rsa.keyPem()));
    isRefused(
        "holds no key of the certificate's kind, EC",
        CERTIFICATE,
        chain,
        KEY,
        file("rsa.key", rsa.keyPem()));
  }

  @Test
  void a_certificate_out_of_its_time_is_refused() throws Exception {
    TestCertificate old =
        TestCertificate.make(
            folder,
            "old",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-startdate",
            "-3d",
            "-validity",
            "2");
    isRefused("is valid from ", CERTIFICATE, file("old.pem", old.certificatePem() + old.keyPem()));
  }
}
