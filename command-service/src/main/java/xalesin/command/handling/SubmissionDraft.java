package xalesin.command.handling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Claim;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Plan;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.Series;
import xalesin.command.store.ClaimKey;
import xalesin.command.store.SeriesKey;
import xalesin.command.store.StreamKey;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.StreamName;

/**
 * One submission being decided on its own copy of things, so that nothing of it stays when one of
 * its commands is refused. For one thread.
 */
final class SubmissionDraft implements Plan.States {
  private final Submission submission;
  private final Draft group;
  private final Map<StreamKey, Local> locals = new HashMap<>();
  private final Map<ClaimKey, String> holders = new HashMap<>();
  private final Map<SeriesKey, Long> numbers = new HashMap<>();
  private final List<Runnable> takeOver = new ArrayList<>();

  private static final class Local {
    final Held held;
    Object state;
    long version;

    Local(Held held) {
      this.held = held;
      this.state = held.state();
      this.version = held.version();
    }

    boolean isAppendedTo() {
      return version > held.version();
    }
  }

  SubmissionDraft(Submission submission, Draft group) {
    this.submission = submission;
    this.group = group;
  }

  Outcome decide() {
    if (!group.isFounded(submission.tenant())) {
      List<Plan.StreamEvents> founding = group.founding().events();
      prepare(founding.stream().map(Plan.StreamEvents::stream).toList());
      founding.forEach(append -> append(submission.steps().getFirst(), append));
    }
    List<Outcome.Result> results = new ArrayList<>();
    Draft.Unread unread = null;
    for (int i = 0; i < submission.steps().size(); i++) {
      try {
        Outcome end = decide(i, results);
        if (end != null && unread == null) {
          return end;
        }
      } catch (Draft.Unread e) {
        // Go on nevertheless, so that what all steps ask for is read together.
        unread = e;
      } catch (RuntimeException e) {
        if (unread == null) {
          throw e;
        }
        // It may have come of what is missing; it is decided again.
      }
    }
    if (unread != null) {
      throw unread;
    }
    return new Outcome.Done(results);
  }

  /** Adds the step's result; or why none of the steps happens. */
  private @Nullable Outcome decide(int number, List<Outcome.Result> results) {
    Step step = submission.steps().get(number);
    StreamName target = step.plan().target();
    Local local = local(target);
    Plan.Verdict verdict = step.plan().decide(context(step), this);
    // A target that never was is better called missing than moved.
    boolean missing = local.version == 0 && verdict instanceof Plan.Refuse;
    if (!missing && hasMoved(step.expectedVersion(), local.version)) {
      return new Outcome.Moved(number, target, local.version);
    }
    return switch (verdict) {
      case Plan.Refuse(var refusal) -> new Outcome.Refused(number, target, refusal);
      case Plan.Append append -> {
        Refusal taken = append(step, append);
        if (taken != null) {
          yield new Outcome.Refused(number, target, taken);
        }
        results.add(result(target, append));
        yield null;
      }
    };
  }

  private CommandContext context(Step step) {
    Submission.Context context = submission.context();
    return new CommandContext(step.commandId(), context.recordedAt(), context.actor());
  }

  private static boolean hasMoved(@Nullable Long expected, long actual) {
    return expected != null && (expected == Step.ANY_VERSION ? actual == 0 : expected != actual);
  }

  @Override
  public Object of(StreamName stream) {
    return local(stream).state;
  }

  @Override
  public void prepare(Collection<StreamName> streams) {
    group.require(streams.stream().map(this::key).toList());
  }

  @Override
  public void begin(StreamName stream) {
    group.begin(key(stream));
  }

  @Override
  public long last(Series series) {
    SeriesKey key = key(series);
    Long taken = numbers.get(key);
    return taken == null ? group.last(key) : taken;
  }

  private Local local(StreamName stream) {
    StreamKey key = key(stream);
    Local local = locals.get(key);
    if (local == null) {
      local = new Local(group.look(key));
      locals.put(key, local);
    }
    return local;
  }

  /** Why it cannot be because of a claim, or null. */
  private @Nullable Refusal append(Step step, Plan.Append append) {
    for (Plan.StreamEvents events : append.appends()) {
      Refusal taken = append(step, events);
      if (taken != null) {
        return taken;
      }
    }
    append
        .numbers()
        .forEach(
            (series, last) -> {
              SeriesKey key = key(series);
              numbers.put(key, last);
              takeOver.add(() -> group.take(key, last));
            });
    return null;
  }

  private @Nullable Refusal append(Step step, Plan.StreamEvents append) {
    Local local = local(append.stream());
    for (DomainEvent event : append.events()) {
      Refusal taken = claim(local, local.held.aggregate.claimsOf(local.state, event));
      if (taken != null) {
        return taken;
      }
      local.state = local.held.aggregate.evolveAny(local.state, event);
      long version = ++local.version;
      Draft.Pending pending =
          new Draft.Pending(local.held.key, version, event, step, submission.context());
      takeOver.add(() -> group.append(pending));
    }
    return null;
  }

  /** Events of a transaction stand in the log in the order of their streams' names. */
  private Outcome.Result result(StreamName target, Plan.Append append) {
    List<DomainEvent> events = new ArrayList<>();
    StreamName last = target;
    for (Plan.StreamEvents part : append.appends()) {
      boolean isLater = events.isEmpty() || part.stream().toString().compareTo(last.toString()) > 0;
      last = !part.events().isEmpty() && isLater ? part.stream() : last;
      events.addAll(part.events());
    }
    return new Outcome.Result(target, local(target).version, events, last, local(last).version);
  }

  private @Nullable Refusal claim(Local local, Claim.Changes changes) {
    String stream = local.held.key.stream();
    for (Claim claim : changes.released()) {
      hand(key(claim), stream, "");
    }
    for (Claim claim : changes.claimed()) {
      ClaimKey key = key(claim);
      String holder = holders.containsKey(key) ? holders.get(key) : group.holder(key);
      if (!holder.isEmpty() && !holder.equals(stream)) {
        return local.held.aggregate.taken().apply(claim);
      }
      hand(key, holder, stream);
    }
    return null;
  }

  private StreamKey key(StreamName stream) {
    return new StreamKey(submission.tenant(), stream.toString());
  }

  private ClaimKey key(Claim claim) {
    return new ClaimKey(submission.tenant(), claim.kind(), claim.value());
  }

  private SeriesKey key(Series series) {
    return new SeriesKey(submission.tenant(), series.toString());
  }

  private void hand(ClaimKey claim, String from, String to) {
    holders.put(claim, to);
    takeOver.add(() -> group.hand(claim, from, to));
  }

  /** Makes it part of the group. */
  void takeOver() {
    boolean appends = locals.values().stream().anyMatch(Local::isAppendedTo);
    takeOver.forEach(Runnable::run);
    for (Local local : locals.values()) {
      if (local.isAppendedTo()) {
        local.held.advance(local.state, local.version);
      } else if (appends) {
        group.relyOn(local.held);
      }
    }
  }
}
