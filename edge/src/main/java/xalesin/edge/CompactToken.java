package xalesin.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * A signed token (JWS, compact serialisation) taken apart, strictly: one way to write each token,
 * so that two readers never understand it differently. Its claims are read only once its signature
 * is known to be right. The header names no key but by `kid`: addresses of keys, embedded keys and
 * extensions are refused. Immutable.
 */
final class CompactToken {
  /** Longest token, in characters: far above any of ours, far below the header limit. */
  static final int MAX_CHARACTERS = 4096;

  /** The thumbprints say nothing that the kid does not; some issuers send them. */
  private static final Set<String> HEADER = Set.of("alg", "typ", "kid", "x5t", "x5t#S256");

  /** What an access token calls itself; logout and security event tokens call themselves else. */
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  private final JsonNode header;
  private final byte[] signed;
  private final Base64URL signature;
  private final byte[] claims;

  private CompactToken(JsonNode header, byte[] signed, Base64URL signature, byte[] claims) {
    this.header = header;
    this.signed = signed;
    this.signature = signature;
    this.claims = claims;
  }

  /** Throws {@link TokenException} when it is no such token. */
  static CompactToken parse(String token) {
    if (token.length() > MAX_CHARACTERS) {
      throw new TokenException("the token is too long");
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      throw unreadable();
    }
    JsonNode header = object(decode(token.substring(0, first)));
    byte[] claims = decode(token.substring(first + 1, second));
    String signature = token.substring(second + 1);
    decode(signature);
    byte[] signed = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
    checkHeader(header);
    return new CompactToken(header, signed, new Base64URL(signature), claims);
  }

  private static void checkHeader(JsonNode header) {
    for (Iterator<String> names = header.fieldNames(); names.hasNext(); ) {
      if (!HEADER.contains(names.next())) {
        throw new TokenException("the token's header has parameters that are not accepted");
      }
    }
    JsonNode type = header.path("typ");
    if (!type.isMissingNode() && !TYPES.contains(type.asText("").toLowerCase(Locale.ROOT))) {
      throw new TokenException("the token's type is not accepted");
    }
    JsonNode kid = header.path("kid");
    if (!kid.isMissingNode() && !kid.isTextual()) {
      throw unreadable();
    }
  }

  /** Java's decoder takes padding and stray last bits, so what it gave is written again. */
  private static byte[] decode(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      if (bytes.length == 0
          || !Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
        throw unreadable();
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw unreadable();
    }
  }

  private static JsonNode object(byte[] json) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      JsonNode node = Json.STRICT.readTree(text);
      if (!node.isObject()) {
        throw unreadable();
      }
      return node;
    } catch (CharacterCodingException | JsonProcessingException e) {
      throw unreadable();
    }
  }

  private static TokenException unreadable() {
    return new TokenException("the token cannot be read");
  }

  /** As the header says it; only to be compared with what a key is for. */
  @Nullable String algorithm() {
    return header.path("alg").textValue();
  }

  @Nullable String keyId() {
    return header.path("kid").textValue();
  }

  /**
   * What the token claims, when the signature is the verifier's. Throws {@link TokenException}
   * otherwise.
   *
   * @param algorithm the key's own, which must be the token's
   */
  JsonNode claims(JWSAlgorithm algorithm, JWSVerifier verifier) {
    if (!algorithm.getName().equals(algorithm())) {
      throw new TokenException("the token's algorithm is not accepted");
    }
    try {
      if (!verifier.verify(new JWSHeader(algorithm), signed, signature)) {
        throw new TokenException("the token's signature is wrong");
      }
    } catch (JOSEException e) {
      throw new TokenException("the token's signature is wrong");
    }
    return object(claims);
  }
}
