package xalesin.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Problem;
import xalesin.projection.IndexRange;
import xalesin.projection.ListRequest;
import xalesin.projection.Page;
import xalesin.projection.TenantViews;
import xalesin.projection.audit.AuditLogs;
import xalesin.projection.view.View;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.audit.AuditLogRow;

/**
 * Rows as they were: the events of the row's own stream, out of the audit log, folded again by the
 * view itself up to a version or a time. What the fold takes from other rows (a name, say) it takes
 * as it is now. Pure but for its reads.
 */
final class Past {
  /** Some tenths of a second of work; who needs more reads the history. */
  static final int MAX_FOLDED_EVENTS = 10_000;

  private static final int PAGE = 500;
  private static final int MAX_VERSION_DIGITS = 18;

  private Past() {}

  /** Up to where events count: those up to a version, or those recorded up to a time. */
  sealed interface Moment {
    record Version(long version) implements Moment {}

    record Time(Instant time) implements Moment {}

    /** The value of `asOf`. */
    static Moment parse(String text) {
      if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        if (text.length() <= MAX_VERSION_DIGITS && Long.parseLong(text) > 0) {
          return new Version(Long.parseLong(text));
        }
        throw Problem.badRequest("asOf takes a version from 1").exception();
      }
      try {
        return new Time(Instant.parse(text));
      } catch (DateTimeException e) {
        throw Problem.badRequest(
                "asOf takes a version, or a time as in RFC 3339 (2026-11-22T09:30:00Z)")
            .exception();
      }
    }

    default boolean includes(AuditLogRow event) {
      return switch (this) {
        case Version(var version) -> event.version() <= version;
        case Time(var time) -> !event.date().isAfter(time);
      };
    }
  }

  /** The events of a stream, the oldest first. */
  static IndexRange stream(String resource, UUID id) {
    return IndexRange.of(AuditLogs.VIEW, AuditLogs.BY_STREAM, resource, id);
  }

  /** The id as a UUID; null when it is not one in its canonical form. */
  static @Nullable UUID id(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? id : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The row's JSON as it was; null when there was none. */
  static byte @Nullable [] row(
      TenantViews views, String tenant, View<?> view, String id, Moment moment) {
    UUID uuid = id(id);
    if (uuid == null) {
      return null;
    }
    Folded folded = new Folded(views, view, uuid);
    IndexRange stream = stream(view.name(), uuid);
    byte[] after = null;
    Page page;
    do {
      page = views.scan(ListRequest.of(stream, after, PAGE));
      for (byte[] json : page.rows()) {
        AuditLogRow event = Json.read(json, AuditLogRow.class);
        if (!moment.includes(event)) {
          return folded.json();
        }
        folded.add(AuditLogs.recorded(tenant, event));
      }
      after = page.positions().isEmpty() ? null : page.positions().getLast();
    } while (page.hasMore());
    // There is no row yet of a version that is still to come.
    return moment instanceof Moment.Version(var version) && folded.events < version
        ? null
        : folded.json();
  }

  /** A row on its way through its events. */
  private static final class Folded implements View.Rows {
    private final TenantViews views;
    private final View<?> view;
    private final UUID id;
    private @Nullable Object row;
    private int events;

    Folded(TenantViews views, View<?> view, UUID id) {
      this.views = views;
      this.view = view;
      this.id = id;
    }

    void add(RecordedEvent event) {
      if (++events > MAX_FOLDED_EVENTS) {
        throw Problem.of(
                400,
                "too-many-events",
                "Too many events for one answer",
                "a row as it was is worked out of %d events at most; the history has them all"
                    .formatted(MAX_FOLDED_EVENTS))
            .exception();
      }
      for (View.Change<?> change : view.fold(event, EventTypes.read(event), this)) {
        if (change.id().equals(id)) {
          row = change.row();
        }
      }
    }

    byte @Nullable [] json() {
      return row == null ? null : Json.write(row);
    }

    @Override
    public <T> @Nullable T get(View<T> other, UUID otherId) {
      if (other.equals(view) && otherId.equals(id)) {
        return other.rowClass().cast(row);
      }
      byte[] json = views.row(other, otherId.toString());
      return json == null ? null : Json.read(json, other.rowClass());
    }
  }
}
