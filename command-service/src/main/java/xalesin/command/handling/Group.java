package xalesin.command.handling;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import xalesin.command.store.Changes;
import xalesin.command.store.ClaimKey;
import xalesin.command.store.IdempotencyKey;
import xalesin.command.store.SeriesKey;
import xalesin.command.store.Session;
import xalesin.command.store.StoredAnswer;
import xalesin.command.store.StreamKey;
import xalesin.schemas.EventTypes;
import xalesin.schemas.StreamName;

/**
 * Submissions that are decided one after another and written in one transaction: one attempt at it.
 * For one thread.
 *
 * <p>What is answered without appending to a stream (a refusal, a moved version, nothing to do, a
 * dry run) must be right as of a moment after the submission came in. So every stream that was
 * looked at is either read from the table in this attempt, or gets its next version in it, which
 * only succeeds if what was known was the newest.
 */
final class Group {
  /** Looks at the table that may show what others have done; under a fair load a few are enough. */
  private static final int MAX_ROUNDS = 12;

  /**
   * Readings of what was not known at all: an order names items, a posting names accounts. Each
   * makes something known, so they end by themselves; this is for a decision gone mad.
   */
  private static final int MAX_READINGS = 10_000;

  private final List<Submission> submissions;
  private final Aggregates aggregates;
  private final States cache;
  private final Map<StreamKey, Held> streams = new LinkedHashMap<>();

  /** Who holds a claim in the table: a stream's name, or empty for nobody. */
  private final Map<ClaimKey, String> owners = new HashMap<>();

  private final Map<SeriesKey, Long> lastNumbers = new HashMap<>();
  private Map<IdempotencyKey, StoredAnswer.First> earlier = Map.of();

  /** What is cached may be old, which the commit would notice; not so once it has. */
  private boolean trustCache = true;

  private Draft draft;

  Group(List<Submission> submissions, Aggregates aggregates, States cache) {
    this.submissions = submissions;
    this.aggregates = aggregates;
    this.cache = cache;
    for (Submission submission : submissions) {
      hold(submission.tenant(), aggregates.founding().mark());
      for (Step step : submission.steps()) {
        hold(submission.tenant(), step.plan().target());
      }
    }
    this.draft = draft();
  }

  private void hold(String tenant, StreamName stream) {
    hold(new StreamKey(tenant, stream.toString()));
  }

  /** Takes a stream in with what is known of it in memory. */
  Held hold(StreamKey key) {
    return streams.computeIfAbsent(
        key,
        _ ->
            new Held(
                key, aggregates.of(StreamName.parse(key.stream()).resource()), cache.get(key)));
  }

  private Draft draft() {
    return new Draft(this, owners, aggregates.founding());
  }

  /** A stream whose state is known; null when it must be read first. */
  @Nullable Held known(StreamKey key) {
    Held held = streams.get(key);
    return held == null && trustCache && cache.get(key) != null ? hold(key) : held;
  }

  /** The last number taken of a series; null when it must be read first. */
  @Nullable Long lastNumber(SeriesKey series) {
    Long last = lastNumbers.get(series);
    if (last == null && trustCache) {
      last = cache.lastNumber(series);
      if (last != null) {
        lastNumbers.put(series, last);
      }
    }
    return last;
  }

  SortedSet<String> tenants() {
    SortedSet<String> tenants = new TreeSet<>();
    submissions.forEach(submission -> tenants.add(submission.tenant()));
    return tenants;
  }

