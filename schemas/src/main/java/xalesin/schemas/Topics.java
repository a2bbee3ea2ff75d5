package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

/** Every topic of Xalesin. Nothing else names one. */
public final class Topics {
  /**
   * Partitions of the log and of everything keyed by tenant. Fixed for the life of an installation:
   * a tenant's place must never move. Eight keeps a laptop light and lets a first cluster grow to
   * eight nodes.
   */
  public static final int PARTITIONS = 8;

  /** All events of all tenants; key = tenant; kept forever. */
  public static final String EVENTS = "xalesin.events";

  /** How far the WAL has been published; key = slot. */
  public static final String CDC_OFFSETS = "xalesin.cdc.offsets";

  /** Records that could not be applied; key = tenant. */
  public static final String DEAD_LETTERS = "xalesin.dead-letters";

  private static final String VIEW_PREFIX = "xalesin.views.";
  private static final long THIRTY_DAYS_MILLIS = 30L * 24 * 60 * 60 * 1000;

  /**
   * @param name the topic's name
   * @param partitions how many, fixed
   * @param config topic configuration by its Kafka names
   */
  public record Spec(String name, int partitions, Map<String, String> config) {}

  private Topics() {}

  /** The rows of a view; key = {@code tenant/id}; compacted; null = deleted. */
  public static String view(String view) {
    return VIEW_PREFIX + view;
  }

  public static Spec events() {
    return new Spec(EVENTS, PARTITIONS, Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
  }

  public static Spec cdcOffsets() {
    return new Spec(CDC_OFFSETS, 1, Map.of("cleanup.policy", "compact"));
  }

  public static Spec deadLetters() {
    return new Spec(
        DEAD_LETTERS,
        PARTITIONS,
        Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(THIRTY_DAYS_MILLIS)));
  }

  public static Spec viewSpec(String view) {
    return new Spec(view(view), PARTITIONS, Map.of("cleanup.policy", "compact"));
  }

  /** The topics that the given views and the log need. */
  public static List<Spec> all(List<String> views) {
    List<Spec> specs = new java.util.ArrayList<>(List.of(events(), cdcOffsets(), deadLetters()));
    views.forEach(view -> specs.add(viewSpec(view)));
    return List.copyOf(specs);
  }

  /** The partition of a tenant: Kafka's default partitioner over the key's UTF-8 bytes. */
  public static int partitionOf(String tenant) {
    return (murmur2(tenant.getBytes(UTF_8)) & 0x7fffffff) % PARTITIONS;
  }

  /** MurmurHash2, 32 bit, seed 0x9747b28c (Austin Appleby), as Kafka's producers use it. */
  private static int murmur2(byte[] data) {
    final int m = 0x5bd1e995;
    int length = data.length;
    int h = 0x9747b28c ^ length;
    int whole = length & ~3;
    for (int i = 0; i < whole; i += 4) {
      int k =
          (data[i] & 0xff)
              | (data[i + 1] & 0xff) << 8
              | (data[i + 2] & 0xff) << 16
              | (data[i + 3] & 0xff) << 24;
      k *= m;
      k ^= k >>> 24;
      k *= m;
      h *= m;
      h ^= k;
    }
    int rest = length & 3;
    if (rest > 0) {
      for (int i = rest - 1; i >= 0; i--) {
        h ^= (data[whole + i] & 0xff) << (8 * i);
      }
      h *= m;
    }
    h ^= h >>> 13;
    h *= m;
    return h ^ (h >>> 15);
  }
}
