package xalesin.command.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xalesin.command.CommandService;
import xalesin.command.finance.Account;
import xalesin.command.finance.AccountDecider;
import xalesin.command.http.CommandDocs;
import xalesin.command.settings.DefaultCompany;
import xalesin.schemas.CommandTypes;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;

/**
 * A tenant in memory, for tests of decisions: it is founded, takes commands, keeps their events,
 * and reckons its ledger from them. As unforgiving as the command handler: streams and series are
 * unknown to each decision until asked for, and it is made twice; claims are enforced; what is
 * refused leaves nothing; events survive being written as JSON. For one thread.
 *
 * <pre>{@code
 * Books books = new Books().today(LocalDate.of(2026, 3, 10)).as("ann");
 * books.does(AccountDecider.AGGREGATE, id, new AccountCommand.Close()).events();
 * books.balance("1200");
 * }</pre>
 */
public final class Books {
  /** The handler's bound, less the rounds that it needs for claims, locks and a last look. */
  private static final int MAX_ROUNDS = 9;

  private static final Map<String, Aggregate<?, ?, ?>> AGGREGATES =
      CommandService.AGGREGATES.stream()
          .collect(Collectors.toMap(Aggregate::resource, Function.identity()));

  private final List<Recorded> log = new ArrayList<>();
  private final Map<StreamName, Object> states = new HashMap<>();
  private final Map<Claim, StreamName> holders = new HashMap<>();
  private final Map<Series, Long> numbers = new HashMap<>();
  private LocalDate today = LocalDate.of(2026, 3, 10);
  private String actor = "ann";
  private long ids;

  /** An event and the stream that it stands in. */
  public record Recorded(StreamName stream, DomainEvent event) {}

  /** What became of a command. */
  public sealed interface Result {
    /** What has happened, in all streams; fails when the command was refused. */
    default List<DomainEvent> events() {
      return switch (this) {
        case Happened(var happened) -> happened;
        case Refused(var why) -> throw new AssertionError("refused: " + why);
      };
    }

    /** Why nothing has; fails when the command was accepted. */
    default Refusal refusal() {
      return switch (this) {
        case Happened(var happened) -> throw new AssertionError("not refused: " + happened);
        case Refused(var why) -> why;
      };
    }
  }

  /** Accepted. */
  public record Happened(List<DomainEvent> happened) implements Result {}

  /** Refused. */
  public record Refused(Refusal why) implements Result {}

  /** The books of a new tenant. */
  public Books() {
    DefaultCompany.FOUNDING.events().forEach(this::append);
  }

  /** The day on which what follows is done. */
  public Books today(LocalDate day) {
    today = day;
    return this;
  }

  /** The user by whom what follows is done. */
  public Books as(String user) {
    actor = user;
    return this;
  }

  /** An id that nothing has yet; the same ones in the same order in each run. */
  public UUID newId() {
    ids++;
    return new UUID(0x0198_0000_0000_7000L | ids << 16, Long.MIN_VALUE | ids);
  }

  /** Lets something have happened, whatever the rules say of it. */
  public <E extends DomainEvent> Books given(Aggregate<?, ?, E> aggregate, UUID id, E event) {
    append(new Plan.StreamEvents(aggregate.stream(id), List.of(event)));
    return this;
  }

  /** Decides a command and keeps what happens by it. */
  public <C> Result does(Aggregate<?, C, ?> aggregate, UUID id, C command) {
    CommandContext context =
        new CommandContext(newId(), today.atTime(12, 0).toInstant(ZoneOffset.UTC), actor);
    return switch (decide(aggregate.plan(id, command), context)) {
      case Plan.Refuse(var refusal) -> refused(command, refusal);
      case Plan.Append append -> keep(command, append);
    };
  }

  private Plan.Verdict decide(Plan plan, CommandContext context) {
    Look look = new Look();
    look.known.add(plan.target());
    look.known.add(DefaultCompany.FOUNDING.mark());
    for (int round = 0; round < MAX_ROUNDS; round++) {
      try {
        Plan.Verdict verdict = plan.decide(context, look);
        assertThat(plan.decide(context, look)).as("decided again").isEqualTo(verdict);
        return verdict;
      } catch (Unread e) {
        look.read();
      }
    }
    throw new AssertionError("prepare() what is asked for piece by piece: " + look.known);
  }

  private static Refused refused(Object command, Refusal refusal) {
    assertThat(refusal.rule()).matches("[a-z-]+");
    assertThat(CommandDocs.of(nameOf(command)).rules())
        .as("what may refuse " + nameOf(command))
        .contains(refusal.rule());
    assertThat(refusal.detail()).isNotBlank();
    assertThat(refusal.members().values()).doesNotContainNull();
    return new Refused(refusal);
  }

  private static String nameOf(Object command) {
    for (CommandTypes.Type type : CommandTypes.all()) {
      if (type.recordClass().isInstance(command)) {
        return type.name();
      }
    }
    throw new AssertionError("no command is a " + command.getClass());
  }

  private Result keep(Object command, Plan.Append append) {
    Refusal taken = taken(append);
    if (taken != null) {
      return refused(command, taken);
    }
    append.numbers().forEach(this::take);
    append.appends().forEach(this::append);
    return new Happened(
        append.appends().stream().<DomainEvent>flatMap(part -> part.events().stream()).toList());
  }

  private void take(Series series, long last) {
    assertThat(last).as("last number of %s", series).isGreaterThan(last(series));
    numbers.put(series, last);
  }

