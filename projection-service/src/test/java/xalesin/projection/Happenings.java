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
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;

/** What happens to a tenant, a second apart, and the rows that all views have of it. */
public final class Happenings {
  public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final BruteForce views = new BruteForce();
  private final Map<StreamName, Long> versions = new HashMap<>();
  private long events;

  public Happenings happen(String resource, UUID id, DomainEvent... happened) {
    for (DomainEvent event : happened) {
      views.fold(recorded(new StreamName(resource, id), event));
    }
    return this;
  }

  private RecordedEvent recorded(StreamName stream, DomainEvent event) {
    EventTypes.Type type = EventTypes.of(event);
    events++;
    return new RecordedEvent(
        new UUID(9, events),
        "acme",
        stream.toString(),
        versions.merge(stream, 1L, Long::sum),
        type.name(),
        type.schemaVersion(),
        START.plusSeconds(events),
        "ada",
        "correlation",
        null,
        null,
        "192.0.2.7",
        Json.write(event));
  }

  public <R> @Nullable R find(View<R> view, UUID id) {
    return view.rowClass().cast(views.rowsOf(view).get(id));
  }

  public <R> R row(View<R> view, UUID id) {
    return requireNonNull(find(view, id), "there is no such row");
  }

  public <R> List<R> rows(View<R> view) {
    return views.rowsOf(view).values().stream().map(view.rowClass()::cast).toList();
  }
}
