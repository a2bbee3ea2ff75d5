package xalesin.command.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import xalesin.command.handling.Step;
import xalesin.command.handling.Submission;
import xalesin.command.store.IdempotencyKey;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;

/** What the headers of a command say. */
final class Requests {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final int MAX_KEY = 255;

  /** More digits than any version has. */
  private static final int MAX_VERSION_DIGITS = 18;

  private Requests() {}

  /** Who, when, from where and why. The only reading of the clock on a command's way. */
  static Submission.Context context(Exchange exchange, InstantSource clock) {
    return new Submission.Context(
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        exchange.caller().user(),
        exchange.correlationId(),
        exchange.traceparent(),
        exchange.clientAddress());
  }

  /** The version in {@code If-Match}, {@link Step#ANY_VERSION} for an asterisk, null for none. */
  static @Nullable Long expectedVersion(Exchange exchange) {
    String text = exchange.header("If-Match");
    if (text == null) {
      return null;
    }
    String tag = text.strip();
    if (tag.equals("*")) {
      return Step.ANY_VERSION;
    }
    int digits = tag.length() - 2;
    boolean quoted = digits > 0 && tag.startsWith("\"") && tag.endsWith("\"");
    if (quoted && digits <= MAX_VERSION_DIGITS) {
      String number = tag.substring(1, tag.length() - 1);
      if (number.chars().allMatch(c -> c >= '0' && c <= '9') && !number.startsWith("0")) {
        return Long.valueOf(number);
      }
    }
    throw Problem.badRequest(
            "If-Match must be one version in quotes as in ETag, such as \"3\", or *")
        .exception();
  }

  static @Nullable String idempotencyKey(Exchange exchange) {
    String key = exchange.header(IDEMPOTENCY_KEY);
    if (key != null && !isKey(key)) {
      throw Problem.badRequest(
              IDEMPOTENCY_KEY + " must be 1 to " + MAX_KEY + " printable ASCII characters")
          .exception();
    }
    return key;
  }

  static boolean isKey(String key) {
    return !key.isEmpty()
        && key.length() <= MAX_KEY
        && key.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  static IdempotencyKey keyOf(Exchange exchange, String key) {
    return new IdempotencyKey(exchange.tenant(), exchange.caller().user(), key);
  }

  /** SHA-256 over the parts, each with its length, so that no two lists of parts are alike. */
  static byte[] hash(byte[]... parts) {
    MessageDigest digest = sha256();
    for (byte[] part : parts) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
      digest.update(part);
    }
    return digest.digest();
  }

  static byte[] bytes(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
