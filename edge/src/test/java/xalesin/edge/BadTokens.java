package xalesin.edge;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tokens that must be refused, by what is wrong with them. All but the first few are otherwise
 * perfect.
 */
@SuppressWarnings("JavaUtilDate") // Nimbus takes dates.
final class BadTokens {
  private final byte[] secret;
  private final Instant now;

  BadTokens(byte[] secret, Instant now) {
    this.secret = secret;
    this.now = now;
  }

  /** Claims that are accepted as they are. */
  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .audience("xalesin")
        .subject("ann")
        .claim("tenant", "acme")
        .claim("roles", List.of("admin"))
        .expirationTime(at(3600));
  }

  private Date at(long seconds) {
    return Date.from(now.plusSeconds(seconds));
  }

  String signed(JWTClaimsSet.Builder claims) {
    return signed(new JWSHeader(JWSAlgorithm.HS256), claims, secret);
  }

  private static String signed(JWSHeader header, JWTClaimsSet.Builder claims, byte[] key) {
    try {
      return signed(header, claims, new MACSigner(key));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(header, claims.build());
    jwt.sign(signer);
    return jwt.serialize();
  }

  Map<String, String> all() throws JOSEException, NoSuchAlgorithmException {
    Map<String, String> bad = new LinkedHashMap<>();
    String good = signed(claims());
    bad.put("empty", "");
    bad.put("no JWT", "hello");
    bad.put("only dots", "..");
    bad.put("alg none", new PlainJWT(claims().build()).serialize());
    bad.put("alg none with a signature", algNoneWith(good));
    bad.put("without its signature", good.substring(0, good.lastIndexOf('.') + 1));
    bad.put("truncated", good.substring(0, good.length() - 3));
    bad.put(
        "last bits flipped",
        good.substring(0, good.length() - 2) + (good.endsWith("AA") ? "BB" : "AA"));
    bad.put("payload of another token", mixed(good, signed(claims().subject("eve"))));
    bad.put("other key", signed(new JWSHeader(JWSAlgorithm.HS256), claims(), new byte[32]));
    bad.put("RS256", signed(new JWSHeader(JWSAlgorithm.RS256), claims(), rsa()));
    bad.put("HS512", signed(new JWSHeader(JWSAlgorithm.HS512), claims(), twice(secret)));
    bad.put("JWE", encrypted());
    bad.put(
        "critical header",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .customParam("x", 1)
                .criticalParams(java.util.Set.of("x"))
                .build(),
            claims(),
            secret));
    bad.put(
        "key by address",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .jwkURL(URI.create("http://127.0.0.1/keys"))
                .build(),
            claims(),
            secret));
    bad.put("expired", signed(claims().expirationTime(at(-31))));
    bad.put("without expiry", signed(claims().expirationTime(null)));
    bad.put("not valid yet", signed(claims().notBeforeTime(at(60))));
    bad.put("other audience", signed(claims().audience("elsewhere")));
    bad.put("no audience", signed(claims().audience((String) null)));
    bad.put("no tenant", signed(claims().claim("tenant", null)));
    bad.put("tenant in capitals", signed(claims().claim("tenant", "Acme")));
    bad.put("tenant with a path", signed(claims().claim("tenant", "acme/../other")));
    bad.put("tenant is a list", signed(claims().claim("tenant", List.of("acme"))));
    bad.put("tenant too long", signed(claims().claim("tenant", "a".repeat(64))));
    bad.put("no user", signed(claims().subject(null)));
    bad.put("blank user", signed(claims().subject(" ")));
    bad.put("user too long", signed(claims().subject("u".repeat(201))));
    bad.put("no roles", signed(claims().claim("roles", null)));
    bad.put("empty roles", signed(claims().claim("roles", List.of())));
    bad.put(
        "unknown role beside a known one",
        signed(claims().claim("roles", List.of("admin", "root"))));
    bad.put("role in capitals", signed(claims().claim("roles", List.of("ADMIN"))));
    bad.put("roles is a text", signed(claims().claim("roles", "admin")));
    bad.put("huge", signed(claims().claim("padding", "x".repeat(5000))));
    return bad;
  }

  private static byte[] twice(byte[] key) {
    byte[] longer = Arrays.copyOf(key, 64);
    System.arraycopy(key, 0, longer, 32, 32);
    return longer;
  }

  private static String algNoneWith(String good) {
    String header =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return header + good.substring(good.indexOf('.'));
  }

  private static String mixed(String good, String other) {
    int payload = good.indexOf('.');
    int otherPayload = other.indexOf('.');
    return good.substring(0, payload)
        + other.substring(otherPayload, other.lastIndexOf('.'))
        + good.substring(good.lastIndexOf('.'));
  }

  private static JWSSigner rsa() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return new RSASSASigner(generator.generateKeyPair().getPrivate());
  }

  private String encrypted() throws JOSEException {
    EncryptedJWT jwt =
        new EncryptedJWT(
            new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM), claims().build());
    jwt.encrypt(new DirectEncrypter(secret));
    return jwt.serialize();
  }
}
