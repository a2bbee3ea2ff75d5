package xalesin.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * as it is now. Times of a stream need not rise with its versions: an event counts when it or one
 * after it was recorded by then. Pure but for its reads.
 */
final class Past {
  /** Some tenths of a second of work; who needs more reads the history. */
  static final int MAX_FOLDED_EVENTS = 10_000;

  /** More than a command waits for its turn, and than clocks of one installation differ. */
  static final Duration OUT_OF_ORDER = Duration.ofSeconds(60);

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

    /**
     * Whether neither the event nor any after it is included. A clock is read before a command has
     * its turn, and two nodes have two clocks, so an event may be a little earlier than the one
     * before it.
     */
    default boolean isOver(AuditLogRow event) {
      return switch (this) {
        case Version(var version) -> event.version() > version;
        case Time(var time) -> event.date().minus(OUT_OF_ORDER).isAfter(time);
      };
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

  /** The id as a UUID in its 36 characters, of either case; null when it is not one. */
  static @Nullable UUID id(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? id : null;
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
        if (moment.isOver(event)) {
          return folded.json();
        }
        RecordedEvent recorded = AuditLogs.recorded(tenant, event);
        if (moment.includes(event)) {
          folded.add(recorded);
        } else if (!folded.keep(recorded)) {
          return folded.json();
        }
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

    /** Events that do not count unless one after them does. */
    private final List<RecordedEvent> later = new ArrayList<>();

    Folded(TenantViews views, View<?> view, UUID id) {
      this.views = views;
      this.view = view;
      this.id = id;
    }

    /**
     * Keeps it until an event after it counts: then it had happened too.
     *
     * @return false when so many are kept that none after them is looked at
     */
    boolean keep(RecordedEvent event) {
      later.add(event);
      return later.size() < MAX_FOLDED_EVENTS;
    }

    void add(RecordedEvent event) {
      later.forEach(this::fold);
      later.clear();
      fold(event);
    }

    private void fold(RecordedEvent event) {
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
