package xalesin.query;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewSequences;
import xalesin.projection.Views;
import xalesin.query.Read.Content;
import xalesin.query.ResultCache.Fresh;
import xalesin.query.ResultCache.Shared;
import xalesin.query.ResultCache.Way;

/**
 * The way of every read: what was read before is answered as long as its views stand still, and
 * read otherwise. Nothing is ever answered that the store would not give. Thread-safe.
 */
final class Answers {
  private final Views views;
  private final Consistency consistency;
  private final ResultCache cache;
  private final SlowReads slow;
  private final InstantSource clock;
  private final LongAdder notModified = new LongAdder();

  Answers(
      Views views,
      Consistency consistency,
      ResultCache cache,
      SlowReads slow,
      InstantSource clock,
      MeterRegistry registry) {
    this.views = views;
    this.consistency = consistency;
    this.cache = cache;
    this.slow = slow;
    this.clock = clock;
    FunctionCounter.builder("query.not.modified", notModified, LongAdder::sum)
        .description("Reads answered with 304")
        .register(registry);
  }

  /** Answers a request. A kept answer needs no second check: only checked requests have one. */
  void serve(Exchange exchange, AnswerKind kind, Read.Check check) throws InterruptedException {
    Demands demands = Demands.of(exchange);
    // Cursors carry their day and end: who asks on another day gets some that are good for longer.
    String more = kind.listed() ? Cursors.day(clock) + "/" + kind.more() : kind.more();
    Question question = Question.of(exchange, more);
    StoredAnswer kept = kind.cached() && !demands.fresh() ? cache.kept(question) : null;
    Read read = kept == null ? check.read() : null;
    consistency.await(exchange);
    ViewSequences now = views.sequences(exchange.tenant());
    if (now.settled() && !demands.fresh()) {
      if (kept != null && kept.holdsFor(now.store(), now.of(kind.views()))) {
        cache.came(Way.HIT);
        cache.saved(kept.reads());
        send(
            exchange, kind, question, new Fresh(kept, now.sequence(), true), Way.HIT.status(false));
        return;
      }
      if (isUnchanged(exchange, kind, question, now)) {
        return;
      }
    }
    Read checked = read == null ? check.read() : read;
    if (demands.fresh() || !kind.cached()) {
      alone(exchange, kind, question, demands, checked);
    } else {
      together(exchange, kind, question, kept == null ? Way.MISS : Way.STALE, checked);
    }
  }

  /** Whether the caller has a list that still holds, though it is not kept here. Says so. */
  private boolean isUnchanged(
      Exchange exchange, AnswerKind kind, Question question, ViewSequences now) {
    String known = exchange.header("If-None-Match");
    if (!kind.listed() || known == null || known.indexOf('*') >= 0) {
      return false;
    }
    String tag = ETags.ofList(now.of(kind.views()), question);
    if (!ETags.matches(known, tag)) {
      return false;
    }
    cache.came(Way.HIT);
    headers(exchange, kind, now.sequence(), Way.HIT.status(false));
    return isNotModified(exchange, tag);
  }

  private void alone(
      Exchange exchange, AnswerKind kind, Question question, Demands demands, Read read) {
    Way way = demands.fresh() ? Way.REQUEST : Way.BYPASS;
    QueryPlan plan = new QueryPlan();
    Fresh fresh = fresh(exchange, kind, question, read, plan);
    boolean keep = kind.cached() && demands.keep() && fresh.steady();
    if (keep) {
      cache.keep(question, fresh);
    }
    if (demands.explain()) {
      exchange.header("Query-Plan", plan.toString());
      exchange.context().res().addHeader("Preference-Applied", Preferences.EXPLAIN);
    }
    cache.came(way);
    send(exchange, kind, question, fresh, way.status(keep));
  }

  private void together(
      Exchange exchange, AnswerKind kind, Question question, Way otherwise, Read read)
      throws InterruptedException {
    Shared shared =
        cache.share(
            question,
            (answer, steady) -> steady ? adopted(exchange, kind, answer) : null,
            () -> fresh(exchange, kind, question, read, new QueryPlan()));
    Fresh fresh = shared.fresh();
    if (shared.own()) {
      cache.came(otherwise);
      send(exchange, kind, question, fresh, otherwise.status(fresh.steady()));
    } else {
      cache.came(Way.COLLAPSED);
      cache.saved(fresh.answer().reads());
      send(exchange, kind, question, fresh, Way.COLLAPSED.status(false));
    }
  }

