package xalesin.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;

/** What PostgreSQL itself keeps the service and cdc from, by logins that have their roles only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseRolesIT {
  private static final List<String> GUARDED = List.of("events", "claims", "idempotency", "numbers");

  private final Database owner = TestServers.freshDatabase("roles");
  private final Database app = login("roles_it_app", "xalesin_app");
  private final Database capture = login("roles_it_capture", "xalesin_capture");
  private final StreamKey ours = new StreamKey("a", "s/1");
  private final StreamKey theirs = new StreamKey("b", "s/1");
  private EventStore store;

  @BeforeAll
  void writeForBoth() {
    store =
        EventStore.open(
            StoreConfig.of(app.jdbcUrl(), app.user(), app.password())
                .withOwner(owner.user(), owner.password())
                .withSlot(""));
    for (StreamKey stream : List.of(ours, theirs)) {
      try (Session session = begin(stream.tenant())) {
        session.write(everything(stream));
        session.commit();
      }
    }
  }

  @AfterAll
  void close() throws SQLException {
    store.close();
    for (Database login : List.of(app, capture)) {
      execute(owner, "drop role " + login.user());
    }
  }

  /** The role it is given is made here when no other database of the server has made it. */
  private Database login(String name, String role) {
    try (Connection connection = owner.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "do $$ begin create role %s nologin; exception when duplicate_object then null; end $$"
              .formatted(role));
      String password = UUID.randomUUID().toString();
      statement.execute(
          "create role %s login password '%s' in role %s".formatted(name, password, role));
      return new Database(owner.jdbcUrl(), name, password);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Changes everything(StreamKey stream) {
    String tenant = stream.tenant();
    Instant now = Instant.now();
    return new Changes(
        List.of(
            new NewEvent(
                stream, 1, UUID.randomUUID(), "T", 1, "{}", now, "ann", "c", null, null, null)),
        Map.of(),
        Map.of(new ClaimKey(tenant, "sku", "CHAI"), stream.stream()),
        Map.of(new SeriesKey(tenant, "invoices"), new NumbersTaken(0, 1)),
        List.of(
            new StoredAnswer.First(
                new IdempotencyKey(tenant, "ann", "k"),
                new byte[] {1},
                new StoredAnswer(200, "{}", Map.of()),
                now.minus(Duration.ofDays(8)))));
  }

  private Session begin(String... tenants) {
    SortedSet<String> sorted = new TreeSet<>(List.of(tenants));
    return store.begin(sorted);
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(Database database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String before : List.of(statements).subList(0, statements.length - 1)) {
        statement.execute(before);
      }
      try (ResultSet row = statement.executeQuery(statements[statements.length - 1])) {
        List<String> values = new ArrayList<>();
        while (row.next()) {
          values.add(row.getString(1));
        }
        return values;
      }
    }
  }

  private static final String AS_A = "set local xalesin.tenants = 'a'";

  private static void isDenied(Database database, String sql) {
    assertThatThrownBy(() -> query(database, AS_A, sql + " returning 1"))
        .as(sql)
        .hasMessageContaining("permission denied");
  }

  @Test
  void a_transaction_sees_the_rows_of_its_tenants_only() throws SQLException {
    for (String table : GUARDED) {
      String select = "select tenant from xalesin." + table + " order by 1";
      assertThat(query(app, select)).as("%s, nobody named", table).isEmpty();
      assertThat(query(app, AS_A, select)).as(table).containsExactly("a");
      assertThat(query(app, "set local xalesin.tenants = 'a,b'", select))
          .as("%s, one commit for both", table)
          .containsExactly("a", "b");
      assertThat(query(app, AS_A, select.replace(" order", " where tenant = 'b' order"))).isEmpty();
    }
  }

  @Test
  void a_transaction_writes_no_row_of_another_tenant() {
    for (String insert :
        List.of(
            "insert into xalesin.claims values ('b', 'sku', 'TEA', 's/9')",
            "insert into xalesin.numbers values ('b', 'orders', 1, 0)",
            """
            insert into xalesin.idempotency values ('b', 'ann', 'n', '', 200, '{}', '{}', now())
            """,
            """
            insert into xalesin.events values ('b', 's/9', 1, gen_random_uuid(), 'T', 1, '{}',
              now(), 'ann', 'c')
            """)) {
      assertThatThrownBy(() -> query(app, AS_A, insert + " returning tenant"))
          .as(insert)
          .hasMessageContaining("violates row-level security policy");
    }
  }

  @Test
  void what_a_transaction_changes_leaves_other_tenants_alone() throws SQLException {
    assertThat(query(app, AS_A, "delete from xalesin.claims returning tenant"))
        .containsExactly("a");
    assertThat(
            query(
                app,
                AS_A,
                "update xalesin.numbers set last = last + 1, before = last returning tenant"))
        .containsExactly("a");
    assertThatThrownBy(
            () -> query(app, AS_A, "update xalesin.numbers set tenant = 'b' returning tenant"))
        .hasMessageContaining("violates row-level security policy");
  }

  @Test
  void the_store_keeps_to_the_tenants_it_was_begun_for() {
    List<Long> versions = new ArrayList<>();
    try (Session session = begin("a")) {
      session.tails(
          List.of(ours, theirs),
          new long[] {0, 0},
          (place, _, _, _, _) -> versions.add((long) place));
    }
    assertThat(versions).as("the place of ours").containsExactly(0L);
    Changes changes = everything(new StreamKey("b", "s/2"));
    assertThatThrownBy(
            () -> {
              try (Session session = begin("a")) {
                session.write(changes);
              }
            })
        .hasRootCauseMessage(
            "ERROR: new row violates row-level security policy for table \"events\"");
  }

  @Test
  void a_database_of_before_keeps_its_log_and_gets_its_roles() throws SQLException {
    Database before = TestServers.freshDatabase("roles_before");
    Flyway.configure()
        .dataSource(before.jdbcUrl(), before.user(), before.password())
        .schemas(Migrations.SCHEMA)
        .defaultSchema(Migrations.SCHEMA)
        .locations("classpath:xalesin/command/migrations")
        .placeholders(Map.of("publication", StoreConfig.PUBLICATION, "slot", ""))
        .target("4")
        .load()
        .migrate();
    execute(
        before,
        "insert into xalesin.events values ('a', 's/1', 1, gen_random_uuid(), 'T', 1, '{}', now(),"
            + " 'ann', 'c')");
    Database login = new Database(before.jdbcUrl(), app.user(), app.password());
    StoreConfig config =
        StoreConfig.of(login.jdbcUrl(), login.user(), login.password())
            .withOwner(before.user(), before.password())
            .withSlot("");
    List<Long> versions = new ArrayList<>();
    try (EventStore upgraded = EventStore.open(config);
        Session session = upgraded.begin(new TreeSet<>(List.of("a")))) {
      session.tails(List.of(ours), new long[] {0}, (_, version, _, _, _) -> versions.add(version));
    }
    assertThat(versions).containsExactly(1L);
    assertThat(query(login, "select tenant from xalesin.events")).isEmpty();
  }

  @Test
  void a_setting_ends_with_its_transaction() {
    try (Session session = begin("a")) {
      assertThat(session.owners(List.of(new ClaimKey("a", "sku", "CHAI")))).hasSize(1);
    }
    try (Session session = begin("b")) {
      assertThat(session.owners(List.of(new ClaimKey("a", "sku", "CHAI")))).isEmpty();
    }
  }

  @Test
  void the_application_cannot_change_the_log_or_more_than_it_must() {
    isDenied(app, "update xalesin.events set actor = 'nobody'");
    isDenied(app, "delete from xalesin.events");
    isDenied(app, "delete from xalesin.numbers");
    isDenied(app, "update xalesin.claims set stream = 's/9'");
    isDenied(app, "update xalesin.idempotency set status = 500");
    isDenied(app, "delete from xalesin.idempotency");
    for (String statement :
        List.of(
            "truncate xalesin.events",
            "alter table xalesin.events disable row level security",
            "alter table xalesin.events disable trigger all",
            "drop policy tenants_of_the_transaction on xalesin.events",
            "create table xalesin.mine (x int)",
            "create table public.mine (x int)",
            "select * from xalesin.flyway_schema_history",
            "create role mine",
            "set role " + owner.user())) {
      assertThatThrownBy(() -> execute(app, statement))
          .as(statement)
          .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
  }

  @Test
  void nobody_but_the_owner_owns_anything() throws SQLException {
    assertThat(
            query(
                owner,
                """
                select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
                where r.rolname in ('xalesin_app', 'xalesin_capture', '%s', '%s')
                """
                    .formatted(app.user(), capture.user())))
        .isEmpty();
    assertThat(
            query(
                owner,
                """
                select rolname from pg_roles where (rolsuper or rolbypassrls or rolcreaterole)
                  and rolname in ('xalesin_app', 'xalesin_capture', '%s', '%s')
                """
                    .formatted(app.user(), capture.user())))
        .isEmpty();
  }

  @Test
  void every_table_with_a_tenant_is_guarded_and_its_owner_not_let_off() throws SQLException {
    String tables =
        """
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
        where n.nspname = 'xalesin' and c.relkind = 'r' %s order by 1
        """;
    assertThat(query(owner, tables.formatted("")))
        .containsExactlyInAnyOrderElementsOf(GUARDED)
        .isEqualTo(
            query(owner, tables.formatted("and c.relrowsecurity and c.relforcerowsecurity")));
  }

  @Test
  void old_answers_are_forgotten_unseen() {
    assertThat(store.forgetAnswers(Duration.ofDays(30), 10)).isZero();
    isDenied(capture, "delete from xalesin.idempotency");
    assertThatThrownBy(() -> execute(capture, "select xalesin.forget_answers(60, 10)"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void capture_reads_the_log_and_nothing_else_and_writes_nothing() throws SQLException {
    assertThat(query(capture, "select tenant from xalesin.events order by 1"))
        .containsExactly("a", "b");
    for (String table : List.of("claims", "idempotency", "numbers")) {
      assertThatThrownBy(() -> query(capture, AS_A, "select * from xalesin." + table))
          .hasMessageContaining("permission denied");
    }
    isDenied(capture, "delete from xalesin.events");
    isDenied(capture, "update xalesin.events set actor = 'nobody'");
    isDenied(
        capture,
        "insert into xalesin.events values ('a', 's/9', 1, gen_random_uuid(), 'T', 1, '{}', now(),"
            + " 'ann', 'c')");
    assertThatThrownBy(() -> execute(capture, "truncate xalesin.events"))
        .hasMessageContaining("permission denied");
  }
}
