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
import xalesin.command.store.Changes;
import xalesin.command.store.ClaimKey;
import xalesin.command.store.IdempotencyKey;
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
  /** Looking at the table tells more each time; under a fair load once is enough. */
  private static final int MAX_ROUNDS = 5;

  private final List<Submission> submissions;
  private final Aggregates aggregates;
  private final Map<StreamKey, Held> streams = new LinkedHashMap<>();

  /** Who holds a claim in the table: a stream's name, or empty for nobody. */
  private final Map<ClaimKey, String> owners = new HashMap<>();

  private Map<IdempotencyKey, StoredAnswer.First> earlier = Map.of();
  private Draft draft;

  Group(List<Submission> submissions, Aggregates aggregates, States cache) {
    this.submissions = submissions;
    this.aggregates = aggregates;
    for (Submission submission : submissions) {
      for (Step step : submission.steps()) {
        for (StreamName stream : step.plan().streams()) {
          hold(new StreamKey(submission.tenant(), stream.toString()), stream, cache);
        }
      }
    }
    this.draft = new Draft(streams, owners);
  }

  private void hold(StreamKey key, StreamName stream, States cache) {
    if (!streams.containsKey(key)) {
      streams.put(key, new Held(key, aggregates.of(stream.resource()), cache.get(key)));
    }
  }

  SortedSet<String> tenants() {
    SortedSet<String> tenants = new TreeSet<>();
    submissions.forEach(submission -> tenants.add(submission.tenant()));
    return tenants;
  }

  /**
   * Decides all submissions.
   *
   * @param readAll whether to look what is new in every stream first: the group was overtaken
   * @return what is to be written
   */
  Changes decide(Session session, boolean readAll) {
    readAnswers(session);
    read(session, streams.values().stream().filter(held -> readAll || held.isUnread()).toList());
    for (int round = 0; round < MAX_ROUNDS; round++) {
      streams.values().forEach(Held::reset);
      draft = new Draft(streams, owners);
      for (Submission submission : submissions) {
        draft.decide(submission, earlier);
      }
      boolean news = readOwners(session, draft.claimsToLookUp());
      news |= read(session, draft.streamsToConfirm());
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
  void remember(States cache) {
    for (Held held : streams.values()) {
      if (held.version() > 0 && !held.isDamaged()) {
        cache.put(held.key, held.known());
      }
    }
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
