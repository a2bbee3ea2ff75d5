package xalesin.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL as a child process, on a durable folder that belongs to this program alone.
 *
 * <p>Layout of the folder: {@code data} (the cluster), {@code password}, {@code pg_hba.conf},
 * {@code postgres.log}. Safe for use by several threads. A start either ends with a server whose
 * durability settings were read back, or throws and leaves no process behind. A server left over by
 * a killed program is stopped first; what it had acknowledged is there again after the start.
 */
public final class EmbeddedPostgres implements PostgresServer {
  /** The files of PostgreSQL within its folder. */
  public static final String CLUSTER = "data";

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private static final String USER = "postgres";
  private static final int PASSWORD_BYTES = 16;

  /** Without these an acknowledged command is not durable, or nothing can be captured. */
  private static final Map<String, String> REQUIRED =
      Map.of(
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "wal_level", "logical");

  private final DataFolder folder;
  private final PostgresProcess process;
  private final String jdbcUrl;
  private final String password;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();

  private EmbeddedPostgres(
      DataFolder folder, PostgresProcess process, String jdbcUrl, String password) {
    this.folder = folder;
    this.process = process;
    this.jdbcUrl = jdbcUrl;
    this.password = password;
    process.onExit(this::exited);
  }

  /**
   * Starts the server on the folder and creates the database where it is missing.
   *
   * @throws DataFolderInUseException when another program has the folder
   * @throws EmbeddedServerException when the server does not start in time, or not as it must
   */
  public static EmbeddedPostgres start(PostgresOptions options) {
    DataFolder folder = DataFolder.open(options.folder());
    EmbeddedPostgres started = null;
    try {
      started = start(folder, options);
      return started;
    } catch (IOException e) {
      throw new EmbeddedServerException("PostgreSQL on " + folder.path() + ": " + e, e);
    } finally {
      if (started == null) {
        folder.close();
      }
    }
  }

  private static EmbeddedPostgres start(DataFolder folder, PostgresOptions options)
      throws IOException {
    long began = System.nanoTime();
    PostgresPrograms programs =
        new PostgresPrograms(PostgresBinaries.unpackInto(options.binaries()));
    Path data = folder.resolve(CLUSTER);
    OrphanedPostgres.stop(data);
    String password = initialise(folder, programs);
    writeAccessRules(folder, options.loopbackOnly());
    PostgresProcess process = PostgresProcess.start(programs, folder, options);
    boolean ready = false;
    try {
      String jdbcUrl = "jdbc:postgresql://127.0.0.1:" + process.port() + "/" + options.database();
      createDatabase(process.port(), options.database(), password);
      assertDurable(jdbcUrl, password);
      ready = true;
      log.info(
          "PostgreSQL on {} at port {} after {} ms",
          data,
          process.port(),
          (System.nanoTime() - began) / 1_000_000);
      return new EmbeddedPostgres(folder, process, jdbcUrl, password);
    } finally {
      if (!ready) {
        process.stop();
      }
    }
  }

  /**
   * Makes the cluster in a folder beside its own, so that a half-made one is never taken for one.
   */
  private static String initialise(DataFolder folder, PostgresPrograms programs)
      throws IOException {
    Path password = folder.resolve("password");
    if (Files.exists(folder.resolve(CLUSTER))) {
      return Files.readString(password);
    }
    Path partial = folder.resolve("data.new");
    DataFolder.delete(partial);
    Files.deleteIfExists(password);
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, randomPassword());
    programs.initdb(partial, USER, password);
    try {
      Files.move(partial, folder.resolve(CLUSTER), StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new EmbeddedServerException("The folder " + folder.path() + " spans two disks", e);
    }
    return Files.readString(password);
  }

