package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Opaque places in lists: {@code base64url(day | position | mac)}, where the MAC (HMAC-SHA256,
 * first 16 bytes) covers tenant, resource, question, day and position. So a cursor opens only where
 * it was made: not for another tenant, another list, nor after any change to its text; and not
 * {@value #LIFE_DAYS} days after the day (UTC) of its making. The position is a key of the index,
 * not an offset: rows that stand still are neither repeated nor lost when others change.
 *
 * <p>Thread-safe.
 */
final class Cursors {
  /** Longest cursor text that is looked at; an index key is far shorter. */
  static final int MAX_LENGTH = 4_096;

  /** Longer than anybody pages, shorter than a leaked one is of use. */
  static final int LIFE_DAYS = 7;

  private static final int DAY_BYTES = Integer.BYTES;
  private static final int MAC_BYTES = 16;
  private static final int FULL_MAC_BYTES = 32;

  private final Mac keyed;
  private final InstantSource clock;

  /**
   * What a cursor is bound to.
   *
   * @param question the index with all filters, ranges and the order, in one canonical text
   */
  record Scope(String tenant, String resource, String question) {}

  /**
   * @param key for cursors alone, of at least 32 bytes
   */
  Cursors(byte[] key, InstantSource clock) {
    this.clock = clock;
    try {
      keyed = Mac.getInstance("HmacSHA256");
      keyed.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }

  /** The cursor of a position, in URL-safe letters. */
  String seal(Scope scope, byte[] position) {
    int length = DAY_BYTES + position.length;
    byte[] sealed = new byte[length + MAC_BYTES];
    ByteBuffer.wrap(sealed).putInt(day(clock)).put(position);
    System.arraycopy(mac(scope, sealed, length), 0, sealed, length, MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * The day (UTC) that cursors are made on: of the same page, those of another day are others.
   *
   * @return days since 1970
   */
  static int day(InstantSource clock) {
    return Math.toIntExact(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay());
  }

  /**
   * The position in a cursor made here for this scope and still good, or null when it is anything
   * else.
   */
  byte @Nullable [] open(Scope scope, String cursor) {
    if (cursor.length() > MAX_LENGTH) {
      return null;
    }
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      return null;
    }
    int length = sealed.length - MAC_BYTES;
    if (length < DAY_BYTES) {
      return null;
    }
    byte[] expected = Arrays.copyOf(mac(scope, sealed, length), MAC_BYTES);
    byte[] given = Arrays.copyOfRange(sealed, length, sealed.length);
    // The decoder passes over the unused bits of the last letter: only the one spelling counts.
    boolean canonical =
        Base64.getUrlEncoder().withoutPadding().encodeToString(sealed).equals(cursor);
    boolean genuine = MessageDigest.isEqual(expected, given) && canonical;
    return genuine && day(clock) - ByteBuffer.wrap(sealed).getInt() < LIFE_DAYS
        ? Arrays.copyOfRange(sealed, DAY_BYTES, length)
        : null;
  }

  private byte[] mac(Scope scope, byte[] bytes, int length) {
    try {
      Mac mac = (Mac) keyed.clone();
      part(mac, scope.tenant());
      part(mac, scope.resource());
      part(mac, scope.question());
      mac.update(bytes, 0, length);
      byte[] full = new byte[FULL_MAC_BYTES];
      mac.doFinal(full, 0);
      return full;
    } catch (CloneNotSupportedException | ShortBufferException e) {
      throw new IllegalStateException("HmacSHA256 cannot be copied", e);
    }
  }

  /** Each part with its length, so that no two scopes give the same bytes. */
  private static void part(Mac mac, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    mac.update(bytes);
  }
}
