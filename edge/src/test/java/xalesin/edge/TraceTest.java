package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @Test
  void a_trace_goes_on_with_a_span_of_its_own() {
    Trace trace = Trace.of("00-" + ID + "-" + SPAN + "-01");
    assertThat(trace.traceId()).isEqualTo(ID);
    assertThat(trace.traceparent()).matches("00-" + ID + "-[0-9a-f]{16}-01").doesNotContain(SPAN);
  }

  @Test
  void a_later_version_is_read_as_far_as_it_is_known() {
    assertThat(Trace.of("cc-" + ID + "-" + SPAN + "-01-what-comes").traceId()).isEqualTo(ID);
  }

  @Test
  void what_is_absent_or_malformed_begins_a_new_trace() {
    assertThat(Trace.of(null).traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    for (String bad :
        List.of(
            "",
            "00-" + ID,
            "ff-" + ID + "-" + SPAN + "-01",
            "00-" + ID.toUpperCase(java.util.Locale.ROOT) + "-" + SPAN + "-01",
            "00-" + "0".repeat(32) + "-" + SPAN + "-01",
            "00-" + ID + "-" + "0".repeat(16) + "-01",
            "00-" + ID + "-" + SPAN + "-01-more",
            "00_" + ID + "-" + SPAN + "-01",
            "00-" + ID + "-" + SPAN + "-0g")) {
      assertThat(Trace.of(bad).traceId()).isNotEqualTo(ID).hasSize(32);
    }
  }
}
