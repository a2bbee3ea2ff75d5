package xalesin.edge;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer, from a JSON Web Key Set (RFC 7517). A key is good for the one
 * algorithm of its kind: RSA of 2048 bits and more for RS256, P-256 for ES256. Keys for anything
 * else are passed over, symmetric ones above all. Immutable, thread-safe.
 */
final class KeySet {
  /** An issuer has a handful. */
  static final int MAX_KEYS = 100;

  private static final int MIN_RSA_BITS = 2048;

  private final Map<Id, JWSVerifier> keys;

  private record Id(String kid, String algorithm) {}

  private KeySet(Map<Id, JWSVerifier> keys) {
    this.keys = keys;
  }

  /** Throws IllegalArgumentException, whose message says why, when there is no key to be used. */
  static KeySet parse(byte[] json) {
    try {
      List<JWK> all = JWKSet.parse(new String(json, StandardCharsets.UTF_8)).getKeys();
      if (all.size() > MAX_KEYS) {
        throw new IllegalArgumentException("the key set has more than " + MAX_KEYS + " keys");
      }
      Map<Id, JWSVerifier> keys = new HashMap<>();
      for (JWK key : all) {
        add(key, keys);
      }
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("the key set has no key for RS256 or ES256 with a kid");
      }
      return new KeySet(keys);
    } catch (ParseException | JOSEException e) {
      throw new IllegalArgumentException("the key set cannot be read: " + e.getMessage(), e);
    }
  }

  private static void add(JWK key, Map<Id, JWSVerifier> keys) throws JOSEException {
    JWSAlgorithm algorithm = algorithmOf(key);
    if (algorithm == null || key.getKeyID() == null) {
      return;
    }
    JWSVerifier verifier =
        key instanceof RSAKey rsa
            ? new RSASSAVerifier(rsa.toRSAPublicKey())
            : new ECDSAVerifier(key.toECKey().toECPublicKey());
    if (keys.put(new Id(key.getKeyID(), algorithm.getName()), verifier) != null) {
      throw new IllegalArgumentException("the key set has two keys of one kid");
    }
  }

  private static @Nullable JWSAlgorithm algorithmOf(JWK key) {
    JWSAlgorithm algorithm =
        switch (key) {
          case RSAKey rsa when rsa.size() >= MIN_RSA_BITS -> JWSAlgorithm.RS256;
          case ECKey ec when Curve.P_256.equals(ec.getCurve()) -> JWSAlgorithm.ES256;
          default -> null;
        };
    boolean forThat = key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
    boolean forSignatures = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    return forThat && forSignatures ? algorithm : null;
  }

  /** Null when there is none of that name for that algorithm. */
  @Nullable JWSVerifier find(String kid, JWSAlgorithm algorithm) {
    return keys.get(new Id(kid, algorithm.getName()));
  }
}
