package xalesin.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xalesin.command.CommandNode.Answer;
import xalesin.command.CommandNode.User;
import xalesin.command.decision.Books;
import xalesin.command.decision.Books.Recorded;
import xalesin.edge.Role;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.settings.TenantSettingsEvent;

/** Settings, accounts and the journal, from HTTP to the table, at two services on one database. */
class LedgerIT {
  private static final long SEED = 20_260_310;
  private static final int POSTERS = 8;
  private static final int CLOSINGS = 20;
  private static final Database DATABASE = TestServers.freshDatabase("ledger");
  private static final Log LOG = new Log(DATABASE);
  private static final CommandNode ONE = new CommandNode(DATABASE);
  private static final CommandNode OTHER = new CommandNode(DATABASE);

  /** The default chart has the same ids in every tenant. */
  private static final Books CHART = new Books();

  private static final String BANK = CHART.account("1000").toString();
  private static final String EXPENSES = CHART.account("6000").toString();

  private static final String SETTINGS = "/api/tenant-settings";
  private static final String ACCOUNTS = "/api/accounts";
  private static final String ENTRIES = "/api/financial-transactions";

  @AfterAll
  static void stop() {
    ONE.close();
    OTHER.close();
  }

  private static User user(CommandNode node, String tenant, Role role) {
    return new User(node, CommandNode.token(tenant, role.text(), role));
  }

  private static User accountant(String tenant) {
    return user(ONE, tenant, Role.ACCOUNTANT);
  }

  private static String account(String code) {
    return """
    {"code":"%s","name":"Till","type":"asset"}"""
        .formatted(code);
  }

  private static String entry(String date) {
    return entry(UUID.randomUUID().toString(), date, EXPENSES);
  }

  private static String entry(String id, String date, String debited) {
    return """
    {"id":"%s","effectiveDate":"%s","memo":"Rent","postings":[
      {"account":"%s","debit":{"amount":"800","currency":"EUR"}},
      {"account":"%s","credit":{"amount":"800","currency":"EUR"}}]}"""
        .formatted(id, date, debited, BANK);
  }

  private static String closePeriod(LocalDate through) {
    return """
    {"through":"%s"}"""
        .formatted(through);
  }

  private static String defaultAccount(String purpose, String account) {
    return """
    {"defaultAccounts":{"%s":%s}}"""
        .formatted(purpose, account);
  }

  private static String id(Answer answer) {
    return answer.body().path("id").asText();
  }

  // One command after another

  @Test
  void an_entry_and_its_reversal_are_events_in_the_table() {
    User ann = accountant("entries");
    Answer posted = ann.post(ENTRIES, entry("2025-03-10"));
    assertThat(posted.status()).isEqualTo(201);
    assertThat(posted.header("Location")).isEqualTo(ENTRIES + "/" + id(posted));
    assertThat(posted.body().path("events").toString()).isEqualTo("[\"TransactionPosted\"]");
    Answer reversed =
        ann.post(
            ENTRIES + "/" + id(posted) + "/reverse",
            """
            {"effectiveDate":"2025-03-11","reason":"wrong account"}""",
            "If-Match",
            "\"1\"");
    assertThat(reversed.status()).isEqualTo(200);
    assertThat(reversed.version()).isEqualTo(2);
    FinancialTransactionEvent.Reversed event =
        (FinancialTransactionEvent.Reversed) LOG.stream("entries", id(posted)).getLast().event();
    FinancialTransactionEvent.Posted opposite =
        (FinancialTransactionEvent.Posted)
            LOG.stream("entries", event.by().toString()).getFirst().event();
    assertThat(opposite.number()).isEqualTo("JE-2025-000002");
    assertThat(opposite.effectiveDate()).isEqualTo("2025-03-11");
    assertThat(opposite.reverses()).hasToString(id(posted));
  }

