package xalesin.command.store;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Brings the schema up to date. Several services may do so at once. */
final class Migrations {
  static final String SCHEMA = "xalesin";

  /** With Flyway's own pauses about a minute: PostgreSQL may still be starting. */
  private static final int CONNECT_RETRIES = 6;

  private Migrations() {}

  static void run(StoreConfig config) {
    FluentConfiguration flyway = Flyway.configure();
    // The slot's migration waits for all older transactions; Flyway's lock must not be one.
    flyway
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    flyway
        .dataSource(config.jdbcUrl(), config.owner(), config.ownerPassword())
        .connectRetries(CONNECT_RETRIES)
        .schemas(SCHEMA)
        .defaultSchema(SCHEMA)
        .createSchemas(true)
        .locations("classpath:xalesin/command/migrations")
        .placeholders(Map.of("publication", StoreConfig.PUBLICATION, "slot", config.slot()))
        .load()
        .migrate();
  }
}
