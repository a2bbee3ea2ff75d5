package xalesin.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import xalesin.bench.load.Outcome;

/** Raw numbers of a run as they are kept in the JSON. */
final class Evidence {
  private static final double[] QUANTILES = {50, 75, 90, 95, 99, 99.9, 99.99};

  private Evidence() {}

  static Map<String, Object> of(Outcome outcome) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("seconds", outcome.seconds());
    evidence.put("completedInWindow", outcome.completedInWindow());
    evidence.put("completed", outcome.completed());
    evidence.put("failures", outcome.failures());
    evidence.put("samples", outcome.samples());
    evidence.put("requests", outcome.requests());
    evidence.put("bytesRead", outcome.bytesRead());
    evidence.put("reconnects", outcome.reconnects());
    evidence.put("maxBacklog", outcome.maxBacklog());
    evidence.put("neverSent", outcome.neverSent());
    evidence.put("clientCpuMicrosPerRequest", outcome.clientCpuMicrosPerRequest());
    evidence.put("perSecond", outcome.perSecond());
    Map<String, Object> series = new LinkedHashMap<>();
    outcome.series().forEach((name, histogram) -> series.put(name, millis(histogram)));
    evidence.put("latencyMillis", series);
    return evidence;
  }

  static Map<String, Object> millis(Histogram nanos) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("count", nanos.getTotalCount());
    for (double quantile : QUANTILES) {
      values.put("p" + quantile, nanos.getValueAtPercentile(quantile) / 1e6);
    }
    values.put("max", nanos.getMaxValue() / 1e6);
    return values;
  }
}
