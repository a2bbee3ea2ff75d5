package xalesin.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A running PostgreSQL, wherever it runs. Closing it stops it; a second close does nothing. */
public interface PostgresServer extends AutoCloseable {
  /** {@code jdbc:postgresql://host:port/database}, without credentials. */
  String jdbcUrl();

  /** A superuser. */
  String user();

  String password();

  /** The same server, another database. */
  default String jdbcUrl(String database) {
    return jdbcUrl().substring(0, jdbcUrl().lastIndexOf('/') + 1) + database;
  }

  /** A new connection to the server's database; the caller closes it. */
  default Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user(), password());
  }

  @Override
  void close();
}
