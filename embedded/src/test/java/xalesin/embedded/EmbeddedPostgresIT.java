package xalesin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
  /** One cluster for all: making one takes longer than any test. */
  @TempDir static Path folder;

  private final PostgresOptions options = PostgresOptions.in(folder);

  @Test
  void what_is_committed_is_there_after_a_restart_with_the_settings_that_make_it_durable()
      throws Exception {
    String password;
    try (var first = EmbeddedPostgres.start(options)) {
      password = first.password();
      execute(first, "create table kept (id int); insert into kept values (7)");
      execute(first, "select pg_create_logical_replication_slot('kept', 'pgoutput')");
    }
    assertThat(OrphanedPostgres.processesOn(folder.resolve("data"))).isEmpty();

    try (var second = EmbeddedPostgres.start(options)) {
      assertThat(second.password()).isEqualTo(password);
      assertThat(second.failed().toCompletableFuture()).isNotDone();
      assertThat(query(second, "select id from kept")).isEqualTo("7");
      assertThat(query(second, "select slot_name from pg_replication_slots")).isEqualTo("kept");
      assertThat(query(second, "show fsync")).isEqualTo("on");
      assertThat(query(second, "show synchronous_commit")).isEqualTo("on");
      assertThat(query(second, "show wal_level")).isEqualTo("logical");
      assertThat(query(second, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(second, "select current_setting('server_version_num')::int / 10000"))
          .isEqualTo("18");
    }
  }

  @Test
  void a_server_that_would_not_be_durable_is_refused_and_leaves_no_process() throws Exception {
    assertThatThrownBy(() -> EmbeddedPostgres.start(options.setting("fsync", "off")))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("fsync = on, but has off");

    try (var server = EmbeddedPostgres.start(options)) {
      execute(server, "create database careless");
      execute(server, "alter database careless set synchronous_commit = off");
    }
    assertThatThrownBy(() -> EmbeddedPostgres.start(options.database("careless")))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("synchronous_commit = on, but has off");

    assertThat(OrphanedPostgres.processesOn(folder.resolve("data"))).isEmpty();
  }

  @Test
  void nobody_enters_without_the_password() {
    try (var server = EmbeddedPostgres.start(options)) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void a_login_has_the_rights_of_its_role_and_the_password_of_this_start() throws Exception {
    try (var server = EmbeddedPostgres.start(options)) {
      Database first = server.login("clerk", "reader", false);
      execute(server, "create table secrets (id int)");
      assertThatThrownBy(() -> read(first, "select count(*) from secrets"))
          .hasMessageContaining("permission denied");
      execute(server, "grant select on secrets to reader");
      assertThat(read(first, "select count(*) from secrets")).isEqualTo("0");
      assertThat(
              read(first, "select rolsuper or rolreplication from pg_roles where rolname = user"))
          .isEqualTo("f");

      Database second = server.login("clerk", "reader", true);
      assertThat(read(second, "select rolreplication from pg_roles where rolname = user"))
          .isEqualTo("t");
      assertThatThrownBy(() -> read(first, "select 1"))
          .hasMessageContaining("password authentication failed");
      assertThat(Files.readString(folder.resolve("postgres.log")))
          .doesNotContain(first.password(), second.password());
    }
  }

  private static String read(Database database, String sql) throws SQLException {
    try (var connection = database.connect();
        var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void a_port_that_is_taken_and_a_setting_that_is_wrong_are_named() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(options.port(taken.getLocalPort())))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("postgres port " + taken.getLocalPort() + " is taken");
    }
    assertThatThrownBy(() -> EmbeddedPostgres.start(options.setting("no_such_setting", "1")))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("ended before it was ready")
        .hasMessageContaining("no_such_setting");
  }

  @Test
  void a_stale_process_file_that_names_another_living_process_does_not_stop_a_start()
      throws Exception {
    EmbeddedPostgres.start(options).close();
    Path data = folder.resolve("data");
    Files.writeString(
        data.resolve("postmaster.pid"),
        ProcessHandle.current().pid() + "\n" + data + "\n1\n5432\n\n127.0.0.1\n  1 1\nready\n");

    try (var server = EmbeddedPostgres.start(options)) {
      assertThat(query(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void a_cluster_whose_making_was_cut_short_is_made_again(@TempDir Path other) throws Exception {
    Path partial = Files.createDirectories(other.resolve("data.new"));
    Files.writeString(partial.resolve("postgresql.conf"), "half a line");
    Files.writeString(other.resolve("password"), "half");

    try (var server = EmbeddedPostgres.start(PostgresOptions.in(other))) {
      assertThat(query(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void the_owner_hears_when_the_server_ends_by_itself() throws Exception {
    try (var server = EmbeddedPostgres.start(options)) {
      OrphanedPostgres.processesOn(folder.resolve("data").toRealPath())
          .forEach(ProcessHandle::destroyForcibly);

      assertThat(server.failed().toCompletableFuture().get(30, TimeUnit.SECONDS))
          .hasMessageContaining("PostgreSQL ended");
    }
  }

  @Test
  void a_second_start_on_the_folder_is_refused() {
    try (var server = EmbeddedPostgres.start(options)) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(options))
          .isInstanceOf(DataFolderInUseException.class)
          .hasMessageContaining(folder.toString());
      assertThat(server.failed().toCompletableFuture()).isNotDone();
    }
  }

  private static void execute(PostgresServer server, String sql) throws SQLException {
    try (var connection = server.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PostgresServer server, String sql) throws SQLException {
    try (var connection = server.connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }
}
