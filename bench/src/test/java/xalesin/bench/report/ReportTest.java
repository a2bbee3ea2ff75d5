package xalesin.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import xalesin.bench.report.Figure.Wanted;
import xalesin.schemas.Json;

class ReportTest {
  private static final Figure FAST =
      Figure.of("get & list", "requests/s", List.of(30_100.0, 29_000.0, 31_000.0))
          .wanting(Wanted.atLeast(25_000));
  private static final Figure SLOW =
      Figure.of("p99", "ms", List.of(48.25, 12.0)).wanting(Wanted.atMost(30));

  private static Report report(List<Plot> plots, List<String> doubts) {
    return new Report(
        "reads",
        "How many <gets> a second?",
        "a constant answer",
        List.of("Closed loop."),
        "./xalesin bench reads",
        Instant.parse("2026-11-22T10:11:12Z"),
        Map.of("cores", "2"),
        Map.of("connections", "64"),
        List.of(FAST, SLOW),
        plots,
        doubts,
        Map.of("raw", List.of(1, 2)));
  }

  @Test
  void a_figure_is_the_median_of_its_runs() {
    assertThat(FAST.median()).isEqualTo(30_100);
    assertThat(SLOW.median()).isEqualTo(30.125);
    assertThat(FAST.min()).isEqualTo(29_000);
    assertThat(FAST.max()).isEqualTo(31_000);
    assertThat(FAST.met()).isTrue();
    assertThat(SLOW.met()).isFalse();
    assertThat(Figure.single("a", "b", 1).met()).isNull();
  }

  @Test
  void a_figure_without_runs_or_with_something_else_than_numbers_is_refused() {
    assertThatThrownBy(() -> Figure.of("x", "y", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Figure.of("x", "y", List.of(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_table_shows_every_figure_aligned_with_its_verdict() {
    String table = ReportTable.of(report(List.of(), List.of("one run was short")));
    assertThat(table)
        .contains("get & list  30,100  29,000  31,000     3  requests/s  ≥ 25,000  met")
        .contains("p99           30.1      12    48.3     2  ms          ≤ 30      MISSED")
        .contains("DOUBT one run was short");
  }

  @Test
  void the_page_escapes_what_it_shows_and_loads_nothing() {
    Histogram histogram = new Histogram(1_000, TimeUnit.MINUTES.toNanos(1), 3);
    for (int i = 1; i <= 10_000; i++) {
      histogram.recordValue(i * 1_000L);
    }
    String html =
        ReportHtml.of(
            report(
                List.of(
                    Plot.latencies("Latency", List.of(Plot.quantiles("at 50/s", histogram))),
                    Plot.bars("Throughput", List.of(FAST)),
                    Plot.timeline(
                        "Over time", "1/s", List.of(Plot.bySecond("a", List.of(1L, 5L))))),
                List.of()));
    assertThat(html)
        .contains("How many &lt;gets&gt; a second?")
        .contains("get &amp; list")
        .contains("99.9 %")
        .doesNotContain("<script")
        .doesNotContain("href=")
        .doesNotContain("src=");
  }

  @Test
  void every_plot_is_well_formed_svg() throws Exception {
    Histogram empty = new Histogram(3);
    for (Plot plot :
        List.of(
            Plot.latencies("<Latency>", List.of(Plot.quantiles("none & nothing", empty))),
            Plot.bars("Throughput", List.of(FAST)),
            Plot.timeline("Over time", "1/s", List.of(Plot.bySecond("a", List.of(1L, 5L)))))) {
      String svg = Svg.draw(plot);
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
      assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
      assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
    }
  }

  @Test
  void axes_end_at_round_numbers() {
    assertThat(Svg.niceCeiling(0)).isEqualTo(1);
    assertThat(Svg.niceCeiling(7)).isEqualTo(10);
    assertThat(Svg.niceCeiling(23)).isEqualTo(25);
    assertThat(Svg.niceCeiling(0.04)).isEqualTo(0.05);
    assertThat(Svg.niceCeiling(20_000)).isEqualTo(20_000);
  }

  @Test
  void the_files_carry_the_name_and_the_time(@TempDir Path folder) throws Exception {
    List<Path> files = ReportFiles.write(report(List.of(), List.of()), folder.resolve("results"));

    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly("reads-20261122-101112.json", "reads-20261122-101112.html");
    JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(files.getFirst()));
    assertThat(json.at("/figures/0/median").asDouble()).isEqualTo(30_100);
    assertThat(json.at("/figures/0/wantedAtLeast").asDouble()).isEqualTo(25_000);
    assertThat(json.at("/figures/1/met").asBoolean()).isFalse();
    assertThat(json.at("/evidence/raw/1").asInt()).isEqualTo(2);
  }
}