  @Test
  void the_same_entry_sent_twice_is_posted_once() {
    User ann = accountant("twice");
    String body = entry("2025-03-10");
    assertThat(ann.post(ENTRIES, body).status()).isEqualTo(201);
    Answer again = ann.post(ENTRIES, body);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("events").isEmpty()).isTrue();
    String other = body.replace("Rent", "Lease");
    assertThat(ann.post(ENTRIES, other).problem()).isEqualTo("/problems/already-exists");
  }

  @Test
  void an_account_goes_through_all_its_verbs() {
    User ann = accountant("accounts");
    Answer opened = ann.post(ACCOUNTS, account("1010"));
    assertThat(opened.status()).isEqualTo(201);
    String path = ACCOUNTS + "/" + id(opened);
    assertThat(ann.send("PATCH", path, "{\"name\":\"Petty cash\"}").version()).isEqualTo(2);
    assertThat(ann.post(path + "/close", "").version()).isEqualTo(3);
    assertThat(ann.post(ACCOUNTS, account("1010")).problem())
        .isEqualTo("/problems/account-code-taken");
  }

  @Test
  void settings_are_of_the_tenant_and_have_no_id_in_their_path() {
    User admin = user(ONE, "settings", Role.ADMIN);
    Answer changed = admin.send("PUT", SETTINGS, "{\"baseCurrency\":\"USD\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.version()).isEqualTo(2);
    assertThat(admin.send("PUT", SETTINGS, "{\"baseCurrency\":\"USD\"}").version()).isEqualTo(2);
    assertThat(
            admin
                .post(SETTINGS + "/close-period", closePeriod(LocalDate.of(2025, 1, 31)))
                .version())
        .isEqualTo(3);
    Answer closed = admin.post(ENTRIES, entry("2025-01-31"));
    assertThat(closed.status()).isEqualTo(409);
    assertThat(closed.problem()).isEqualTo("/problems/period-closed");
    assertThat(closed.body().path("closedThrough").asText()).isEqualTo("2025-01-31");
    assertThat(admin.post(SETTINGS + "/reopen-period", "{\"reason\":\"late bill\"}").version())
        .isEqualTo(4);
    assertThat(admin.post(ENTRIES, entry("2025-01-31")).status()).isEqualTo(201);
    assertThat(admin.post(SETTINGS + "/reopen-period", "{\"reason\":\"late bill\"}").problem())
        .isEqualTo("/problems/period-not-closed");
    Answer inUse = admin.post(ACCOUNTS + "/" + BANK + "/close", "");
    assertThat(inUse.problem()).isEqualTo("/problems/account-in-use");
    assertThat(inUse.body().path("purpose").asText()).isEqualTo("cash");
  }

  @Test
  void what_is_not_there_is_not_found() {
    User ann = accountant("missing");
    String nobodys = "/" + UUID.randomUUID();
    Answer account = ann.post(ACCOUNTS + nobodys + "/close", "");
    assertThat(account.status()).isEqualTo(404);
    assertThat(account.problem()).isEqualTo("/problems/account-not-found");
    Answer transaction = ann.post(ENTRIES + nobodys + "/reverse", "{\"reason\":\"wrong\"}");
    assertThat(transaction.status()).isEqualTo(404);
    assertThat(transaction.problem()).isEqualTo("/problems/transaction-not-found");
    Answer posted =
        ann.post(
            ENTRIES,
            entry(UUID.randomUUID().toString(), "2025-03-10", UUID.randomUUID().toString()));
    assertThat(posted.status()).as("what the body names is refused").isEqualTo(409);
    assertThat(posted.problem()).isEqualTo("/problems/unknown-account");
  }

  // Roles

  @Test
  void a_clerk_neither_posts_nor_touches_accounts_periods_or_settings() {
    User clerk = user(ONE, "roles-clerk", Role.CLERK);
    assertThat(clerk.post(ENTRIES, entry("2025-03-10")).status()).isEqualTo(403);
    assertThat(clerk.post(ENTRIES + "/" + BANK + "/reverse", "{\"reason\":\"x\"}").status())
        .isEqualTo(403);
    assertThat(clerk.post(ACCOUNTS, account("1010")).status()).isEqualTo(403);
    assertThat(clerk.send("PATCH", ACCOUNTS + "/" + BANK, "{\"name\":\"x\"}").status())
        .isEqualTo(403);
    assertThat(clerk.post(ACCOUNTS + "/" + EXPENSES + "/close", "").status()).isEqualTo(403);
    assertThat(
            clerk.post(SETTINGS + "/close-period", closePeriod(LocalDate.of(2025, 1, 31))).status())
        .isEqualTo(403);
    assertThat(clerk.send("PUT", SETTINGS, "{}").status()).isEqualTo(403);
    Answer line =
        clerk.lines(
            "",
            "{\"command\":\"financial-transactions.post\",\"data\":%s}"
                .formatted(entry("2025-03-10").replace("\n", " ")));
    assertThat(line.response().body()).contains("\"status\":403");
    assertThat(LOG.tenant("roles-clerk")).isEmpty();
  }

  @Test
  void an_accountant_posts_and_closes_and_an_administrator_also_reopens_and_sets() {
    User accountant = accountant("roles");
    User admin = user(ONE, "roles", Role.ADMIN);
    assertThat(accountant.post(ENTRIES, entry("2025-03-10")).status()).isEqualTo(201);
    assertThat(accountant.post(ACCOUNTS, account("1010")).status()).isEqualTo(201);
    assertThat(
            accountant
                .post(SETTINGS + "/close-period", closePeriod(LocalDate.of(2025, 1, 31)))
                .status())
        .isEqualTo(200);
    String reason = "{\"reason\":\"late bill\"}";
    assertThat(accountant.post(SETTINGS + "/reopen-period", reason).status()).isEqualTo(403);
    assertThat(accountant.send("PUT", SETTINGS, "{\"fiscalYearStart\":4}").status()).isEqualTo(403);
    assertThat(admin.post(SETTINGS + "/reopen-period", reason).status()).isEqualTo(200);
    assertThat(admin.send("PUT", SETTINGS, "{\"fiscalYearStart\":4}").status()).isEqualTo(200);
    assertThat(admin.post(ENTRIES, entry("2025-03-10")).status()).isEqualTo(201);
  }

  // Bad input

  @Test
  void bad_input_is_told_with_the_field_that_it_is_in() {
    User admin = user(ONE, "bad", Role.ADMIN);
    String good = entry("2025-03-10");
    expectInvalid(admin.post(ENTRIES, good.replace("2025-03-10", "10.3.")), "/effectiveDate");
    expectInvalid(admin.post(ENTRIES, good.replace("2025-", "0025-")), "/effectiveDate");
    expectInvalid(admin.post(ENTRIES, good.replace("Rent", " ")), "/memo");
    expectInvalid(admin.post(ENTRIES, good.replace(BANK, "1000")), "/postings/1/account");
    expectInvalid(
        admin.post(ENTRIES, good.replace("\"800\"", "\"-800\"")), "/postings/0/debit/amount");
    expectInvalid(admin.post(ENTRIES, good.replace("EUR", "EURO")), "/postings/0/debit/currency");
    expectInvalid(admin.post(ENTRIES, good.replace("\"memo\"", "\"note\":1,\"memo\"")), "/note");
    expectInvalid(
        admin.post(
            ENTRIES,
            """
            {"effectiveDate":"2025-03-10","memo":"x","postings":[
              {"account":"%s","debit":{"amount":"1","currency":"EUR"}}]}"""
                .formatted(BANK)),
        "/postings");
    expectInvalid(admin.post(ACCOUNTS, account("1010").replace("asset", "assets")), "/type");
    expectInvalid(admin.post(ACCOUNTS, account("")), "/code");
    expectInvalid(admin.send("PUT", SETTINGS, "{\"fiscalYearStart\":13}"), "/fiscalYearStart");
    expectInvalid(admin.send("PUT", SETTINGS, "{\"locations\":[\"A\",\"\"]}"), "/locations/1");
    expectInvalid(
        admin.send("PUT", SETTINGS, "{\"taxRates\":[{\"name\":\"full\",\"rate\":\"1.9\"}]}"),
        "/taxRates/0/rate");
    expectInvalid(
        admin.send("PUT", SETTINGS, "{\"numberFormats\":{\"invoice\":\"INV\"}}"),
        "/numberFormats/invoice");
    expectInvalid(
        admin.send("PUT", SETTINGS, defaultAccount("cash", "null")), "/defaultAccounts/cash");
    expectInvalid(
        admin.send("PUT", SETTINGS, defaultAccount("cash", "\"1000\"")), "/defaultAccounts/cash");
    expectInvalid(
        admin.send("PUT", SETTINGS, defaultAccount("slush-fund", "\"" + BANK + "\"")),
        "/defaultAccounts");
    expectInvalid(admin.post(SETTINGS + "/close-period", "{}"), "/through");
    expectInvalid(admin.post(SETTINGS + "/reopen-period", "{}"), "/reason");
    assertThat(LOG.tenant("bad")).isEmpty();
  }

  private static void expectInvalid(Answer answer, String pointer) {
    assertThat(answer.status()).as(pointer).isEqualTo(422);
    assertThat(answer.body().path("errors").path(0).path("pointer").asText()).isEqualTo(pointer);
  }

  // Two services

  @Test
  void numbers_have_no_gaps_though_entries_come_to_both_services_at_once() throws Exception {
    int entries = 50;
    User here = accountant("gapless");
    User there = user(OTHER, "gapless", Role.ACCOUNTANT);
    List<Answer> answers =
        Together.run(
            entries, i -> () -> (i % 2 == 0 ? here : there).post(ENTRIES, entry("2025-03-10")));
    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(201));
    assertThat(
            LOG.tenant("gapless").stream()
                .map(Log.Row::event)
                .filter(FinancialTransactionEvent.Posted.class::isInstance)
                .map(event -> ((FinancialTransactionEvent.Posted) event).number()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, entries).mapToObj("JE-2025-%06d"::formatted).toList());
    assertThat(LOG.stream("gapless", StreamName.ONLY.toString())).as("founded once").hasSize(1);
  }

  @Test
  void nothing_is_posted_to_days_that_another_service_has_closed() throws Exception {
    LocalDate january = LocalDate.of(2025, 1, 1);
    User closer = accountant("periods");
    try (CommitOrder order = new CommitOrder(DATABASE)) {
      Map<Integer, Integer> statuses =
          closeWhilePosting(
              "periods",
              day -> closer.post(SETTINGS + "/close-period", closePeriod(january.plusDays(day))),
              day -> entry(january.plusDays(day).toString()));
      LocalDate closedThrough = LocalDate.MIN;
      int posted = 0;
      for (List<Recorded> transaction : order.transactions("periods")) {
        for (var entry : happened(transaction, FinancialTransactionEvent.Posted.class)) {
          posted++;
          assertThat(entry.effectiveDate()).as(entry.number()).isAfter(closedThrough);
        }
        for (var closing : happened(transaction, TenantSettingsEvent.PeriodClosed.class)) {
          closedThrough = closing.through();
        }
      }
      assertThat(closedThrough).isEqualTo(january.plusDays(CLOSINGS - 1));
      assertThat(statuses).containsOnlyKeys(201, 409).containsEntry(201, posted);
    }
  }

  @Test
  void nothing_is_posted_to_accounts_that_another_service_has_closed() throws Exception {
    User closer = accountant("closing");
    List<String> tills = new ArrayList<>();
    for (int i = 0; i <= CLOSINGS; i++) {
      tills.add(id(closer.post(ACCOUNTS, account("T" + i))));
    }
    try (CommitOrder order = new CommitOrder(DATABASE)) {
      Map<Integer, Integer> statuses =
          closeWhilePosting(
              "closing",
              i -> closer.post(ACCOUNTS + "/" + tills.get(i) + "/close", ""),
              i -> entry(UUID.randomUUID().toString(), "2025-03-10", tills.get(i)));
      Set<UUID> closed = new HashSet<>();
      int posted = 0;
      for (List<Recorded> transaction : order.transactions("closing")) {
        for (var entry : happened(transaction, FinancialTransactionEvent.Posted.class)) {
          posted++;
          assertThat(entry.postings())
              .as(entry.number())
              .extracting(Posting::account)
              .noneMatch(closed::contains);
        }
        for (Recorded recorded : transaction) {
          if (recorded.event() instanceof AccountEvent.Closed) {
            closed.add(recorded.stream().id());
          }
        }
      }
      assertThat(closed).hasSize(CLOSINGS);
      assertThat(statuses).containsOnlyKeys(201, 409).containsEntry(201, posted);
    }
  }

  private static <E extends DomainEvent> List<E> happened(
      List<Recorded> transaction, Class<E> type) {
    return transaction.stream()
        .map(Recorded::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /**
   * Closes one thing after another while entries are posted at both services to what is just being
   * closed, and now and then to what will be next.
   *
   * @return how many of the entries were answered with which status
   */
  private static Map<Integer, Integer> closeWhilePosting(
      String tenant, IntFunction<Answer> close, IntFunction<String> entry) throws Exception {
    AtomicInteger closing = new AtomicInteger();
    List<Map<Integer, Integer>> counts =
        Together.run(
            POSTERS + 1,
            client ->
                () -> {
                  Map<Integer, Integer> statuses = new HashMap<>();
                  if (client == POSTERS) {
                    try {
                      for (int i = 0; i < CLOSINGS; i++) {
                        assertThat(close.apply(i).status()).isEqualTo(200);
                        closing.set(i + 1);
                      }
                    } finally {
                      closing.set(CLOSINGS);
                    }
                    return statuses;
                  }
                  User user = user(client % 4 == 0 ? ONE : OTHER, tenant, Role.ACCOUNTANT);
                  Random random = new Random(SEED + client);
                  int now = closing.get();
                  while (now < CLOSINGS) {
                    int target = random.nextInt(4) == 0 ? now + 1 : now;
                    Answer answer = user.post(ENTRIES, entry.apply(target));
                    statuses.merge(answer.status(), 1, Integer::sum);
                    now = closing.get();
                  }
                  return statuses;
                });
    Map<Integer, Integer> total = new HashMap<>();
    counts.forEach(count -> count.forEach((status, n) -> total.merge(status, n, Integer::sum)));
    return total;
  }
}
