package xalesin.command;

import java.time.Duration;
import xalesin.command.store.StoreConfig;
import xalesin.schemas.config.Settings;

/**
 * What a command service needs to know.
 *
 * @param lanes groups of commands that may be under way at once; a tenant is always in one of them
 * @param queueCapacity commands that may wait in each lane; more are turned away with 503
 * @param patience how long a command may wait in its lane; after it, it is answered 503 and not
 *     executed
 * @param cacheWeight of the states kept in memory, each about a hundred bytes
 * @param keepAnswers how long the first answer to an idempotency key is known
 * @param forgetEvery how often older answers are deleted
 */
public record CommandConfig(
    StoreConfig store,
    int lanes,
    int queueCapacity,
    Duration patience,
    long cacheWeight,
    Duration keepAnswers,
    Duration forgetEvery) {
  public CommandConfig {
    if (lanes < 1 || lanes > store.connections() - 2) {
      throw new IllegalArgumentException(
          "lanes must be at least 1 and two fewer than the connections");
    }
    if (queueCapacity < 1 || cacheWeight < 0) {
      throw new IllegalArgumentException(
          "queueCapacity must be positive and cacheWeight not negative");
    }
    if (!patience.isPositive() || !keepAnswers.isPositive() || !forgetEvery.isPositive()) {
      throw new IllegalArgumentException("times must be positive");
    }
  }

  public static CommandConfig of(StoreConfig store) {
    return new CommandConfig(
        store,
        2,
        4_096,
        Duration.ofSeconds(10),
        300_000,
        Duration.ofDays(7),
        Duration.ofMinutes(1));
  }

  public static CommandConfig of(String jdbcUrl, String user, String password) {
    return of(StoreConfig.of(jdbcUrl, user, password));
  }

  /** The configuration of a service's own main, from {@code XALESIN_…}. */
  public static CommandConfig read(Settings settings) {
    CommandConfig preset = of("jdbc:postgresql://127.0.0.1:5433/xalesin", "xalesin", "");
    int lanes =
        settings.integer(
            "XALESIN_LANES", preset.lanes, 1, 32, "lanes", "Transactions under way at once");
    StoreConfig store = preset.store;
    String user =
        settings.required(
            "XALESIN_POSTGRES_USER", store.user(), "User of PostgreSQL, with the role xalesin_app");
    String password =
        settings.secret("XALESIN_POSTGRES_PASSWORD", "", "Password of the PostgreSQL user");
    String owner =
        settings.text("XALESIN_POSTGRES_OWNER", "", "Owner of the schema, if not the same user");
    String ownerPassword =
        settings.secret("XALESIN_POSTGRES_OWNER_PASSWORD", "", "Password of the owner");
    return new CommandConfig(
        new StoreConfig(
            settings.required("XALESIN_POSTGRES_URL", store.jdbcUrl(), "JDBC URL of PostgreSQL"),
            user,
            password,
            owner.isEmpty() ? user : owner,
            owner.isEmpty() ? password : ownerPassword,
            settings.text(
                "XALESIN_SLOT", store.slot(), "Replication slot that a new database gets"),
            lanes + 2,
            settings.duration(
                "XALESIN_POSTGRES_CONNECT_TIMEOUT",
                store.connectTimeout(),
                Duration.ofMillis(250),
                Duration.ofSeconds(30),
                "How long a command waits for a connection"),
            settings.duration(
                "XALESIN_STATEMENT_TIMEOUT",
                store.statementTimeout(),
                Duration.ofMillis(100),
                Duration.ofMinutes(5),
                "How long one statement may take"),
            settings.duration(
                "XALESIN_LOCK_TIMEOUT",
                store.lockTimeout(),
                Duration.ofMillis(100),
                Duration.ofMinutes(5),
                "How long a statement may wait for another transaction")),
        lanes,
        settings.integer(
            "XALESIN_COMMAND_QUEUE",
            preset.queueCapacity,
            1,
            1_000_000,
            "commands",
            "Commands that may wait in each lane"),
        settings.duration(
            "XALESIN_COMMAND_PATIENCE",
            preset.patience,
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            "How long a command may wait in its lane"),
        settings.number(
            "XALESIN_STATE_CACHE",
            preset.cacheWeight,
            0,
            1_000_000_000,
            "objects",
            "Objects of aggregates kept in memory, about 100 bytes each"),
        settings.duration(
            "XALESIN_KEEP_ANSWERS",
            preset.keepAnswers,
            Duration.ofMinutes(1),
            Duration.ofDays(365),
            "How long an idempotency key is known"),
        preset.forgetEvery);
  }
}
