package xalesin.query;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.projection.Freshness;
import xalesin.projection.Views;

/** What all answers have in common: freshness, entity tags, field selection. Thread-safe. */
final class Answers {
  private final Views views;
  private final InstantSource clock;
  private final LongAdder notModified = new LongAdder();

  Answers(Views views, InstantSource clock, MeterRegistry registry) {
    this.views = views;
    this.clock = clock;
    FunctionCounter.builder("query.not.modified", notModified, LongAdder::sum)
        .description("Reads answered with 304")
        .register(registry);
  }

  /** The headers that say which state was read and how old it is. */
  void state(Exchange exchange, long sequence) {
    exchange.header("View-Sequence", Long.toString(sequence));
    exchange.header("Vary", "Authorization");
    Freshness freshness = views.freshness(exchange.tenant());
    Instant newest = freshness.newest();
    if (!freshness.caughtUp() && newest != null) {
      long ageMillis = Math.max(0, clock.millis() - newest.toEpochMilli());
      exchange.header("Age-Ms", Long.toString(ageMillis));
    }
  }

  /** Sets the tag; answers 304 and says so when the caller has that state already. */
  boolean notModified(Exchange exchange, String etag) {
    exchange.header("ETag", etag);
    if (!ETags.matches(exchange.header("If-None-Match"), etag)) {
      return false;
    }
    notModified.increment();
    exchange.empty(304);
    return true;
  }

  /**
   * Of a list in that state. It changes with the day that its cursors carry: who asks again gets
   * some that are good for longer.
   */
  String listTag(Exchange exchange, long sequence) {
    return ETags.ofList(
        sequence,
        exchange.tenant(),
        exchange.path(),
        Cursors.day(clock) + "?" + exchange.context().queryString());
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
