package xalesin.command.handling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Claim;
import xalesin.command.decision.Plan;
import xalesin.command.decision.Refusal;
import xalesin.command.store.ClaimKey;
import xalesin.command.store.StreamKey;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.StreamName;

/**
 * One submission being decided on its own copy of things, so that nothing of it stays when one of
 * its commands is refused. For one thread.
 */
final class SubmissionDraft {
  private final Submission submission;
  private final Draft group;
  private final Map<StreamKey, Local> locals = new HashMap<>();
  private final Map<ClaimKey, String> holders = new HashMap<>();
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
  }

  SubmissionDraft(Submission submission, Draft group) {
    this.submission = submission;
    this.group = group;
  }

  Outcome decide() {
    List<Outcome.Result> results = new ArrayList<>();
    for (int i = 0; i < submission.steps().size(); i++) {
      Step step = submission.steps().get(i);
      StreamName target = step.plan().target();
      Local local = local(target);
      Plan.Verdict verdict = step.plan().decide(stream -> local(stream).state);
      // A target that never was is better called missing than moved.
      boolean missing = local.version == 0 && verdict instanceof Plan.Refuse;
      if (!missing && hasMoved(step.expectedVersion(), local.version)) {
        return new Outcome.Moved(i, target, local.version);
      }
      switch (verdict) {
        case Plan.Refuse(var refusal) -> {
          return new Outcome.Refused(i, target, refusal);
        }
        case Plan.Append(var appends) -> {
          List<DomainEvent> events = new ArrayList<>();
          for (Plan.StreamEvents append : appends) {
            Refusal taken = append(step, append, events);
            if (taken != null) {
              return new Outcome.Refused(i, target, taken);
            }
          }
          results.add(new Outcome.Result(target, local.version, events));
        }
      }
    }
    return new Outcome.Done(results);
  }

  private static boolean hasMoved(@Nullable Long expected, long actual) {
    return expected != null && (expected == Step.ANY_VERSION ? actual == 0 : expected != actual);
  }

  private Local local(StreamName stream) {
    StreamKey key = new StreamKey(submission.tenant(), stream.toString());
    Local local = locals.get(key);
    if (local == null) {
      local = new Local(group.look(key));
      locals.put(key, local);
    }
    return local;
  }

  /** Why it cannot be because of a claim, or null. */
  private @Nullable Refusal append(Step step, Plan.StreamEvents append, List<DomainEvent> events) {
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
      events.add(event);
    }
    return null;
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

  private ClaimKey key(Claim claim) {
    return new ClaimKey(submission.tenant(), claim.kind(), claim.value());
  }

  private void hand(ClaimKey claim, String from, String to) {
    holders.put(claim, to);
    takeOver.add(() -> group.hand(claim, from, to));
  }

  /** Makes it part of the group. */
  void takeOver() {
    takeOver.forEach(Runnable::run);
    locals.values().forEach(local -> local.held.advance(local.state, local.version));
  }
}
