package xalesin.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Metrics BEFORE =
      Metrics.parse(
          """
          # HELP hop_seconds From here to there
          # TYPE hop_seconds histogram
          hop_seconds_bucket{le="0.001",} 10
          hop_seconds_bucket{le="+Inf",} 10
          requests_total{route="/a b",status="2xx"} 5.0
          requests_total{route="/b",status="5xx"} 1.0
          """);
  private static final Metrics AFTER =
      Metrics.parse(
          """
          hop_seconds_bucket{le="0.001",} 10
          hop_seconds_bucket{le="0.002",} 60
          hop_seconds_bucket{le="0.004",} 110
          hop_seconds_bucket{le="+Inf",} 110
          up 1 1700000000000
          """);

  @Test
  void sums_over_labels() {
    assertThat(BEFORE.sum("requests_total")).isEqualTo(6);
    assertThat(BEFORE.sum("requests_total", "status=\"2xx\"")).isEqualTo(5);
    assertThat(BEFORE.sum("requests_total", "status=\"4xx\"")).isZero();
    assertThat(AFTER.sum("up")).isEqualTo(1);
    assertThat(AFTER.sum("missing")).isZero();
  }

  @Test
  void a_histogram_since_an_earlier_reading_gives_interpolated_quantiles() {
    Metrics.Buckets hop = AFTER.since(BEFORE, "hop_seconds");
    assertThat(hop.count()).isEqualTo(100);
    assertThat(hop.quantile(0.5)).isCloseTo(0.002, within(1e-9));
    assertThat(hop.quantile(0.75)).isCloseTo(0.003, within(1e-9));
    assertThat(AFTER.since(AFTER, "hop_seconds").quantile(0.5)).isNaN();
    assertThat(AFTER.since(BEFORE, "missing").count()).isZero();
  }
}
