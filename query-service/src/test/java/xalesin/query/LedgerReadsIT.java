package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.query.Ledger.Account;
import xalesin.query.Ledger.Entry;
import xalesin.schemas.Money;
import xalesin.schemas.finance.Posting;

/** Accounts, entries and balances against the books as they were told. */
@ExtendWith(TestNode.Started.class)
class LedgerReadsIT {
  private static final long SEED = 1_494;
  private static final int MAX_PAGES = 1_000;
  private static final List<UUID> ACCOUNTS =
      Stream.iterate(1, i -> i + 1).limit(9).map(i -> new UUID(77, i)).toList();

  private static final Comparator<Entry> NEWEST =
      Comparator.comparing(Entry::date)
          .reversed()
          .thenComparing(Comparator.comparing(Entry::recordedAt).reversed())
          .thenComparing(entry -> entry.id().toString());
  private static final Comparator<Account> BY_CODE =
      Comparator.comparing((Account account) -> account.code)
          .thenComparing(account -> account.id.toString());
  private static final Comparator<Account> BY_CHANGE =
      Comparator.comparing((Account account) -> account.updatedAt)
          .reversed()
          .thenComparing(account -> account.id.toString());

  private static Ledger ledger;
  private static Reader reader;
  private static Reader stranger;

  @BeforeAll
  static void a_company_with_three_years_of_books() {
    TestNode node = TestNode.shared();
    TenantStory story = TenantStory.of("ledger", node::send);
    TenantStory other = TenantStory.of("ledger-other", node::send);
    ledger = new Ledger(story);
    // The other tenant's accounts have the same ids.
    new Ledger(other).tell(new Random(SEED + 1), ACCOUNTS.subList(0, 3), 100);
    ledger.tell(new Random(SEED), ACCOUNTS, 300);
    reader = node.reader(story.tenant());
    stranger = node.reader(other.tenant());
    reader.getAfter(story, "/api/accounts?limit=1").expect(200);
    stranger.getAfter(other, "/api/accounts?limit=1").expect(200);
  }

  private static void holds(String path, List<UUID> expected) {
    List<String> ids = expected.stream().map(UUID::toString).toList();
    String separator = path.contains("?") ? "&" : "?";
    for (int limit : new int[] {7, 500}) {
      String page = path + separator + "limit=" + limit;
      assertThat(reader.get(page).expect(200).total()).as(page).isEqualTo(ids.size());
      assertThat(reader.walk(page)).as(page).isEqualTo(ids);
    }
  }

  private static List<UUID> accounts(Predicate<Account> which, Comparator<Account> order) {
    return ledger.accounts().stream().filter(which).sorted(order).map(a -> a.id).toList();
  }

  private static List<UUID> entries(Predicate<Entry> which) {
    return ledger.entries().stream().filter(which).sorted(NEWEST).map(Entry::id).toList();
  }

  @Test
  void accounts_by_change_by_code_by_type_and_by_status() {
    holds("/api/accounts", accounts(_ -> true, BY_CHANGE));
    holds("/api/accounts?sort=code", accounts(_ -> true, BY_CODE));
    holds("/api/accounts?code.gte=1030", accounts(a -> a.code.compareTo("1030") >= 0, BY_CODE));
    holds("/api/accounts?type=asset", accounts(a -> a.type.name().equals("ASSET"), BY_CODE));
    holds("/api/accounts?status=closed", accounts(a -> a.status.equals("closed"), BY_CODE));
    String code = ledger.accounts().getFirst().code;
    holds("/api/accounts?code=" + code, accounts(a -> a.code.equals(code), BY_CODE));
  }

  @Test
  void entries_by_date() {
    holds("/api/financial-transactions", entries(_ -> true));
    holds("/api/financial-transactions?sort=-date", entries(_ -> true));
    LocalDate from = LocalDate.parse("2025-03-01");
    LocalDate to = LocalDate.parse("2025-09-30");
    holds(
        "/api/financial-transactions?date.gte=%s&date.lte=%s".formatted(from, to),
        entries(e -> !e.date().isBefore(from) && !e.date().isAfter(to)));
    holds(
        "/api/financial-transactions?sort=-date,-recordedAt&date.gt=%s&date.lt=%s"
            .formatted(from, to),
        entries(e -> e.date().isAfter(from) && e.date().isBefore(to)));
    LocalDate day = ledger.entries().get(30).date();
    LocalDate next = day.plusDays(1);
    holds("/api/financial-transactions?date=" + day, entries(e -> e.date().equals(day)));
    holds(
        "/api/financial-transactions?date=%s,%s".formatted(day, next),
        entries(e -> e.date().equals(day) || e.date().equals(next)));
    assertThat(
            reader
                .get("/api/financial-transactions?date=" + Instant.EPOCH)
                .problem(400, "bad-request")
                .path("detail")
                .asText())
        .isEqualTo("date takes a date (2026-11-22)");
  }