  private static void writeAccessRules(DataFolder folder, boolean loopbackOnly) throws IOException {
    StringBuilder rules = new StringBuilder();
    for (String from :
        loopbackOnly ? new String[] {"127.0.0.1/32"} : new String[] {"0.0.0.0/0", "::0/0"}) {
      rules.append("host all all ").append(from).append(" scram-sha-256\n");
      rules.append("host replication all ").append(from).append(" scram-sha-256\n");
    }
    Files.writeString(folder.resolve("pg_hba.conf"), rules, StandardCharsets.US_ASCII);
  }

  private static void createDatabase(int port, String database, String password) {
    try (Connection connection =
            connect("jdbc:postgresql://127.0.0.1:" + port + "/postgres", password);
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("select 1 from pg_database where datname = '" + database + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("create database " + database);
    } catch (SQLException e) {
      throw new EmbeddedServerException("The database " + database + " was not created: " + e, e);
    }
  }

  private static void assertDurable(String jdbcUrl, String password) {
    try (Connection connection = connect(jdbcUrl, password);
        Statement statement = connection.createStatement()) {
      for (var required : REQUIRED.entrySet()) {
        try (ResultSet shown = statement.executeQuery("show " + required.getKey())) {
          String value = shown.next() ? shown.getString(1) : "unknown";
          if (!required.getValue().equals(value)) {
            throw new EmbeddedServerException(
                "PostgreSQL must run with %s = %s, but has %s: stopped"
                    .formatted(required.getKey(), required.getValue(), value));
          }
        }
      }
    } catch (SQLException e) {
      throw new EmbeddedServerException("PostgreSQL does not show its settings: " + e, e);
    }
  }

  private static Connection connect(String jdbcUrl, String password) throws SQLException {
    Properties properties = new Properties();
    properties.put("user", USER);
    properties.put("password", password);
    properties.put("connectTimeout", "10");
    properties.put("socketTimeout", "60");
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  private void exited(int code) {
    if (!closed.get()) {
      log.error("PostgreSQL ended by itself with exit code {}", code);
      failed.complete(new EmbeddedServerException("PostgreSQL ended with exit code " + code));
    }
  }

  /**
   * A login of its own for a part of the program, with the rights of a role and a new password that
   * nobody else knows: the server keeps a SCRAM verifier of it, no log has it. The password of
   * before is over.
   *
   * @param name lower-case letters and _
   * @param role whose rights it has; made, without any, when it is missing
   * @param replication whether it may read the WAL
   */
  public Database login(String name, String role, boolean replication) {
    Checks.matches("login", name, "[a-z_]{1,63}");
    Checks.matches("role", role, "[a-z_]{1,63}");
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      createRole(statement, role, "nologin");
      createRole(statement, name, "login");
      statement.execute(
          "alter role %s login nosuperuser nocreatedb nocreaterole nobypassrls %s"
              .formatted(name, replication ? "replication" : "noreplication"));
      statement.execute("grant %s to %s".formatted(role, name));
      String random = randomPassword();
      statement.execute("set log_min_error_statement = panic");
      statement.execute("set log_statement = none");
      statement.execute("set log_min_duration_statement = -1");
      statement.execute("alter role %s password '%s'".formatted(name, random));
      return new Database(jdbcUrl, name, random);
    } catch (SQLException e) {
      throw new EmbeddedServerException("The login " + name + " was not made: " + e, e);
    }
  }

  private static void createRole(Statement statement, String name, String kind)
      throws SQLException {
    try (ResultSet found =
        statement.executeQuery("select 1 from pg_roles where rolname = '" + name + "'")) {
      if (found.next()) {
        return;
      }
    }
    statement.execute("create role " + name + " " + kind);
  }

  private static String randomPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Completes with the reason when the server ends without having been closed. */
  public CompletionStage<Throwable> failed() {
    return failed.minimalCompletionStage();
  }

  @Override
  public String jdbcUrl() {
    return jdbcUrl;
  }

  @Override
  public String user() {
    return USER;
  }

  @Override
  public String password() {
    return password;
  }

  /** Stops the server cleanly, by force after the bound, and gives the folder back. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (folder) {
      process.stop();
    }
  }
}