  /** Why it cannot be because of a claim, or null; keeps nothing. */
  private @Nullable Refusal taken(Plan.Append append) {
    Map<Claim, StreamName> then = new HashMap<>(holders);
    for (Plan.StreamEvents part : append.appends()) {
      Aggregate<?, ?, ?> aggregate = aggregate(part.stream());
      Object state = state(part.stream());
      for (DomainEvent event : part.events()) {
        Claim.Changes changes = aggregate.claimsOf(state, event);
        changes.released().forEach(claim -> then.remove(claim, part.stream()));
        for (Claim claim : changes.claimed()) {
          if (!then.computeIfAbsent(claim, _ -> part.stream()).equals(part.stream())) {
            return aggregate.taken().apply(claim);
          }
        }
        state = aggregate.evolveAny(state, event);
      }
    }
    return null;
  }

  private void append(Plan.StreamEvents part) {
    Aggregate<?, ?, ?> aggregate = aggregate(part.stream());
    for (DomainEvent event : part.events()) {
      assertThat(throughJson(event)).isEqualTo(event);
      Object before = state(part.stream());
      Claim.Changes changes = aggregate.claimsOf(before, event);
      changes.released().forEach(holders::remove);
      changes.claimed().forEach(claim -> holders.put(claim, part.stream()));
      states.put(part.stream(), aggregate.evolveAny(before, event));
      log.add(new Recorded(part.stream(), event));
    }
  }

  private static DomainEvent throughJson(DomainEvent event) {
    try {
      EventTypes.Type type = EventTypes.of(event);
      String json = Json.MAPPER.writeValueAsString(event);
      return EventTypes.read(type.name(), type.schemaVersion(), json.getBytes(UTF_8));
    } catch (JsonProcessingException e) {
      throw new AssertionError("cannot be written as JSON: " + event, e);
    }
  }

  /** All that has happened, in order. */
  public List<Recorded> log() {
    return List.copyOf(log);
  }

  /** What has happened in one stream, in order. */
  public <E extends DomainEvent> List<E> events(Aggregate<?, ?, E> aggregate, UUID id) {
    StreamName stream = aggregate.stream(id);
    return log.stream()
        .filter(recorded -> recorded.stream().equals(stream))
        .map(recorded -> aggregate.events().cast(recorded.event()))
        .toList();
  }

  /** What a stream's events have come to. */
  public <S> S state(Aggregate<S, ?, ?> aggregate, UUID id) {
    return aggregate.cast(state(aggregate.stream(id)));
  }

  /** The account that has the code. */
  public UUID account(String code) {
    return states.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Account.Opened a && a.code().equals(code))
        .map(entry -> entry.getKey().id())
        .findAny()
        .orElseThrow(() -> new AssertionError("no account has the code " + code));
  }

  /** All entries of the journal, in order. */
  public List<FinancialTransactionEvent.Posted> entries() {
    return log.stream()
        .filter(recorded -> recorded.event() instanceof FinancialTransactionEvent.Posted)
        .map(recorded -> (FinancialTransactionEvent.Posted) recorded.event())
        .toList();
  }

  /** Debits less credits of the account in euros, such as {@code "-12.5"}. */
  public String balance(String code) {
    return trialBalance().getOrDefault(code + " EUR", "0");
  }

  /**
   * Debits less credits by account and currency, without those that are zero: {@code "1200 EUR"} to
   * {@code "-12.5"}. Fails unless they add up to zero in each currency.
   */
  public SortedMap<String, String> trialBalance() {
    SortedMap<String, BigDecimal> balances = new TreeMap<>();
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (FinancialTransactionEvent.Posted entry : entries()) {
      for (Posting posting : entry.postings()) {
        String currency = posting.money().currency();
        BigDecimal amount = posting.money().amount();
        BigDecimal signed = posting.debit() == null ? amount.negate() : amount;
        balances.merge(code(posting.account()) + " " + currency, signed, BigDecimal::add);
        sums.merge(currency, signed, BigDecimal::add);
      }
    }
    assertThat(sums).as("trial balance").allSatisfy((_, sum) -> assertThat(sum).isZero());
    SortedMap<String, String> texts = new TreeMap<>();
    balances.values().removeIf(balance -> balance.signum() == 0);
    balances.forEach(
        (account, balance) -> texts.put(account, balance.stripTrailingZeros().toPlainString()));
    return texts;
  }

  private String code(UUID account) {
    return switch (state(AccountDecider.AGGREGATE, account)) {
      case Account.Opened opened -> opened.code();
      case Account.None() -> throw new AssertionError("posted to no account: " + account);
    };
  }

  private static Aggregate<?, ?, ?> aggregate(StreamName stream) {
    return requireNonNull(AGGREGATES.get(stream.resource()), stream::toString);
  }

  private Object state(StreamName stream) {
    return states.getOrDefault(stream, aggregate(stream).initial());
  }

  private long last(Series series) {
    return numbers.getOrDefault(series, 0L);
  }

  /** A decision asks for what it has not been told yet; it is made again when it has. */
  private static final class Unread extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What one decision sees: nothing that it has not asked for in a round before. */
  private final class Look implements Plan.States {
    private final Set<Object> known = new HashSet<>();
    private final Set<Object> wanted = new HashSet<>();

    void read() {
      known.addAll(wanted);
      wanted.clear();
    }

    private void require(Collection<?> asked) {
      if (!known.containsAll(asked)) {
        wanted.addAll(asked);
        throw new Unread();
      }
    }

    @Override
    public Object of(StreamName stream) {
      require(List.of(stream));
      return state(stream);
    }

    @Override
    public void prepare(Collection<StreamName> streams) {
      require(streams);
    }

    @Override
    public void begin(StreamName stream) {
      assertThat(states).as("streams begun before").doesNotContainKey(stream);
      known.add(stream);
    }

    @Override
    public long last(Series series) {
      require(List.of(series));
      return Books.this.last(series);
    }
  }
}