  @Test
  void entries_by_account_by_number_and_by_source() {
    for (UUID account : ACCOUNTS.subList(0, 3)) {
      holds("/api/financial-transactions?account=" + account, entries(e -> e.touches(account)));
      holds(
          "/api/financial-transactions?account=%s&date.gte=2026-01-01".formatted(account),
          entries(e -> e.touches(account) && e.date().getYear() >= 2026));
    }
    Entry entry = ledger.entries().get(40);
    holds(
        "/api/financial-transactions?number=" + entry.posted().number(),
        entries(e -> e.id().equals(entry.id())));
    String source = "sales-orders/" + new UUID(0, 3);
    holds(
        "/api/financial-transactions?source=" + source,
        entries(e -> source.equals(e.posted().source())));
  }

  @Test
  void a_reversed_entry_says_by_which() {
    Entry opposite =
        ledger.entries().stream()
            .filter(e -> e.posted().reverses() != null)
            .findFirst()
            .orElseThrow();
    JsonNode row =
        reader
            .get("/api/financial-transactions/" + opposite.posted().reverses())
            .expect(200)
            .json();
    assertThat(row.path("status").asText()).isEqualTo("reversed");
    assertThat(row.path("reversedBy").asText()).isEqualTo(opposite.id().toString());
  }

  @Test
  void balances_by_month_and_currency_with_opening_and_closing() {
    for (UUID account : ACCOUNTS) {
      List<Month> expected = months(account);
      String path = "/api/accounts/%s/balances".formatted(account);
      for (int limit : new int[] {1, 2, 7, 500}) {
        assertThat(walk(path + "?limit=" + limit)).as("limit %d", limit).isEqualTo(expected);
      }
      assertThat(walk(path + "?from=2025-02&through=2025-11&limit=3"))
          .isEqualTo(
              expected.stream()
                  .filter(m -> m.period.compareTo("2025-02") >= 0)
                  .filter(m -> m.period.compareTo("2025-11") <= 0)
                  .toList());
      assertThat(reader.get(path).total()).isEqualTo(expected.size());
    }
  }

  @Test
  void balances_take_months_and_accounts_that_there_are() {
    String path = "/api/accounts/%s/balances".formatted(ACCOUNTS.getFirst());
    reader.get(path + "?from=2026").problem(400, "bad-request");
    reader.get(path + "?through=2026-13").problem(400, "bad-request");
    reader.get(path + "?cursor=abc").problem(400, "invalid-cursor");
    reader.get("/api/accounts/%s/balances".formatted(UUID.randomUUID())).problem(404, "not-found");
    reader.get("/api/accounts/no-uuid/balances").problem(404, "not-found");
    stranger
        .get("/api/accounts/%s/balances".formatted(ACCOUNTS.getLast()))
        .problem(404, "not-found");
    String cursor = reader.get(path + "?limit=1").expect(200).nextCursor();
    stranger.get(path + "?limit=1&cursor=" + cursor).problem(400, "invalid-cursor");
    reader.get(path + "?from=2024-01&cursor=" + cursor).problem(400, "invalid-cursor");
  }

  @Test
  void the_trial_balance_is_the_books_at_the_end_of_a_month_and_sums_to_zero() {
    for (String through :
        List.of("2023-12", "2024-06", "2025-01", "2025-12", "2026-11", "2030-01")) {
      assertTrialBalance("?through=" + through, through);
    }
    assertTrialBalance("", null);
    reader.get("/api/trial-balance?through=2026-11-30").problem(400, "bad-request");
    Answer answer = reader.get("/api/trial-balance").expect(200);
    reader.get("/api/trial-balance", "If-None-Match", answer.requiredHeader("ETag")).expect(304);
  }

  @Test
  void a_tenant_without_books_has_empty_ones() {
    Reader nobody = TestNode.shared().reader("ledger-nobody");
    assertThat(nobody.get("/api/trial-balance").expect(200).text())
        .isEqualTo("{\"items\":[],\"totals\":[]}");
    assertThat(nobody.get("/api/account-balances").ids()).isEmpty();
    assertThat(nobody.get("/api/stock-valuation").ids()).isEmpty();
    nobody
        .get("/api/accounts/%s/balances".formatted(ACCOUNTS.getFirst()))
        .problem(404, "not-found");
  }

