package xalesin.edge;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that must be refused, by what is wrong with them, for a verifier of a local secret or of
 * an issuer's key. All but the first few are otherwise perfect: rightly signed above all.
 */
@SuppressWarnings("JavaUtilDate") // Nimbus takes dates.
final class BadTokens {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  static final String ISSUER = "https://issuer.example";

  private final JWSHeader header;
  private final JWSSigner signer;
  private final @Nullable PublicKey publicKey;
  private final Instant now;

  private BadTokens(
      JWSHeader header, JWSSigner signer, @Nullable PublicKey publicKey, Instant now) {
    this.header = header;
    this.signer = signer;
    this.publicKey = publicKey;
    this.now = now;
  }

  /** Of a local secret. */
  BadTokens(byte[] secret, Instant now) {
    this(new JWSHeader(JWSAlgorithm.HS256), macSigner(secret), null, now);
  }

  /** Of an issuer's key: RS256 or ES256 by its kind. */
  static BadTokens of(JWK key, Instant now) throws JOSEException {
    boolean rsa = key instanceof RSAKey;
    JWSHeader header =
        new JWSHeader.Builder(rsa ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256)
            .keyID(key.getKeyID())
            .build();
    return rsa
        ? new BadTokens(header, new RSASSASigner(key.toRSAKey()), key.toRSAKey().toPublicKey(), now)
        : new BadTokens(header, new ECDSASigner((ECKey) key), key.toECKey().toPublicKey(), now);
  }

  private static JWSSigner macSigner(byte[] secret) {
    try {
      return new MACSigner(secret);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isLocal() {
    return publicKey == null;
  }

  /** Claims that are accepted as they are. */
  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .audience("xalesin")
        .issuer(isLocal() ? null : ISSUER)
        .subject("ann")
        .claim("tenant", "acme")
        .claim("roles", List.of("admin"))
        .expirationTime(at(3600));
  }

  private Date at(long seconds) {
    return Date.from(now.plusSeconds(seconds));
  }

  String signed(JWTClaimsSet.Builder claims) {
    return signed(header, claims, signer);
  }

  private static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims.build());
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** Signed as it is written, whatever that is. */
  private String raw(String headerJson, String claimsJson) {
    String content = base64(headerJson) + "." + base64(claimsJson);
    try {
      return content
          + "."
          + signer.sign(
              new JWSHeader(header.getAlgorithm()), content.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The good header with more in it; a member of the same name stands twice then. */
  private String headerWith(String member) {
    String json = header.toString();
    return json.substring(0, json.length() - 1) + "," + member + "}";
  }

  private String claimsWith(String member) {
    String json = claims().build().toString();
    return json.substring(0, json.length() - 1) + "," + member + "}";
  }

  Map<String, String> all() throws JOSEException, NoSuchAlgorithmException {
    Map<String, String> bad = new LinkedHashMap<>();
    notTokens(bad);
    wrongSignatures(bad);
    otherKeys(bad);
    hostileHeaders(bad);
    wrongClaims(bad);
    claimsOfWrongTypes(bad);
    otherSpellings(bad);
    return bad;
  }

  private void notTokens(Map<String, String> bad) throws JOSEException {
    bad.put("empty", "");
    bad.put("no JWT", "hello");
    bad.put("only dots", "..");
    bad.put("alg none", new PlainJWT(claims().build()).serialize());
    bad.put("JWE", encrypted());
    bad.put("huge", signed(claims().claim("padding", "x".repeat(5000))));
    bad.put("deep", raw(header.toString(), claimsWith("\"deep\":" + "[".repeat(500))));
    bad.put("claims are a list", raw(header.toString(), "[]"));
    bad.put("claims are no JSON", raw(header.toString(), "claims"));
  }

  private void wrongSignatures(Map<String, String> bad) {
    String good = signed(claims());
    bad.put("alg none with a signature", base64("{\"alg\":\"none\"}") + afterHeader(good));
    bad.put("alg None with a signature", base64("{\"alg\":\"None\"}") + afterHeader(good));
    bad.put("without alg", raw("{\"kid\":\"" + header.getKeyID() + "\"}", claimsWith("\"a\":1")));
    bad.put("without its signature", good.substring(0, good.lastIndexOf('.') + 1));
    bad.put("truncated", good.substring(0, good.length() - 4));
    int middle = good.length() - 20;
    char flipped = good.charAt(middle) == 'A' ? 'B' : 'A';
    bad.put("a bit flipped", good.substring(0, middle) + flipped + good.substring(middle + 1));
    bad.put("payload of another token", mixed(good, signed(claims().subject("eve"))));
    int signatureBytes = header.getAlgorithm().equals(JWSAlgorithm.RS256) ? 256 : 64;
    bad.put(
        "signature of zeros",
        good.substring(0, good.lastIndexOf('.') + 1)
            + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[signatureBytes]));
  }

  private void otherKeys(Map<String, String> bad) throws JOSEException, NoSuchAlgorithmException {
    JWSHeader.Builder mac = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(header.getKeyID());
    bad.put("secret of zeros", signed(mac.build(), claims(), new MACSigner(new byte[32])));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    RSASSASigner stranger = new RSASSASigner(generator.generateKeyPair().getPrivate());
    for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256)) {
      JWSHeader named = new JWSHeader.Builder(algorithm).keyID(header.getKeyID()).build();
      bad.put(algorithm + " of a stranger", signed(named, claims(), stranger));
    }
    PublicKey key = publicKey;
    if (key != null) {
      String pem =
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                  .encodeToString(key.getEncoded())
              + "\n-----END PUBLIC KEY-----\n";
      bad.put(
          "public key as secret", signed(mac.build(), claims(), new MACSigner(key.getEncoded())));
      bad.put("public key as secret, in PEM", signed(mac.build(), claims(), new MACSigner(pem)));
    }
  }

