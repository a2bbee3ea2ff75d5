package xalesin.bench;

import java.util.ArrayList;
import java.util.List;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;
import xalesin.bench.stack.Stack;

/** How long a start on existing data takes. */
final class UpBench implements Bench {
  @Override
  public String name() {
    return "up";
  }

  @Override
  public String question() {
    return "How long from starting the process until it is ready, on the demo tenant's data?";
  }

  @Override
  public String baseline() {
    return "Axon 4.13 with its PostgreSQL already running: 1.9 s; Node with everything running:"
        + " 0.6 s";
  }

  @Override
  public List<String> method() {
    return List.of(
        "A first start makes the data folder and loads the demo tenant; it is not counted. Then"
            + " the server is started and stopped cleanly, run after run.",
        "Time runs from the start of ./xalesin up (its check for stale files included) until the"
            + " ready file is there, which is written when every part answers.");
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    if (session.options.url != null) {
      throw new IllegalArgumentException("up starts its own server: leave out --url");
    }
    session.say("first start, with demo data");
    try (Stack first = session.launcher.up(session.data(), List.of())) {
      findings.figures.add(
          Figure.single("first start, demo loaded", "s", first.readyAfter().toMillis() / 1e3));
    }
    List<Double> seconds = new ArrayList<>();
    List<Double> own = new ArrayList<>();
    for (int run = 1; run <= session.options.runs(); run++) {
      try (Stack stack = session.launcher.up(session.data(), List.of())) {
        seconds.add(stack.readyAfter().toMillis() / 1e3);
        own.add(stack.ready().readyMillis() / 1e3);
        session.say("run %d: ready after %.2f s", run, seconds.getLast());
      }
    }
    Figure ready = Figure.of("ready on existing data", "s", seconds).wanting(Wanted.atMost(8));
    findings.figures.addFirst(ready);
    findings.figures.add(Figure.of("ready by the server's own count", "s", own));
    findings.plots.add(Plot.bars("Seconds until ready", findings.figures));
  }
}