  @Test
  void balances_are_rows_by_account_and_by_period() {
    UUID account = ACCOUNTS.getFirst();
    Answer months = reader.get("/api/account-balances?limit=500&account=" + account).expect(200);
    List<String> periods = new ArrayList<>();
    months.json().path("items").forEach(row -> periods.add(row.path("period").asText()));
    assertThat(periods).isEqualTo(months(account).stream().map(Month::period).toList());
    Answer years = reader.get("/api/account-years?limit=500&period=2025").expect(200);
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode row : years.json().path("items")) {
      assertThat(row.path("period").asText()).isEqualTo("2025");
      sum = sum.add(new BigDecimal(row.path("balance").asText()));
    }
    assertThat(sum).isEqualByComparingTo("0");
    assertThat(years.total()).isPositive();
  }

  @Test
  void another_tenant_has_its_own_books_under_the_same_ids() {
    assertThat(stranger.walk("/api/financial-transactions?limit=500"))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(entries(_ -> true).stream().map(UUID::toString).toList());
    Entry entry = ledger.entries().getFirst();
    stranger.get("/api/financial-transactions/" + entry.id()).problem(404, "not-found");
    stranger
        .get("/api/financial-transactions/%s/history".formatted(entry.id()))
        .problem(404, "not-found");
    assertThat(stranger.get("/api/trial-balance").text())
        .isNotEqualTo(reader.get("/api/trial-balance").text());
  }

  private record Month(
      String period,
      String currency,
      BigDecimal opening,
      BigDecimal debit,
      BigDecimal credit,
      BigDecimal closing) {}

  private static List<Month> walk(String path) {
    List<Month> months = new ArrayList<>();
    String cursor = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      Answer answer = reader.get(cursor == null ? path : path + "&cursor=" + cursor).expect(200);
      for (JsonNode item : answer.json().path("items")) {
        Month month =
            new Month(
                item.path("period").asText(),
                item.path("currency").asText(),
                decimal(item, "opening"),
                decimal(item, "debit"),
                decimal(item, "credit"),
                decimal(item, "closing"));
        assertThat(decimal(item, "balance")).isEqualTo(month.debit.subtract(month.credit));
        months.add(month);
      }
      cursor = answer.nextCursor();
      if (cursor == null) {
        return months;
      }
    }
    throw new AssertionError("the list does not end: " + path);
  }

  private static BigDecimal decimal(JsonNode item, String field) {
    return plain(new BigDecimal(item.path(field).asText()));
  }

  private static BigDecimal plain(BigDecimal value) {
    return value.setScale(2);
  }

  /** By hand, from the first posting on; newest first. */
  private static List<Month> months(UUID account) {
    Map<String, Map<String, BigDecimal[]>> sums = new TreeMap<>();
    for (Entry entry : ledger.entries()) {
      for (Posting posting : entry.posted().postings()) {
        if (posting.account().equals(account)) {
          BigDecimal[] sides =
              sums.computeIfAbsent(entry.date().toString().substring(0, 7), _ -> new TreeMap<>())
                  .computeIfAbsent(posting.money().currency(), _ -> zeros());
          add(sides, posting);
        }
      }
    }
    Map<String, BigDecimal> balances = new TreeMap<>();
    List<List<Month>> months = new ArrayList<>();
    sums.forEach(
        (period, currencies) -> {
          List<Month> ofPeriod = new ArrayList<>();
          currencies.forEach(
              (currency, sides) -> {
                BigDecimal opening = balances.getOrDefault(currency, BigDecimal.ZERO);
                BigDecimal closing = opening.add(sides[0]).subtract(sides[1]);
                balances.put(currency, closing);
                ofPeriod.add(
                    new Month(
                        period,
                        currency,
                        plain(opening),
                        plain(sides[0]),
                        plain(sides[1]),
                        plain(closing)));
              });
          months.add(ofPeriod);
        });
    return months.reversed().stream().flatMap(List::stream).toList();
  }

  private static BigDecimal[] zeros() {
    return new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO};
  }

  private static void add(BigDecimal[] sides, Posting posting) {
    Money debit = posting.debit();
    int side = debit == null ? 1 : 0;
    sides[side] = sides[side].add(posting.money().amount());
  }

  private static void assertTrialBalance(String parameters, @Nullable String through) {
    Map<String, BigDecimal[]> expected = new TreeMap<>();
    for (Entry entry : ledger.entries()) {
      if (through == null || entry.date().toString().substring(0, 7).compareTo(through) <= 0) {
        for (Posting posting : entry.posted().postings()) {
          String place = posting.account() + " " + posting.money().currency();
          add(expected.computeIfAbsent(place, _ -> zeros()), posting);
        }
      }
    }
    JsonNode answer = reader.get("/api/trial-balance" + parameters).expect(200).json();
    Map<String, BigDecimal[]> served = new TreeMap<>();
    List<String> codes = new ArrayList<>();
    for (JsonNode line : answer.path("items")) {
      String place = line.path("account").asText() + " " + line.path("currency").asText();
      BigDecimal[] sides = {decimal(line, "debit"), decimal(line, "credit")};
      assertThat(decimal(line, "balance")).isEqualTo(sides[0].subtract(sides[1]));
      served.put(place, sides);
      codes.add(line.path("code").asText());
    }
    expected.values().forEach(sides -> sides[0] = plain(sides[0]));
    expected.values().forEach(sides -> sides[1] = plain(sides[1]));
    assertThat(served).usingRecursiveComparison().isEqualTo(expected);
    assertThat(codes).isSorted();
    for (JsonNode total : answer.path("totals")) {
      assertThat(total.path("balance").asText()).isEqualTo("0");
      assertThat(total.path("debit").asText()).isEqualTo(total.path("credit").asText());
    }
    assertThat(answer.path("totals")).hasSize(expected.isEmpty() ? 0 : 2);
  }
}