  /**
   * Decides all submissions.
   *
   * @param alone whether the others are kept out already, because the group was overtaken: then
   *     what is new in every stream is read first
   * @return what is to be written
   */
  Changes decide(Session session, boolean alone) {
    trustCache = !alone;
    readAnswers(session);
    read(session, streams.values().stream().filter(held -> alone || held.isUnread()).toList());
    boolean locked = alone;
    int readings = 0;
    for (int round = 0; round < MAX_ROUNDS && readings < MAX_READINGS; ) {
      streams.values().forEach(Held::reset);
      draft = draft();
      for (Submission submission : submissions) {
        draft.decide(submission, earlier);
      }
      boolean isMoreKnown = readStreams(session, draft.streamsToRead());
      isMoreKnown |= readNumbers(session, draft.seriesToRead());
      if (isMoreKnown) {
        readings++;
        continue;
      }
      round++;
      boolean news = readOwners(session, draft.claimsToLookUp());
      news |= read(session, draft.streamsToConfirm());
      if (!news && !locked && (draft.hasFailures() || !draft.streamsToHold().isEmpty())) {
        // Nobody may append to them between this look and the commit; what was sure before the
        // lock is so no longer, should the next decision rest on it. What was read at different
        // moments may not fit together: nothing has failed before it does so on one moment.
        session.lock(tenants());
        locked = true;
        streams.values().forEach(Held::doubt);
        news =
            read(
                session,
                draft.hasFailures() ? List.copyOf(streams.values()) : draft.streamsToHold());
      }
      if (!news) {
        return draft.changes();
      }
    }
    throw new StillMoving();
  }

  /** The table has moved at each look. */
  static final class StillMoving extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Reads streams that a decision has asked for; true when there are any. */
  private boolean readStreams(Session session, Set<StreamKey> wanted) {
    read(session, wanted.stream().map(this::hold).toList());
    return !wanted.isEmpty();
  }

  private boolean readNumbers(Session session, Set<SeriesKey> wanted) {
    if (wanted.isEmpty()) {
      return false;
    }
    Map<SeriesKey, Long> found = session.lastNumbers(wanted);
    wanted.forEach(series -> lastNumbers.put(series, found.getOrDefault(series, 0L)));
    return true;
  }

  private void readAnswers(Session session) {
    Set<IdempotencyKey> keys = new HashSet<>();
    for (Submission submission : submissions) {
      if (submission.once() != null) {
        keys.add(submission.once().key());
      }
    }
    if (!keys.isEmpty()) {
      earlier = session.answers(keys);
    }
  }

  /** Reads what is new in streams; true when anything was. */
  private boolean read(Session session, List<Held> wanted) {
    if (wanted.isEmpty()) {
      return false;
    }
    long[] after = new long[wanted.size()];
    Arrays.setAll(after, i -> wanted.get(i).tableVersion());
    session.tails(
        wanted.stream().map(held -> held.key).toList(),
        after,
        (place, version, type, schemaVersion, data) ->
            fold(wanted.get(place), version, type, schemaVersion, data));
    boolean news = false;
    for (int i = 0; i < after.length; i++) {
      Held held = wanted.get(i);
      held.confirm();
      news |= held.tableVersion() != after[i] || held.isDamaged();
    }
    return news;
  }

  private static void fold(Held held, long version, String type, int schemaVersion, byte[] data) {
    if (held.isDamaged()) {
      return;
    }
    try {
      held.read(
          version,
          held.aggregate.evolveAny(held.tableState(), EventTypes.read(type, schemaVersion, data)));
    } catch (RuntimeException e) {
      held.damaged(e);
    }
  }

  private boolean readOwners(Session session, Collection<ClaimKey> wanted) {
    if (wanted.isEmpty()) {
      return false;
    }
    Map<ClaimKey, String> found = session.owners(wanted);
    wanted.forEach(claim -> owners.put(claim, found.getOrDefault(claim, "")));
    return !found.isEmpty();
  }

  /** After the commit: what the cache is to know. */
  void remember() {
    for (Held held : streams.values()) {
      if (held.version() > 0 && !held.isDamaged()) {
        cache.put(held.key, held.known());
      }
    }
    draft.lastNumbersTaken().forEach(cache::putLastNumber);
  }

  Set<StreamKey> touched() {
    return streams.keySet();
  }

  /** Events to be written, as decided last. */
  int eventCount() {
    return draft.eventCount();
  }

  /** After the commit: what each submission is answered, in their order. */
  List<Reply> replies() {
    return draft.replies();
  }
}
