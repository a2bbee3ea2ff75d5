package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xalesin.projection.ViewCatalog;
import xalesin.projection.view.View;
import xalesin.schemas.Json;

class ETagsTest {
  @Test
  void the_version_is_read_off_the_row() {
    assertThat(ETags.ofRow("{\"id\":\"a\",\"version\":42,\"createdAt\":\"x\"}".getBytes(UTF_8)))
        .isEqualTo("\"42\"");
    assertThat(ETags.ofRow("{\"version\":7}".getBytes(UTF_8))).isEqualTo("\"7\"");
  }

  @Test
  void text_in_a_row_is_never_taken_for_its_version() {
    byte[] row =
        Json.write(
            new java.util.TreeMap<>(
                Map.of("a", "\"version\":1", "version", 5, "x", "\"version\":2", "y", "version")));
    assertThat(ETags.ofRow(row)).isEqualTo("\"5\"");
    assertThatThrownBy(() -> ETags.ofRow("{\"a\":\"\\\"version\\\":1\"}".getBytes(UTF_8)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void every_view_has_a_version_that_nothing_nested_follows() {
    for (View<?> view : ViewCatalog.ALL) {
      RecordComponent[] fields = view.rowClass().getRecordComponents();
      int at = Arrays.stream(fields).map(RecordComponent::getName).toList().indexOf("version");
      assertThat(at).as(view.name()).isNotNegative();
      for (RecordComponent behind : Arrays.copyOfRange(fields, at, fields.length)) {
        assertThat(behind.getType().isRecord() || Iterable.class.isAssignableFrom(behind.getType()))
            .as("%s.%s", view.name(), behind.getName())
            .isFalse();
      }
    }
  }

  @Test
  void lists_of_other_states_tenants_or_questions_have_other_tags() {
    Question active = new Question("acme", "/api/inventory-items?status=active");
    assertThat(ETags.ofList(1, active))
        .isEqualTo(ETags.ofList(1, new Question("acme", "/api/inventory-items?status=active")))
        .startsWith("W/\"1-")
        .isNotEqualTo(ETags.ofList(2, active))
        .isNotEqualTo(ETags.ofList(1, new Question("bcme", "/api/inventory-items?status=active")))
        .isNotEqualTo(ETags.ofList(1, new Question("acme", "/api/inventory-items?status=idle")))
        .isNotEqualTo(ETags.ofList(1, new Question("acme", "/api/inventory-items")));
  }

  @Test
  void a_caller_may_name_several_tags_weak_or_strong_or_any() {
    assertThat(ETags.matches("\"3\"", "\"3\"")).isTrue();
    assertThat(ETags.matches("\"2\" , W/\"3\"", "\"3\"")).isTrue();
    assertThat(ETags.matches("\"9-a\"", "W/\"9-a\"")).isTrue();
    assertThat(ETags.matches("*", "\"3\"")).isTrue();
    assertThat(ETags.matches("\"4\"", "\"3\"")).isFalse();
    assertThat(ETags.matches("3", "\"3\"")).isFalse();
    assertThat(ETags.matches("", "\"3\"")).isFalse();
    assertThat(ETags.matches(null, "\"3\"")).isFalse();
  }
}
