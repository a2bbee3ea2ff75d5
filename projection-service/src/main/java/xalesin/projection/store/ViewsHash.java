package xalesin.projection.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import xalesin.projection.TenantViews;

/**
 * A fingerprint of a tenant's views: SHA-256 over every key and value of the tenant in key order,
 * rows, indexes, counters, applied versions and parked streams alike. Nothing in them depends on
 * when or in what groups events were applied, so the same events give the same fingerprint.
 * Stateless.
 */
public final class ViewsHash {
  private ViewsHash() {}

  /**
   * @param views from {@link xalesin.projection.Views#snapshot}
   * @return 64 hexadecimal digits
   */
  public static String of(TenantViews views) {
    if (!(views instanceof TenantSnapshot snapshot)) {
      throw new IllegalArgumentException("only local views have a fingerprint");
    }
    MessageDigest digest = sha256();
    byte[] lengths = new byte[2 * Long.BYTES];
    snapshot.forEach(
        (key, value) -> {
          Numbers.putLong(lengths, 0, key.length);
          Numbers.putLong(lengths, Long.BYTES, value.length);
          digest.update(lengths);
          digest.update(key);
          digest.update(value);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