  private void hostileHeaders(Map<String, String> bad) {
    for (String kid :
        List.of(
            "../../../../dev/null",
            "/proc/sys/kernel/randomize_va_space",
            "x' or '1'='1",
            "x' union select 'AAAA'--",
            "http://127.0.0.1/key",
            "|/usr/bin/true",
            "k".repeat(1000))) {
      String name = kid.length() < 50 ? kid : "long";
      bad.put(
          "kid: " + name,
          signed(new JWSHeader.Builder(header).keyID(kid).build(), claims(), signer));
    }
    Map.of(
            "kid is a number", "{\"alg\":\"" + header.getAlgorithm() + "\",\"kid\":1}",
            "kid is null", "{\"alg\":\"" + header.getAlgorithm() + "\",\"kid\":null}",
            "alg twice", headerWith("\"alg\":\"none\""),
            "embedded key", headerWith("\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}"),
            "key by address", headerWith("\"jku\":\"http://127.0.0.1/keys\""),
            "certificate by address", headerWith("\"x5u\":\"http://127.0.0.1/pem\""),
            "embedded certificate", headerWith("\"x5c\":[\"AAAA\"]"),
            "critical extension", headerWith("\"crit\":[\"x\"],\"x\":1"),
            "payload not encoded", headerWith("\"crit\":[\"b64\"],\"b64\":false"),
            "type of another purpose", headerWith("\"typ\":\"logout+jwt\""))
        .forEach((what, json) -> bad.put(what, raw(json, claims().build().toString())));
  }

  private void wrongClaims(Map<String, String> bad) {
    bad.put("expired", signed(claims().expirationTime(at(-31))));
    bad.put("without expiry", signed(claims().expirationTime(null)));
    bad.put("not valid yet", signed(claims().notBeforeTime(at(60))));
    bad.put("other audience", signed(claims().audience("elsewhere")));
    bad.put("no audience", signed(claims().audience((String) null)));
    bad.put("other issuer", signed(claims().issuer("https://elsewhere.example")));
    bad.put("issuer with a slash more", signed(claims().issuer(ISSUER + "/")));
    if (!isLocal()) {
      bad.put("no issuer", signed(claims().issuer(null)));
    }
    bad.put("no tenant", signed(claims().claim("tenant", null)));
    bad.put("tenant in capitals", signed(claims().claim("tenant", "Acme")));
    bad.put("tenant with a path", signed(claims().claim("tenant", "acme/../other")));
    bad.put("tenant too long", signed(claims().claim("tenant", "a".repeat(64))));
    bad.put("no user", signed(claims().subject(null)));
    bad.put("blank user", signed(claims().subject(" ")));
    bad.put("user too long", signed(claims().subject("u".repeat(201))));
    bad.put("user with a zero", signed(claims().subject("ann\0")));
    bad.put("user with a line break", signed(claims().subject("ann\r\nX-Role: admin")));
    bad.put("no roles", signed(claims().claim("roles", null)));
    bad.put("empty roles", signed(claims().claim("roles", List.of())));
    bad.put("unknown role", signed(claims().claim("roles", List.of("admin", "root"))));
    bad.put("role in capitals", signed(claims().claim("roles", List.of("ADMIN"))));
  }

