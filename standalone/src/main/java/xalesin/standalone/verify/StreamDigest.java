package xalesin.standalone.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.RecordedEvent;

/**
 * A running digest of one stream: its newest version and a hash chained over the records of its
 * events, so that two streams with equal digests have the same records in the same order. A record
 * is its key, its headers in their order, and its value: all that the topic has of an event. A
 * checksum against faults, not against forgery.
 *
 * @param version of the newest event, 0 for none
 * @param chain the chained hash up to it
 */
record StreamDigest(long version, long chain) {
  static final StreamDigest EMPTY = new StreamDigest(0, 0);

  /** The digest after the record that an event should have; the event's version comes next. */
  StreamDigest plus(RecordedEvent event) {
    long hash = chained(chain, event.tenant().getBytes(UTF_8));
    for (CloudEvents.Header header : CloudEvents.headers(event)) {
      hash = chained(chained(hash, header.name().getBytes(UTF_8)), header.value());
    }
    return new StreamDigest(version + 1, chained(hash, event.data()));
  }

  /** The digest after a record of the topic; the version of its event comes next. */
  StreamDigest plus(ConsumerRecord<byte[], byte[]> found) {
    long hash = chained(chain, found.key());
    for (Header header : found.headers()) {
      hash = chained(chained(hash, header.key().getBytes(UTF_8)), header.value());
    }
    return new StreamDigest(version + 1, chained(hash, found.value()));
  }

  /** Nothing at all is not the same as nothing in it. */
  private static long chained(long hash, byte @Nullable [] part) {
    if (part == null) {
      return mix(hash ^ -1);
    }
    CRC32C crc = new CRC32C();
    crc.update(part);
    return mix(mix(hash ^ crc.getValue()) ^ part.length);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
