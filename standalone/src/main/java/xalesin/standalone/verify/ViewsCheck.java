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
 * of its own version, and a row older than the table was at the start is a difference. Rows that
 * add up many streams are compared when nothing has happened since the start.
 */
final class ViewsCheck {
  /** Events folded at a time. */
  private static final int BATCH = 2_000;

  private static final long POLL_MILLIS = 50;

  private final EventTable snapshot;
  private final EventTable newest;
  private final ReadApi api;
  private final Differences differences;
  private final Duration patience;

  /**
   * @param patience how long the views may stand still before what they lack counts as missing
   */
  ViewsCheck(
      EventTable snapshot,
      EventTable newest,
      ReadApi api,
      Differences differences,
      Duration patience) {
    this.snapshot = snapshot;
    this.newest = newest;
    this.api = api;
    this.differences = differences;
    this.patience = patience;
  }

  /** Returns how many rows were compared. */
  long check(EventTable.Tenant tenant) throws SQLException, IOException, InterruptedException {
    if (!awaitSequence(tenant)) {
      return 0;
    }
    TenantCheck check = new TenantCheck(tenant.name());
    snapshot.events(tenant.name(), check::add);
    check.flush();
    check.sums.keySet().forEach(key -> check.live.merge(key.view(), 1L, Long::sum));
    compareTotals(tenant, check.live);
    return check.rows + compareSums(tenant, check.sums);
  }

  private boolean awaitSequence(EventTable.Tenant tenant) throws IOException, InterruptedException {
    long sequence = -1;
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      long now = api.sequence(tenant.name());
      if (now >= tenant.events()) {
        return true;
      }
      if (now > sequence) {
        sequence = now;
        deadline = System.nanoTime() + patience.toNanos();
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
      if (!isListedWhole(view)) {
        continue;
      }
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

  /** Whether a list without a filter has all of its rows. */
  private static boolean isListedWhole(View<?> view) {
    return view.indexes().stream().anyMatch(index -> index.equality().isEmpty());
  }

  /** Returns how many were compared. */
  private long compareSums(EventTable.Tenant tenant, Map<FoldedRows.Key, Object> sums)
      throws IOException, InterruptedException {
    Map<FoldedRows.Key, JsonNode> served = new HashMap<>();
    for (View<?> view : ViewCatalog.ALL) {
      if (view.isOfManyStreams()) {
        served.putAll(served(tenant.name(), view, sums.keySet()));
      }
    }
    if (api.sequence(tenant.name()) != tenant.events()) {
      return 0;
    }
    sums.forEach(
        (key, row) -> {
          JsonNode now = served.get(key);
          if (now == null) {
            different(tenant.name(), key, "is missing");
          } else if (!tree(row).equals(now)) {
            different(tenant.name(), key, "is %s, should be %s".formatted(now, tree(row)));
          }
        });
    return sums.size();
  }

  private Map<FoldedRows.Key, JsonNode> served(
      String tenant, View<?> view, Set<FoldedRows.Key> keys)
      throws IOException, InterruptedException {
    List<UUID> ids =
        keys.stream().filter(key -> key.view().equals(view)).map(FoldedRows.Key::id).toList();
    Map<FoldedRows.Key, JsonNode> served = new HashMap<>();
    if (view.isSingle() && !ids.isEmpty()) {
      served.put(new FoldedRows.Key(view, ids.getFirst()), api.only(tenant, view.name()));
    } else {
      api.rows(tenant, view.name(), ids)
          .forEach((id, row) -> served.put(new FoldedRows.Key(view, id), row));
    }
    return served;
  }

  /** Through text, as the served row came: the two trees then have the same kinds of numbers. */
  private static JsonNode tree(Object row) {
    return Json.read(Json.write(row), JsonNode.class);
  }

  private void different(String tenant, FoldedRows.Key key, String how) {
    differences.add(
        "views: %s/%s of tenant %s %s".formatted(key.view().name(), key.id(), tenant, how));
  }

  /** Gathers the tenant's streams and compares some of them at a time. */
  private final class TenantCheck {
    private final String tenant;
    private final Set<String> streams = new LinkedHashSet<>();
    private final Map<View<?>, Long> live = new HashMap<>();
    private final Map<FoldedRows.Key, Object> sums = new HashMap<>();
    private FoldedRows folded = new FoldedRows(sums);
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
      folded = new FoldedRows(sums);
      events = 0;
    }

    private void compare() throws SQLException, IOException, InterruptedException {
      Map<FoldedRows.Key, JsonNode> served = new HashMap<>();
      for (View<?> view : ViewCatalog.ALL) {
        served.putAll(served(tenant, view, folded.keys()));
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
          different(tenant, key, "is missing");
        }
        return;
      }
      long version = served.path("version").asLong();
      FoldedRows.State state = now.at(key, version);
      if (version < least.version()) {
        different(
            tenant,
            key,
            "is in version %d, the table was in %d".formatted(version, least.version()));
      } else if (state == null || state.row() == null) {
        different(tenant, key, "is in version %d, in which it should not be".formatted(version));
      } else if (!tree(state.row()).equals(served)) {
        different(tenant, key, "is %s, should be %s".formatted(served, tree(state.row())));
      }
    }
  }
}
