package xalesin.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import xalesin.bench.load.Outcome;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Plot;

/** Collects what a benchmark finds while it runs. Not thread-safe. */
final class Findings {
  final List<Figure> figures = new ArrayList<>();
  final List<Plot> plots = new ArrayList<>();
  final List<String> doubts = new ArrayList<>();
  final Map<String, String> settings = new LinkedHashMap<>();
  final Map<String, Object> evidence = new LinkedHashMap<>();

  void set(String name, Object value) {
    settings.put(name, value.toString());
  }

  /** Keeps a run's raw numbers and its doubts. */
  Outcome keep(String name, Outcome outcome) {
    evidence.put(name, Evidence.of(outcome));
    for (String doubt : outcome.doubts()) {
      doubts.add(name + ": " + doubt);
    }
    if (!outcome.samples().isEmpty()) {
      doubts.add(name + ": first failed answer: " + outcome.samples().getFirst());
    }
    return outcome;
  }
}
