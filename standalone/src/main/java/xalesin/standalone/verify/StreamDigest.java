package xalesin.standalone.verify;

import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A running digest of one stream: its newest version and a hash chained over the id and data of
 * every event, so that two streams with equal digests had the same events in the same order. A
 * checksum against faults, not against forgery.
 *
 * @param version of the newest event, 0 for none
 * @param chain the chained hash up to it
 */
record StreamDigest(long version, long chain) {
  static final StreamDigest EMPTY = new StreamDigest(0, 0);

  /** The digest after one more event; its version must be this one's plus one. */
  StreamDigest plus(UUID id, byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    long hash = chain;
    hash = mix(hash ^ id.getMostSignificantBits());
    hash = mix(hash ^ id.getLeastSignificantBits());
    hash = mix(hash ^ crc.getValue());
    return new StreamDigest(version + 1, hash);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