  private void claimsOfWrongTypes(Map<String, String> bad) {
    bad.put("tenant is a list", signed(claims().claim("tenant", List.of("acme"))));
    bad.put("tenant is an object", signed(claims().claim("tenant", Map.of("acme", true))));
    bad.put("roles is a text", signed(claims().claim("roles", "admin")));
    bad.put("role is a number", signed(claims().claim("roles", List.of(3))));
    bad.put("audience is an object", signed(claims().claim("aud", Map.of("xalesin", 1))));
    bad.put("an audience is a number", signed(claims().claim("aud", List.of("xalesin", 1))));
    bad.put("subject is a number", signed(claims().claim("sub", 7)));
    bad.put("issuer is a list", signed(claims().claim("iss", List.of(ISSUER))));
    for (String exp : List.of("\"9999999999\"", "true", "null", "1e300", "1e30", "-1", "[]")) {
      String json = signedClaimsWithout("exp");
      bad.put("exp is " + exp, raw(header.toString(), json + ",\"exp\":" + exp + "}"));
    }
    bad.put(
        "exp overflows",
        raw(header.toString(), signedClaimsWithout("exp") + ",\"exp\":9223372036854775807}"));
    bad.put("nbf is a text", raw(header.toString(), claimsWith("\"nbf\":\"0\"")));
    bad.put("tenant twice", raw(header.toString(), claimsWith("\"tenant\":\"other\"")));
    bad.put("roles twice", raw(header.toString(), claimsWith("\"roles\":[\"admin\"]")));
  }

  /** The good claims but one, not yet closed. */
  private String signedClaimsWithout(String name) {
    String json = claims().claim(name, null).build().toString();
    return json.substring(0, json.length() - 1);
  }

  private void otherSpellings(Map<String, String> bad) {
    String good = signed(claims());
    bad.put("garbage behind", good + "AAAA");
    bad.put("a part more", good + ".AAAA");
    bad.put("a dot more", good + ".");
    bad.put("padding behind", good + "=");
    bad.put("blank inside", good.replaceFirst("\\.", ". "));
    bad.put("an exclamation mark inside", good.replaceFirst("\\.", "!."));
    bad.put("not ASCII", good.replaceFirst("\\.", "\u00e9."));
    bad.put("claims with garbage behind", raw(header.toString(), claims().build() + "{}"));
    bad.put("header with garbage behind", raw(header + "x", claims().build().toString()));
    String padded =
        Base64.getUrlEncoder()
            .encodeToString((claims().build() + " ").getBytes(StandardCharsets.UTF_8));
    String content =
        base64(header.toString()) + "." + (padded.endsWith("=") ? padded : padded + "=");
    bad.put("signed with padding", signedContent(content));
    bad.put("standard alphabet", signedContent(base64(header.toString()) + ".++//"));
    String signature = good.substring(good.lastIndexOf('.') + 1);
    bad.put("stray last bits", good.substring(0, good.length() - 1) + neighbour(signature));
  }

  private String signedContent(String content) {
    try {
      return content
          + "."
          + signer.sign(
              new JWSHeader(header.getAlgorithm()), content.getBytes(StandardCharsets.UTF_8));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** Another last character that lenient decoders take for the same bytes. */
  private static char neighbour(String signature) {
    byte[] bytes = Base64.getUrlDecoder().decode(signature);
    String start = signature.substring(0, signature.length() - 1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      char c = ALPHABET.charAt(i);
      if (c != signature.charAt(signature.length() - 1)
          && Arrays.equals(bytes, Base64.getUrlDecoder().decode(start + c))) {
        return c;
      }
    }
    throw new AssertionError("every signature here has stray bits");
  }

  private static String afterHeader(String token) {
    return token.substring(token.indexOf('.'));
  }

  private static String mixed(String good, String other) {
    int payload = good.indexOf('.');
    int otherPayload = other.indexOf('.');
    return good.substring(0, payload)
        + other.substring(otherPayload, other.lastIndexOf('.'))
        + good.substring(good.lastIndexOf('.'));
  }

  private String encrypted() throws JOSEException {
    EncryptedJWT jwt =
        new EncryptedJWT(
            new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM), claims().build());
    jwt.encrypt(new DirectEncrypter(new byte[32]));
    return jwt.serialize();
  }
}
