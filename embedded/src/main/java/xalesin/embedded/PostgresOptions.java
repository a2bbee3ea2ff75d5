package xalesin.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to run a PostgreSQL of one's own.
 *
 * @param folder where its data, password and log live; created where missing
 * @param binaries where PostgreSQL's programs are unpacked to; may be shared by many servers
 * @param bind the address to listen on, besides 127.0.0.1
 * @param port the port, 0 for a free one
 * @param database the database to connect to; created where missing
 * @param sharedBuffersMegabytes PostgreSQL's own page cache
 * @param maxConnections how many clients at once
 * @param maxReplicationSlots how many replication slots, and as many WAL senders
 * @param maxSlotWalMegabytes how much WAL a slot that nobody reads may hold back before it is lost
 * @param startWithin how long a start may take, crash recovery included
 * @param stopWithin how long a clean stop may take before it is forced
 * @param settings further settings of postgresql.conf; they win over ours
 */
public record PostgresOptions(
    Path folder,
    Path binaries,
    String bind,
    int port,
    String database,
    int sharedBuffersMegabytes,
    int maxConnections,
    int maxReplicationSlots,
    int maxSlotWalMegabytes,
    Duration startWithin,
    Duration stopWithin,
    Map<String, String> settings) {

  public PostgresOptions {
    Checks.address("postgres bind address", bind);
    Checks.port("postgres port", port);
    Checks.matches("postgres database", database, "[a-z_][a-z0-9_]{0,62}");
    Checks.between("postgres sharedBuffersMegabytes", sharedBuffersMegabytes, 1, 65_536);
    Checks.between("postgres maxConnections", maxConnections, 4, 10_000);
    Checks.between("postgres maxReplicationSlots", maxReplicationSlots, 1, 1_000);
    Checks.between("postgres maxSlotWalMegabytes", maxSlotWalMegabytes, 64, 1_048_576);
    Checks.positive("postgres startWithin", startWithin);
    Checks.positive("postgres stopWithin", stopWithin);
    settings.keySet().forEach(key -> Checks.matches("postgres setting", key, "[a-z][a-z0-9_.]*"));
    settings = Map.copyOf(settings);
  }

  /** A laptop's server on 127.0.0.1 and a free port, with its data in the folder. */
  public static PostgresOptions in(Path folder) {
    return new PostgresOptions(
        folder,
        PostgresBinaries.usualFolder(folder),
        "127.0.0.1",
        0,
        "xalesin",
        128,
        64,
        16,
        4096,
        Duration.ofMinutes(2),
        Duration.ofSeconds(20),
        Map.of());
  }

  public PostgresOptions binaries(Path folder) {
    return copy(folder, bind, port, database, settings);
  }

  public PostgresOptions bind(String address) {
    return copy(binaries, address, port, database, settings);
  }

  public PostgresOptions port(int number) {
    return copy(binaries, bind, number, database, settings);
  }

  public PostgresOptions database(String name) {
    return copy(binaries, bind, port, name, settings);
  }

  /** One more setting of postgresql.conf. */
  public PostgresOptions setting(String key, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(key, value);
    return copy(binaries, bind, port, database, more);
  }

  private PostgresOptions copy(
      Path binaries, String bind, int port, String database, Map<String, String> settings) {
    return new PostgresOptions(
        folder,
        binaries,
        bind,
        port,
        database,
        sharedBuffersMegabytes,
        maxConnections,
        maxReplicationSlots,
        maxSlotWalMegabytes,
        startWithin,
        stopWithin,
        settings);
  }

  /** The settings that the server is started with: ours, then the caller's. */
  Map<String, String> serverSettings() {
    Map<String, String> all = new TreeMap<>();
    // What an acknowledged commit means. Asserted again once the server runs.
    all.put("fsync", "on");
    all.put("synchronous_commit", "on");
    all.put("full_page_writes", "on");
    // Capture from the WAL: a commit wakes its sender at once, a lost reader lets go of its slot.
    all.put("wal_level", "logical");
    all.put("max_replication_slots", Integer.toString(maxReplicationSlots));
    all.put("max_wal_senders", Integer.toString(maxReplicationSlots));
    all.put("max_slot_wal_keep_size", maxSlotWalMegabytes + "MB");
    all.put("wal_sender_timeout", "30s");
    all.put("max_wal_size", "2GB");
    all.put("min_wal_size", "128MB");
    // A laptop shares its memory and its two cores.
    all.put("shared_buffers", sharedBuffersMegabytes + "MB");
    all.put("max_connections", Integer.toString(maxConnections));
    all.put("max_parallel_workers_per_gather", "0");
    all.put("io_method", "sync");
    all.put("jit", "off");
    all.put("timezone", "UTC");
    all.put("log_timezone", "UTC");
    // Clients are told of their own errors; the log keeps what the server has to say.
    all.put("log_min_messages", "log");
    all.put("log_checkpoints", "off");
    all.put("listen_addresses", listenAddresses());
    all.put("unix_socket_directories", "");
    all.put("password_encryption", "scram-sha-256");
    all.putAll(settings);
    return all;
  }

  private String listenAddresses() {
    var address = Checks.resolve("postgres bind address", bind);
    if (address.isAnyLocalAddress()) {
      return bind;
    }
    return address.isLoopbackAddress() ? "127.0.0.1" : "127.0.0.1," + bind;
  }

  boolean loopbackOnly() {
    return Checks.resolve("postgres bind address", bind).isLoopbackAddress();
  }
}
