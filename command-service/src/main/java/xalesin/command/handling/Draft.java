package xalesin.command.handling;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Founding;
import xalesin.command.store.Changes;
import xalesin.command.store.ClaimKey;
import xalesin.command.store.IdempotencyKey;
import xalesin.command.store.NewEvent;
import xalesin.command.store.NumbersTaken;
import xalesin.command.store.SeriesKey;
import xalesin.command.store.StoredAnswer;
import xalesin.command.store.StreamKey;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;

/**
 * What a group's submissions come to when they are decided on what is known now. Touches nothing
 * but the states it holds; made anew when more is known. For one thread.
 */
final class Draft {
  private final Group group;
  private final Map<ClaimKey, String> owners;
  private final Founding founding;
  private final List<Reply> replies = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private final List<StoredAnswer.First> answers = new ArrayList<>();
  private final Map<IdempotencyKey, StoredAnswer.First> answered = new HashMap<>();
  private final Set<Held> looked = new LinkedHashSet<>();

  /** Who holds a claim before this group and after its decisions so far; empty for nobody. */
  private final Map<ClaimKey, String> before = new HashMap<>();

  private final Map<ClaimKey, String> after = new HashMap<>();
  private final Set<ClaimKey> unknown = new HashSet<>();

  /** What is asked for and not known; what is decided without it counts for nothing. */
  private final Set<StreamKey> unreadStreams = new LinkedHashSet<>();

  private final Set<SeriesKey> unreadSeries = new LinkedHashSet<>();

  /** The last numbers as of the decisions so far. */
  private final Map<SeriesKey, Long> taken = new HashMap<>();

  /** Streams that are not appended to, and on whose states events rest that are. */
  private final Set<Held> reliedOn = new LinkedHashSet<>();