  /** An answer that may have been read before this request waited for its write. */
  private @Nullable Fresh adopted(Exchange exchange, AnswerKind kind, StoredAnswer answer) {
    ViewSequences now = views.sequences(exchange.tenant());
    return now.settled() && answer.holdsFor(now.store(), now.of(kind.views()))
        ? new Fresh(answer, now.sequence(), true)
        : null;
  }

  /**
   * Reads the store. When nothing was being written to its views and their sequence is the same
   * before and after, the answer is what they have at that sequence. Otherwise it is what they have
   * at the sequence of the tenant.
   */
  private Fresh fresh(
      Exchange exchange, AnswerKind kind, Question question, Read read, QueryPlan plan) {
    ViewSequences before = views.sequences(exchange.tenant());
    long begin = System.nanoTime();
    Content content = read.content(plan);
    slow.took(System.nanoTime() - begin, exchange, plan);
    cache.read(plan.reads());
    ViewSequences after = views.sequences(exchange.tenant());
    long label = before.of(kind.views());
    boolean steady =
        before.settled() && before.store() == after.store() && label == after.of(kind.views());
    String tag = content.etag();
    if (tag == null) {
      tag = ETags.ofList(steady ? label : content.sequence(), question);
    }
    StoredAnswer answer =
        new StoredAnswer(content.json(), tag, before.store(), label, plan.reads());
    return new Fresh(answer, content.sequence(), steady);
  }

  private void send(
      Exchange exchange, AnswerKind kind, Question question, Fresh fresh, String cacheStatus) {
    StoredAnswer answer = fresh.answer();
    headers(exchange, kind, fresh.sequence(), cacheStatus);
    if (isNotModified(exchange, answer.etag())) {
      return;
    }
    ContentCoding coding =
        kind.listed() && answer.json().length >= ContentCoding.MIN_BYTES
            ? ContentCoding.preferred(exchange.header("Accept-Encoding"))
            : null;
    if (coding == null) {
      exchange.json(200, answer.json());
      return;
    }
    boolean isNew = !answer.has(coding);
    byte[] coded = answer.coded(coding);
    if (isNew) {
      cache.grown(question, answer);
    }
    exchange.header("Content-Encoding", coding.token()).json(200, coded);
  }

  /** What every answer says: which state was read, how old it is, and how it was come by. */
  private void headers(Exchange exchange, AnswerKind kind, long sequence, String cacheStatus) {
    exchange.header("View-Sequence", Long.toString(sequence));
    exchange.header("Cache-Status", cacheStatus);
    exchange.header("Vary", kind.listed() ? "Authorization, Accept-Encoding" : "Authorization");
    Instant asOf = views.freshness(exchange.tenant()).asOf();
    if (asOf != null) {
      long ageMillis = Math.max(0, clock.millis() - asOf.toEpochMilli());
      exchange.header("Age-Ms", Long.toString(ageMillis));
    }
  }

  /** Sets the tag; answers 304 and says so when the caller has that state already. */
  private boolean isNotModified(Exchange exchange, String etag) {
    exchange.header("ETag", etag);
    if (!ETags.matches(exchange.header("If-None-Match"), etag)) {
      return false;
    }
    notModified.increment();
    exchange.empty(304);
    return true;
  }

  /** Reads a tenant's views, all of one instant. */
  Read snapshot(String tenant, Function<TenantViews, byte[]> json) {
    return plan -> {
      try (TenantViews tenantViews = new PlannedViews(views.snapshot(tenant), plan)) {
        return Content.of(tenantViews.sequence(), json.apply(tenantViews), null);
      }
    };
  }

  /** The parameter `fields`, or null when whole rows are asked for. */
  static @Nullable FieldSelection fields(Exchange exchange, Resource resource) {
    String text = exchange.query("fields");
    if (text == null) {
      return null;
    }
    List<String> names = Values.split(text);
    for (String name : names) {
      if (!resource.rowFields().contains(name)) {
        throw Problem.badRequest(
                "fields takes names out of %s, not \"%s\""
                    .formatted(String.join(", ", resource.rowFields()), name))
            .exception();
      }
    }
    return FieldSelection.of(names);
  }

  static List<byte[]> select(@Nullable FieldSelection fields, List<byte[]> rows) {
    return fields == null ? rows : rows.stream().map(fields::of).toList();
  }
}
