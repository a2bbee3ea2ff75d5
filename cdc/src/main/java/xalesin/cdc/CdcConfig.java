package xalesin.cdc;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import xalesin.schemas.Topics;

/**
 * Everything that cdc is told.
 *
 * @param postgres the database of the event table
 * @param kafka where events go
 * @param slot the logical replication slot; also names the transactional producer
 * @param publication of the event table
 * @param events the topic of events
 * @param offsets the topic of published positions
 * @param limits how much and how long
 * @param refill whether a slot that was lost or is ahead is made anew, and what it has lost is
 *     published from the event table; without it the service stops and says so
 */
public record CdcConfig(
    Postgres postgres,
    Kafka kafka,
    String slot,
    String publication,
    Topics.Spec events,
    Topics.Spec offsets,
    Limits limits,
    boolean refill) {
  public static final String DEFAULT_SLOT = "xalesin";
  public static final String DEFAULT_PUBLICATION = "xalesin_events";

  /** What Postgres takes as a slot's name; it also goes unquoted into messages and SQL. */
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  public CdcConfig {
    requireName("slot", slot);
    requireName("publication", publication);
  }

  /** The configuration with everything but the addresses at its default. */
  public static CdcConfig of(Postgres postgres, Kafka kafka) {
    return new CdcConfig(
        postgres,
        kafka,
        DEFAULT_SLOT,
        DEFAULT_PUBLICATION,
        Topics.events(),
        Topics.cdcOffsets(),
        Limits.DEFAULTS);
  }

  /** That stops when the slot is lost. */
  public CdcConfig(
      Postgres postgres,
      Kafka kafka,
      String slot,
      String publication,
      Topics.Spec events,
      Topics.Spec offsets,
      Limits limits) {
    this(postgres, kafka, slot, publication, events, offsets, limits, false);
  }

  /** The same, repairing a lost slot or not. */
  public CdcConfig refill(boolean repairs) {
    return new CdcConfig(postgres, kafka, slot, publication, events, offsets, limits, repairs);
  }

  /** Zombies of this slot are fenced by this name. */
  String transactionalId() {
    return "xalesin-cdc-" + slot;
  }

  /**
   * @param password never printed
   */
  public record Postgres(String host, int port, String database, String user, String password) {
    private static final int DEFAULT_PORT = 5432;

    public Postgres {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("the database's port must be from 1 to 65535");
      }
    }

    /**
     * @param url {@code jdbc:postgresql://host:port/database}, parameters after {@code ?} are not
     *     used
     * @throws IllegalArgumentException when it is not of that form
     */
    public static Postgres parse(String url, String user, String password) {
      String prefix = "jdbc:postgresql://";
      if (!url.startsWith(prefix)) {
        throw new IllegalArgumentException("must begin with " + prefix);
      }
      URI uri = URI.create(url.substring("jdbc:".length()));
      String path = uri.getPath();
      if (uri.getHost() == null || path == null || path.length() < 2) {
        throw new IllegalArgumentException("must be jdbc:postgresql://host:port/database");
      }
      int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
      return new Postgres(uri.getHost(), port, path.substring(1), user, password);
    }

    String jdbcUrl() {
      return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
      return jdbcUrl() + " as " + user;
    }
  }

  /**
   * @param bootstrapServers {@code host:port} of brokers, comma-separated
   * @param client further settings of every Kafka client, such as security
   */
  public record Kafka(String bootstrapServers, Map<String, String> client) {
    public Kafka {
      client = Map.copyOf(client);
    }

    public static Kafka at(String bootstrapServers) {
      return new Kafka(bootstrapServers, Map.of());
    }
  }

  /**
   * @param confirm how often the slot hears what is published; what it has not heard comes again
   *     after a crash and is dropped
   * @param check how often the slot is inspected and the lease renewed
   * @param heartbeat how often an idle database is given something to publish, so that the slot
   *     moves
   * @param lease after this long without a sign the active process loses its place; several checks
   * @param retry the longest wait between attempts while something is unreachable
   * @param kafka the longest time for one send or one call to Kafka
   * @param transaction the longest Kafka transaction: one Postgres transaction, however large, has
   *     to pass in it; also the longest that readers wait for a process that vanished in one and
   *     was not replaced
   * @param close the longest time for a clean stop
   * @param batchRecords records that Debezium hands over at once
   */
  public record Limits(
      Duration confirm,
      Duration check,
      Duration heartbeat,
      Duration lease,
      Duration retry,
      Duration kafka,
      Duration transaction,
      Duration close,
      int batchRecords) {
    public static final Limits DEFAULTS =
        new Limits(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(8),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofSeconds(20),
            2_048);

    public Limits {
      if (lease.compareTo(check.multipliedBy(3)) < 0) {
        throw new IllegalArgumentException("the lease must be at least three checks long");
      }
      if (batchRecords < 1 || batchRecords > 65_536) {
        throw new IllegalArgumentException("batchRecords must be from 1 to 65536");
      }
    }
  }

  private static void requireName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the " + what + " must be lower-case letters, digits and _, at most 63: " + name);
    }
  }
}
