package xalesin.projection;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;

/** What happened to a tenant, a second apart, and the rows that all views make of it. */
public final class Told {
  public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final BruteForce views = new BruteForce();
  private final Map<StreamName, Long> versions = new HashMap<>();
  private long seconds;

  public Told given(StreamName stream, DomainEvent... events) {
    for (DomainEvent event : events) {
      long version = versions.merge(stream, 1L, Long::sum);
      seconds++;
      RecordedEvent recorded =
          RandomEvents.recorded(
              new UUID(9, seconds), "acme", stream, version, START.plusSeconds(seconds), event);
      views.fold(recorded);
    }
    return this;
  }

  /** The id of the event that happened so many seconds after the start. */
  public static UUID event(long seconds) {
    return new UUID(9, seconds);
  }

  public <R> List<R> rows(View<R> view) {
    return views.rowsOf(view).values().stream().map(view.rowClass()::cast).toList();
  }

  public <R> R row(View<R> view, UUID id) {
    return requireNonNull(find(view, id));
  }

  public <R> @Nullable R find(View<R> view, UUID id) {
    return view.rowClass().cast(views.rowsOf(view).get(id));
  }
}
