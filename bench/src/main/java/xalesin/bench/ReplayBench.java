package xalesin.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.CommandMix;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;
import xalesin.bench.report.Report;
import xalesin.bench.stack.StackException;
import xalesin.schemas.Json;

/** How fast the views are rebuilt from the topic, and whether they come out the same. */
final class ReplayBench implements Bench {
  private static final Session.Extent EXTENT = new Session.Extent(20, 1_000, 40, 100);
  private static final int EVENTS = 300_000;
  private static final Duration WRITE_LIMIT = Duration.ofMinutes(30);
  private static final String DIFFERENT = "rebuilt views that differ";

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String question() {
    return "How many events a second are replayed into empty views, with an identical result?";
  }

  @Override
  public String baseline() {
    return "Axon Framework 5.0.1 on the same kind of machine: 20,600 events/s";
  }

  @Override
  public List<String> method() {
    return List.of(
        "At least "
            + EVENTS
            + " events are written through the public API first (the mix of the"
            + " benchmark \"commands\"), then the server is stopped.",
        "Each run is a new process without any HTTP load, the command rebuild-views on the same data"
            + " folder: it builds empty views from the topic's beginning; time runs from the first"
            + " event seen applied to the last.",
        "The hash is over all keys and values of all tenants, of the views that were there and of"
            + " the rebuilt ones.");
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    Options options = session.options;
    if (options.url != null) {
      throw new IllegalArgumentException("replay needs its own server: leave out --url");
    }
    int events = options.size(EVENTS, 5_000);
    Catalog catalog = session.catalog(EXTENT, findings);
    try (LoadClient client =
        session.client(
            CommandMix.source(catalog, options.seed, session.startMillis()),
            options.connections())) {
      session.say("writing %d events", events);
      Outcome written = findings.keep("writing", client.run(Load.closed(events, WRITE_LIMIT)));
      if (written.completed() < events) {
        throw new StackException("only " + written.completed() + " events could be written");
      }
      session.say("written at %.0f commands/s", written.perSecondRate());
    }
    session.settle(catalog);
    session.stopStack();
    List<Double> rates = new ArrayList<>();
    int different = 0;
    for (int run = 1; run <= options.runs(); run++) {
      String printed = session.launcher.run("rebuild-views", "--data", session.data().toString());
      JsonNode result = result(printed);
      findings.evidence.put("run " + run, result);
      if (result.path("events").asLong() < events) {
        throw new StackException("fewer events were replayed than written: " + printed);
      }
      boolean same =
          result.path("hashBefore").asText("before").equals(result.path("hashAfter").asText());
      different += same ? 0 : 1;
      findings.set("events", result.path("events").asLong());
      rates.add(result.path("events").asLong() / result.path("seconds").asDouble());
      session.say(
          "run %d: %.0f events/s, views %s", run, rates.getLast(), same ? "identical" : "DIFFER");
    }
    Figure rate = Figure.of("replayed", "events/s", rates).wanting(Wanted.atLeast(40_000));
    findings.figures.add(rate);
    findings.figures.add(Figure.single(DIFFERENT, "runs", different).wanting(Wanted.atMost(0)));
    findings.plots.add(Plot.bars("Events replayed a second", List.of(rate)));
  }

  /** The command's JSON line; whatever else it says comes before. */
  private static JsonNode result(String printed) throws JsonProcessingException {
    String json =
        printed
            .lines()
            .filter(line -> line.startsWith("{"))
            .reduce((_, last) -> last)
            .orElseThrow(() -> new StackException("rebuild-views printed no result: " + printed));
    return Json.MAPPER.readTree(json);
  }

  @Override
  public boolean failed(Report report) {
    return report.figures().stream()
        .anyMatch(figure -> figure.name().equals(DIFFERENT) && figure.median() > 0);
  }
}
