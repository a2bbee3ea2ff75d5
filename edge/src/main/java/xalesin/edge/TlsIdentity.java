package xalesin.edge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Who a server is: its certificate, the chain that vouches for it, and the key that proves it.
 * Immutable.
 *
 * @param chain the server's own certificate first
 */
record TlsIdentity(List<X509Certificate> chain, PrivateKey key, Contents from) {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_CHAIN = 10;

  /** A PKCS #12 file is one ASN.1 sequence. */
  private static final byte SEQUENCE = 0x30;

  private static final char[] IN_MEMORY = {'-'};
  private static final byte[] SAMPLE = "is it its key?".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]++)-----END \\1-----");

  /** What the files held. */
  static final class Contents {
    private final byte[] certificate;
    private final byte[] key;

    private Contents(byte[] certificate, byte[] key) {
      this.certificate = certificate;
      this.key = key;
    }

    static Contents read(TlsConfig config) {
      return new Contents(config.certificate().read(), config.key().read());
    }

    boolean same(Contents other) {
      return Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
    }
  }

  private record Pem(String label, String base64) {
    byte[] bytes() {
      return Base64.getMimeDecoder().decode(base64);
    }
  }

  /**
   * @throws IllegalArgumentException when the files cannot be used; its message names the setting
   */
  static TlsIdentity load(TlsConfig config) {
    return of(config, Contents.read(config));
  }

  static TlsIdentity of(TlsConfig config, Contents contents) {
    byte[] bytes = contents.certificate;
    TlsIdentity found =
        bytes.length > 0 && bytes[0] == SEQUENCE
            ? ofPkcs12(config, contents)
            : ofPem(config, contents);
    found.check(config);
    return found;
  }

  private static TlsIdentity ofPkcs12(TlsConfig config, Contents contents) {
    NamedFile file = config.certificate();
    char[] password = config.password().toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(contents.certificate), password);
      for (String alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, password) instanceof PrivateKey key) {
          List<X509Certificate> chain = new ArrayList<>();
          for (Certificate each : store.getCertificateChain(alias)) {
            chain.add((X509Certificate) each);
          }
          return new TlsIdentity(List.copyOf(chain), key, contents);
        }
      }
      throw file.refused("holds no private key", null);
    } catch (IOException | GeneralSecurityException e) {
      throw file.refused("is no PKCS #12 file of this XALESIN_TLS_PASSWORD", e);
    }
  }

  private static TlsIdentity ofPem(TlsConfig config, Contents contents) {
    List<X509Certificate> chain = chain(config.certificate(), contents.certificate);
    return new TlsIdentity(
        chain, key(config.key(), contents.key, chain.getFirst().getPublicKey()), contents);
  }

  private static List<X509Certificate> chain(NamedFile file, byte[] text) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Pem pem : pems(file, text)) {
        if (pem.label.equals("CERTIFICATE")) {
          chain.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(pem.bytes())));
        }
      }
    } catch (CertificateException e) {
      throw file.refused("holds a certificate that cannot be read", e);
    }
    if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
      throw file.refused("must hold 1 to " + MAX_CHAIN + " certificates as PEM", null);
    }
    return List.copyOf(chain);
  }

  private static PrivateKey key(NamedFile file, byte[] text, PublicKey of) {
    for (Pem pem : pems(file, text)) {
      if (pem.label.equals("PRIVATE KEY")) {
        try {
          return KeyFactory.getInstance(of.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pem.bytes()));
        } catch (InvalidKeySpecException e) {
          throw file.refused("holds no key of the certificate's kind, " + of.getAlgorithm(), e);
        } catch (GeneralSecurityException e) {
          throw file.refused("holds a key of an unknown kind", e);
        }
      }
      if (pem.label.endsWith("PRIVATE KEY")) {
        throw file.refused(
            "holds an " + pem.label + "; a plain PRIVATE KEY (PKCS #8) is needed", null);
      }
    }
    throw file.refused("holds no private key as PEM", null);
  }

  private static List<Pem> pems(NamedFile file, byte[] text) {
    List<Pem> found = new ArrayList<>();
    Matcher matcher = PEM.matcher(new String(text, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      Pem pem = new Pem(matcher.group(1), matcher.group(2));
      try {
        var _ = pem.bytes();
      } catch (IllegalArgumentException e) {
        throw file.refused("holds broken PEM", e);
      }
      found.add(pem);
    }
    return found;
  }

  private void check(TlsConfig config) {
    PublicKey of = certificate().getPublicKey();
    if (of instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      throw config.certificate().refused("has an RSA key of fewer than 2048 bits", null);
    }
    if (!isKeyOf(of)) {
      throw config.key().refused("is not the key of the certificate", null);
    }
    for (int i = 1; i < chain.size(); i++) {
      try {
        chain.get(i - 1).verify(chain.get(i).getPublicKey());
      } catch (GeneralSecurityException e) {
        throw config
            .certificate()
            .refused("is no chain: each certificate must be signed by the next", e);
      }
    }
    try {
      certificate().checkValidity();
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      throw config
          .certificate()
          .refused(
              "is valid from "
                  + certificate().getNotBefore().toInstant()
                  + " to "
                  + expires()
                  + " only",
              e);
    }
  }

  private boolean isKeyOf(PublicKey of) {
    String algorithm =
        switch (of) {
          case RSAPublicKey _ -> "SHA256withRSA";
          case ECPublicKey _ -> "SHA256withECDSA";
          default -> of.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(of);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  Instant expires() {
    return certificate().getNotAfter().toInstant();
  }

  /** For new connections. */
  SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, IN_MEMORY);
      store.setKeyEntry("server", key, IN_MEMORY, chain.toArray(Certificate[]::new));
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(store, IN_MEMORY);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("the certificate cannot be used: " + e.getMessage(), e);
    }
  }
}
