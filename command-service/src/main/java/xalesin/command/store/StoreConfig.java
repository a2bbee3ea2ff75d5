package xalesin.command.store;

import java.time.Duration;

/**
 * Where the event store is and how long anything there may take.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}
 * @param user of the commands: a login with the role xalesin_app, or the owner
 * @param owner of the schema, who runs the migrations
 * @param slot the logical replication slot that a new database gets, empty for none
 * @param connections in the pool: one per lane, and two for health and housekeeping
 * @param connectTimeout how long a command waits for a connection
 * @param statementTimeout how long one statement may take
 * @param lockTimeout how long a statement may wait for another transaction
 */
public record StoreConfig(
    String jdbcUrl,
    String user,
    String password,
    String owner,
    String ownerPassword,
    String slot,
    int connections,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration lockTimeout) {
  /** As cdc looks for them. */
  public static final String SLOT = "xalesin";

  public static final String PUBLICATION = "xalesin_events";

  public StoreConfig {
    if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("jdbcUrl must begin with jdbc:postgresql:");
    }
    if (!slot.matches("[a-z0-9_]{0,63}")) {
      throw new IllegalArgumentException("slot must be lower-case letters, digits and _");
    }
    if (connections < 3 || connections > 100) {
      throw new IllegalArgumentException("connections must be from 3 to 100");
    }
    // HikariCP takes no shorter wait.
    if (connectTimeout.toMillis() < 250) {
      throw new IllegalArgumentException("connectTimeout must be at least 250 ms");
    }
    if (!statementTimeout.isPositive() || !lockTimeout.isPositive()) {
      throw new IllegalArgumentException("timeouts must be positive");
    }
  }

  /** One login for commands and migrations. */
  public static StoreConfig of(String jdbcUrl, String user, String password) {
    return new StoreConfig(
        jdbcUrl,
        user,
        password,
        user,
        password,
        SLOT,
        4,
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofSeconds(3));
  }

  public StoreConfig withSlot(String newSlot) {
    return new StoreConfig(
        jdbcUrl,
        user,
        password,
        owner,
        ownerPassword,
        newSlot,
        connections,
        connectTimeout,
        statementTimeout,
        lockTimeout);
  }

  /** The commands by the user, the migrations by another. */
  public StoreConfig withOwner(String newOwner, String newOwnerPassword) {
    return new StoreConfig(
        jdbcUrl,
        user,
        password,
        newOwner,
        newOwnerPassword,
        slot,
        connections,
        connectTimeout,
        statementTimeout,
        lockTimeout);
  }

  /** Without the password: records get logged. */
  @Override
  public String toString() {
    return "StoreConfig["
        + jdbcUrl
        + ", user="
        + user
        + ", owner="
        + owner
        + ", slot="
        + slot
        + "]";
  }
}
