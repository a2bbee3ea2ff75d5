package xalesin.standalone.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.ViewCatalog;
import xalesin.projection.view.View;
import xalesin.schemas.Json;
import xalesin.schemas.RecordedEvent;

/**
 * Compares each tenant's rows, as the read API serves them, with a fresh fold of the table, and the
 * totals with the number of rows. The installation may be running: a row is compared with the state
 * of its own version, and a row older than the table was at the start is a difference.
 */
final class ViewsCheck {
  /** How long the views may stand still before what they lack counts as missing. */
  private static final Duration PATIENCE = TopicCheck.PATIENCE;

  /** Events folded at a time. */
  private static final int BATCH = 2_000;

  private static final long POLL_MILLIS = 50;

  private final EventTable snapshot;
  private final EventTable newest;
  private final ReadApi api;
  private final Differences differences;

  ViewsCheck(EventTable snapshot, EventTable newest, ReadApi api, Differences differences) {
    this.snapshot = snapshot;
    this.newest = newest;
    this.api = api;
    this.differences = differences;
  }

  /** Returns how many rows were compared. */
  long check(EventTable.Tenant tenant) throws SQLException, IOException, InterruptedException {
    if (!awaitSequence(tenant)) {
      return 0;
    }
    TenantCheck check = new TenantCheck(tenant.name());
    snapshot.events(tenant.name(), check::add);
    check.flush();
    check.compareGathered(tenant);
    compareTotals(tenant, check.live);
    return check.rows;
  }

  private boolean awaitSequence(EventTable.Tenant tenant) throws IOException, InterruptedException {
    long sequence = -1;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      long now = api.sequence(tenant.name());
      if (now >= tenant.events()) {
        return true;
      }
      if (now > sequence) {
        sequence = now;
        deadline = System.nanoTime() + PATIENCE.toNanos();
      }
      java.util.concurrent.TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    differences.add(
        "views: tenant %s has %d events applied, the table has %d"
            .formatted(tenant.name(), sequence, tenant.events()));
    return false;
  }

  private void compareTotals(EventTable.Tenant tenant, Map<View<?>, Long> live)
      throws IOException, InterruptedException {
    for (View<?> view : ViewCatalog.ALL) {
      ReadApi.Total total = api.total(tenant.name(), view.name());
      boolean nothingCameSince = total.sequence() == tenant.events();
      long expected = live.getOrDefault(view, 0L);
      if (nothingCameSince && total.rows() != expected) {
        differences.add(
            "views: %s of tenant %s says %d rows in total, there are %d"
                .formatted(view.name(), tenant.name(), total.rows(), expected));
      }
    }
  }

  /** Gathers the tenant's streams and compares some of them at a time. */
  private final class TenantCheck {
    private final String tenant;
    private final Set<String> streams = new LinkedHashSet<>();
    private final Map<View<?>, Long> live = new HashMap<>();
    private final Map<FoldedRows.Key, Object> gathered = new HashMap<>();
    private FoldedRows folded = new FoldedRows(gathered);
    private int events;
    private long rows;

    TenantCheck(String tenant) {
      this.tenant = tenant;
    }

    void add(RecordedEvent event) {
      if (events >= BATCH && !streams.contains(event.stream())) {
        flush();
      }
      streams.add(event.stream());
      folded.apply(event);
      events++;
    }

    void flush() {
      try {
        compare();
      } catch (SQLException | IOException e) {
        throw new IllegalStateException("views of tenant " + tenant + " cannot be compared", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      streams.clear();
      folded = new FoldedRows(gathered);
      events = 0;
    }

    /** What gathers from all streams can be compared only while nothing comes. */
    private void compareGathered(EventTable.Tenant tenant)
        throws IOException, InterruptedException {
      for (View<?> view : ViewCatalog.ALL) {
        List<FoldedRows.Key> keys =
            gathered.keySet().stream().filter(key -> key.view().equals(view)).toList();
        if (keys.isEmpty()) {
          continue;
        }
        List<UUID> ids = keys.stream().map(FoldedRows.Key::id).toList();
        Map<UUID, JsonNode> served = api.rows(tenant.name(), view.name(), ids);
        if (api.sequence(tenant.name()) != tenant.events()) {
          return;
        }
        for (FoldedRows.Key key : keys) {
          rows++;
          live.merge(view, 1L, Long::sum);
          JsonNode expected = tree(gathered.get(key));
          if (!expected.equals(served.get(key.id()))) {
            different(key, "is %s, should be %s".formatted(served.get(key.id()), expected));
          }
        }
      }
    }

    private void compare() throws SQLException, IOException, InterruptedException {
      Map<FoldedRows.Key, JsonNode> served = new HashMap<>();
      for (View<?> view : ViewCatalog.ALL) {
        List<UUID> ids =
            folded.keys().stream()
                .filter(key -> key.view().equals(view))
                .map(FoldedRows.Key::id)
                .toList();
        api.rows(tenant, view.name(), ids)
            .forEach((id, row) -> served.put(new FoldedRows.Key(view, id), row));
      }
      FoldedRows now = new FoldedRows(new HashMap<>());
      newest.events(tenant, new ArrayList<>(streams), now::apply);
      for (FoldedRows.Key key : folded.keys()) {
        rows++;
        compare(key, served.get(key), now);
      }
    }

    private void compare(FoldedRows.Key key, @Nullable JsonNode served, FoldedRows now) {
      FoldedRows.State least = folded.newest(key);
      FoldedRows.State last = now.newest(key);
      if (least == null || last == null) {
        throw new IllegalStateException("the table lost events of " + key);
      }
      if (least.row() != null) {
        live.merge(key.view(), 1L, Long::sum);
      }
      if (served == null) {
        if (last.row() != null) {
          different(key, "is missing");
        }
        return;
      }
      long version = served.path("version").asLong();
      FoldedRows.State state = now.at(key, version);
      if (version < least.version()) {
        different(key, "is in version %d, the table was in %d".formatted(version, least.version()));
      } else if (state == null || state.row() == null) {
        different(key, "is in version %d, in which it should not be".formatted(version));
      } else if (!tree(state.row()).equals(served)) {
        different(key, "is %s, should be %s".formatted(served, tree(state.row())));
      }
    }

    /** Through text, as the served row came: the two trees then have the same kinds of numbers. */
    private static JsonNode tree(Object row) {
      return Json.read(Json.write(row), JsonNode.class);
    }

    private void different(FoldedRows.Key key, String how) {
      differences.add(
          "views: %s/%s of tenant %s %s".formatted(key.view().name(), key.id(), tenant, how));
    }
  }
}
