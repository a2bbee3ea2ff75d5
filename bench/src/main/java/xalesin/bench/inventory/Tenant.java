package xalesin.bench.inventory;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;

/**
 * A tenant as its caller sees it: the header lines of its requests, encoded once.
 *
 * @param name for the report
 * @param token the bearer token
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tenant(String name, String token, byte[] readHeaders, byte[] writeHeaders) {
  public static Tenant of(URI server, String name, String token) {
    if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("a token is one word of ASCII characters");
    }
    String read = "Host: " + server.getAuthority() + "\r\nAuthorization: Bearer " + token + "\r\n";
    String write = read + "Content-Type: application/json\r\n";
    return new Tenant(name, token, read.getBytes(US_ASCII), write.getBytes(US_ASCII));
  }
}