  /** A decision asks for what is not known yet; it is made again when it is. */
  static final class Unread extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unread() {
      super("not read yet", null, false, false);
    }
  }

  /** An event decided, to be written. */
  record Pending(
      StreamKey stream, long version, DomainEvent event, Step step, Submission.Context context) {}

  /**
   * @param group knows streams and numbers
   * @param owners who holds a claim in the table; empty for nobody
   */
  Draft(Group group, Map<ClaimKey, String> owners, Founding founding) {
    this.group = group;
    this.owners = owners;
    this.founding = founding;
  }

  void decide(Submission submission, Map<IdempotencyKey, StoredAnswer.First> earlier) {
    Submission.Once once = submission.once();
    StoredAnswer.First first = once == null ? null : firstAnswer(once.key(), earlier);
    if (once != null && first != null) {
      boolean same = Arrays.equals(first.requestHash(), once.requestHash());
      replies.add(same ? new Reply.Kept(first.answer(), true) : new Reply.KeyReused());
      return;
    }
    try {
      replies.add(decideNow(submission));
    } catch (RuntimeException e) {
      // Whoever asks for what is not known fails, with this exception or because of it.
      replies.add(new Reply.Failed(e));
    }
  }

  private StoredAnswer.@Nullable First firstAnswer(
      IdempotencyKey key, Map<IdempotencyKey, StoredAnswer.First> earlier) {
    StoredAnswer.First first = earlier.get(key);
    return first == null ? answered.get(key) : first;
  }

  private Reply decideNow(Submission submission) {
    SubmissionDraft draft = new SubmissionDraft(submission, this);
    Outcome outcome = draft.decide();
    Submission.Once once = submission.once();
    StoredAnswer.@Nullable First first = null;
    if (once != null) {
      StoredAnswer answer = once.answer().apply(outcome);
      first =
          new StoredAnswer.First(
              once.key(), once.requestHash(), answer, submission.context().recordedAt());
    }
    // Nothing below fails: a submission is taken over as a whole or not at all.
    if (outcome instanceof Outcome.Done && !submission.dryRun()) {
      draft.takeOver();
    }
    if (first == null) {
      return new Reply.Decided(outcome);
    }
    answers.add(first);
    answered.put(first.key(), first);
    return new Reply.Kept(first.answer(), false);
  }

  Founding founding() {
    return founding;
  }

  /** Whether anything has happened in the tenant. */
  boolean isFounded(String tenant) {
    return known(new StreamKey(tenant, founding.mark().toString())).version() > 0;
  }

  /** For a submission's look at a stream. */
  Held look(StreamKey stream) {
    Held held = known(stream);
    looked.add(held);
    return held;
  }

  private Held known(StreamKey stream) {
    Held held = group.known(stream);
    if (held == null) {
      unreadStreams.add(stream);
      throw new Unread();
    }
    return held;
  }

  /** Takes a stream for new without reading it: the commit would fail if it were not. */
  void begin(StreamKey stream) {
    group.hold(stream);
  }

  /** Notes which of the streams are not known, so that they are read together. */
  void require(Collection<StreamKey> wanted) {
    List<StreamKey> unread = wanted.stream().filter(stream -> group.known(stream) == null).toList();
    if (!unread.isEmpty()) {
      unreadStreams.addAll(unread);
      throw new Unread();
    }
  }

  /** The last number taken of a series, by the group's decisions too. */
  long last(SeriesKey series) {
    Long last = taken.containsKey(series) ? taken.get(series) : group.lastNumber(series);
    if (last == null) {
      unreadSeries.add(series);
      throw new Unread();
    }
    return last;
  }

  void take(SeriesKey series, long last) {
    taken.put(series, last);
  }

  Map<SeriesKey, Long> lastNumbersTaken() {
    return taken;
  }

  /** Events rest on this stream, which gets none by them. */
  void relyOn(Held held) {
    reliedOn.add(held);
  }

  Set<StreamKey> streamsToRead() {
    return unreadStreams;
  }

  Set<SeriesKey> seriesToRead() {
    return unreadSeries;
  }

  /** Those that must stay as they are until the commit though nothing is appended to them. */
  List<Held> streamsToHold() {
    return reliedOn.stream().filter(held -> !held.isAppendedTo()).toList();
  }

  /** Who holds a claim as far as is known; empty for nobody or unknown. */
  String holder(ClaimKey claim) {
    String holder = after.get(claim);
    if (holder == null) {
      holder = owners.get(claim);
    }
    if (holder == null) {
      unknown.add(claim);
      return "";
    }
    return holder;
  }

  /** Takes over a claim's change of hands. */
  void hand(ClaimKey claim, String from, String to) {
    before.putIfAbsent(claim, from);
    after.put(claim, to);
  }

  void append(Pending event) {
    pending.add(event);
  }

  /** Claims that were taken for free without asking the table. */
  Collection<ClaimKey> claimsToLookUp() {
    return unknown;
  }

  /** Streams that were looked at but are neither read just now nor appended to. */
  List<Held> streamsToConfirm() {
    return looked.stream().filter(held -> !held.isSure()).toList();
  }

  Changes changes() {
    Map<ClaimKey, String> released = new HashMap<>();
    Map<ClaimKey, String> claimed = new HashMap<>();
    after.forEach(
        (claim, holder) -> {
          String old = before.getOrDefault(claim, "");
          if (!old.equals(holder)) {
            if (!old.isEmpty()) {
              released.put(claim, old);
            }
            if (!holder.isEmpty()) {
              claimed.put(claim, holder);
            }
          }
        });
    Map<SeriesKey, NumbersTaken> numbers = new HashMap<>();
    taken.forEach(
        (series, last) ->
            numbers.put(series, new NumbersTaken(requireNonNull(group.lastNumber(series)), last)));
    return new Changes(
        pending.stream().map(Draft::newEvent).toList(),
        released,
        claimed,
        numbers,
        List.copyOf(answers));
  }

  private static NewEvent newEvent(Pending pending) {
    EventTypes.Type type = EventTypes.of(pending.event());
    return new NewEvent(
        pending.stream(),
        pending.version(),
        Ids.next(),
        type.name(),
        type.schemaVersion(),
        json(pending.event()),
        pending.context().recordedAt(),
        pending.context().actor(),
        pending.context().correlationId(),
        pending.step().commandId().toString(),
        pending.context().traceparent(),
        pending.context().clientAddress());
  }

  private static String json(DomainEvent event) {
    try {
      return Json.MAPPER.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + event.getClass(), e);
    }
  }

  /** Whether a decision could not be made, for whatever reason. */
  boolean hasFailures() {
    return replies.stream().anyMatch(reply -> reply instanceof Reply.Failed);
  }

  int eventCount() {
    return pending.size();
  }

  List<Reply> replies() {
    return replies;
  }
}
