package xalesin.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.Tenant;
import xalesin.bench.past.EventTable;
import xalesin.bench.past.Loading;
import xalesin.bench.past.Past;
import xalesin.bench.past.Question;
import xalesin.bench.past.Resource;
import xalesin.schemas.Json;

/** Whether reads take as long in a large tenant as in a small one. */
final class ListsBench implements Bench {
  private static final List<Integer> ROWS = List.of(10_000, 100_000, 1_000_000);
  private static final List<Integer> QUICK_ROWS = List.of(400, 800);

  @Override
  public String name() {
    return "lists";
  }

  @Override
  public String question() {
    return "How much longer does a read take, and how much more does it touch, in a tenant with more"
        + " rows?";
  }

  @Override
  public String baseline() {
    return "the same reads in the smallest tenants, on the same server at the same time";
  }

  @Override
  public List<String> method() {
    return List.of(
        "Each resource has a tenant of its own for each size, with so many rows of it, spread"
            + " over the same two years whatever their number; one group (a category, a customer,"
            + " an item) has a tenth of them. The audit log is read where the items are.",
        "Their events are written straight into the event table from a seed, in the form of the"
            + " command service; capture and views take them the usual way.",
        "Every question in equal parts: first pages of 50, pages from up to 40 places by cursor,"
            + " filters that few rows meet, ranges of four months; each answer with its exact"
            + " total.",
        "Open loop with Poisson arrivals at "
            + GrowthRuns.LIST_RATE
            + "/s, searches on their own at "
            + GrowthRuns.SEARCH_RATE
            + "/s; the sizes take turns in each run. Quantiles and their growth are of all runs"
            + " together.",
        "Touched: entries looked at by the index and rows read for each of the same requests, by"
            + " the server's own count; for searches the rows that match.");
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    Options options = session.options;
    if (options.url != null) {
      throw new IllegalArgumentException("lists needs its own server: leave out --url");
    }
    List<Integer> sizes = options.rows(options.quick ? QUICK_ROWS : ROWS);
    findings.set("rows", sizes);
    List<Resource> resources = options.resources();
    findings.set("resources", resources);
    // An item each: with its first command a tenant comes into being, its accounts too.
    Catalog founded = session.catalog(resources.size() * sizes.size(), 1, 1, findings);
    List<Loading.Part> parts = new ArrayList<>();
    Instant end = Instant.ofEpochMilli(session.startMillis()).truncatedTo(ChronoUnit.DAYS);
    for (int i = 0; i < founded.tenants().size(); i++) {
      Tenant tenant = founded.tenants().get(i);
      Resource resource = resources.get(i % resources.size());
      int rows = sizes.get(i / resources.size());
      Past past = resource.past(rows, options.seed + i, end, accounts(session, tenant));
      parts.add(new Loading.Part(tenant.name(), past));
    }
    load(session, findings, parts);
    GrowthRuns runs = new GrowthRuns(session, findings);
    for (int size = 0; size < sizes.size(); size++) {
      int first = size * resources.size();
      runs.add(sizes.get(size), asked(session, founded, parts, first, first + resources.size()));
    }
    runs.measure();
  }

  private static List<UUID> accounts(Session session, Tenant tenant)
      throws IOException, InterruptedException {
    JsonNode accounts =
        Json.MAPPER.readTree(
            session.stack().get("/api/accounts?sort=code&limit=500", tenant.token()));
    List<UUID> ids = new ArrayList<>();
    accounts.path("items").forEach(account -> ids.add(UUID.fromString(account.get("id").asText())));
    return ids;
  }

  private static void load(Session session, Findings findings, List<Loading.Part> parts)
      throws SQLException, IOException, InterruptedException {
    long start = System.nanoTime();
    long events;
    try (EventTable table = new EventTable(session.stack().postgres(), session.options.seed)) {
      events =
          new Loading(session.stack(), table, told -> session.say("loading: %s", told)).run(parts);
    }
    double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3;
    findings.set("events loaded", events);
    findings.set("seconds of loading", Math.round(seconds));
    session.say("%d events loaded in %.0f s, %.0f/s", events, seconds, events / seconds);
  }

  private static List<Asked> asked(
      Session session, Catalog founded, List<Loading.Part> parts, int from, int to)
      throws IOException, InterruptedException {
    List<Asked> asked = new ArrayList<>();
    for (int i = from; i < to; i++) {
      for (Question question : parts.get(i).past().questions()) {
        asked.add(AskedOf.of(session.stack(), founded.tenants().get(i), question));
      }
    }
    return asked;
  }
}
