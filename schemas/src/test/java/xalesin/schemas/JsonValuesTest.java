package xalesin.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.settings.DocumentKind;

/** Days, whole numbers and enumerated values have one written form each. */
class JsonValuesTest {
  record Day(@Nullable LocalDate day) {}

  record Count(int count, @Nullable Integer limit) {}

  record Choice(@Nullable AccountType type, @Nullable Map<DocumentKind, String> formats) {}

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-22", "2028-02-29", "0001-01-01", "9999-12-31"})
  void a_day_is_read_as_it_is_written(String day) throws JsonProcessingException {
    String json = "{\"day\":\"" + day + "\"}";
    Day read = Json.STRICT.readValue(json, Day.class);
    assertThat(read.day()).isEqualTo(LocalDate.parse(day));
    assertThat(Json.MAPPER.writeValueAsString(read)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2026-02-29\"",
        "\"2026-13-01\"",
        "\"2026-1-1\"",
        "\"2026-11-22T00:00:00Z\"",
        "\"20261122\"",
        "\"22.11.2026\"",
        "\"+2026-11-2\"",
        "\"2026-11-22 \"",
        "\"\"",
        "20779",
        "[2026, 11, 22]",
        "true",
        "{}"
      })
  void what_is_no_day_is_refused(String day) {
    assertThatThrownBy(() -> Json.STRICT.readValue("{\"day\":" + day + "}", Day.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("must be a day");
  }

  @Test
  void a_day_that_is_missing_or_null_is_none() throws JsonProcessingException {
    assertThat(Json.STRICT.readValue("{}", Day.class).day()).isNull();
    assertThat(Json.STRICT.readValue("{\"day\":null}", Day.class).day()).isNull();
    assertThat(Json.MAPPER.writeValueAsString(new Day(null))).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "3.0, 3", "3e0, 3", "30e-1, 3", "-1, -1", "2147483647, 2147483647"})
  void a_whole_number_is_one_however_it_is_written(String given, int number)
      throws JsonProcessingException {
    String json = "{\"count\":" + given + ",\"limit\":" + given + "}";
    assertThat(Json.STRICT.readValue(json, Count.class)).isEqualTo(new Count(number, number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5", "2147483648", "1e999999999", "\"3\"", "true", "[]", "\"\""})
  void other_numbers_are_refused_and_never_cut_off(String given) {
    for (String field : List.of("count", "limit")) {
      String other = field.equals("count") ? "limit" : "count";
      String json = "{\"%s\":%s,\"%s\":1}".formatted(field, given, other);
      assertThatThrownBy(() -> Json.STRICT.readValue(json, Count.class))
          .isInstanceOf(JsonProcessingException.class)
          .hasMessageContaining("must be a whole number");
    }
  }

  @Test
  void a_whole_number_may_be_missing_only_where_null_is_allowed() throws JsonProcessingException {
    assertThat(Json.STRICT.readValue("{\"count\":1}", Count.class)).isEqualTo(new Count(1, null));
    assertThat(Json.MAPPER.readValue("{}", Count.class)).isEqualTo(new Count(0, null));
    for (String json : List.of("{\"limit\":1}", "{\"count\":null}")) {
      assertThatThrownBy(() -> Json.STRICT.readValue(json, Count.class))
          .isInstanceOf(JsonProcessingException.class)
          .hasMessageContaining("must be a whole number");
    }
  }

  @Test
  void an_enumerated_value_is_read_as_it_is_written() throws JsonProcessingException {
    String json = "{\"type\":\"asset\",\"formats\":{\"credit-note\":\"x\"}}";
    Choice choice = Json.STRICT.readValue(json, Choice.class);
    assertThat(choice)
        .isEqualTo(new Choice(AccountType.ASSET, Map.of(DocumentKind.CREDIT_NOTE, "x")));
    assertThat(Json.MAPPER.writeValueAsString(choice)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"ASSET\"}",
        "{\"type\":\" asset\"}",
        "{\"type\":\"asset\\n\"}",
        "{\"type\":\"\"}",
        "{\"type\":0}",
        "{\"type\":\"0\"}",
        "{\"type\":true}",
        "{\"formats\":{\"CREDIT_NOTE\":\"x\"}}",
        "{\"formats\":{\" credit-note\":\"x\"}}",
        "{\"formats\":{\"2\":\"x\"}}",
        "{\"formats\":{\"\":\"x\"}}"
      })
  void any_other_spelling_is_refused(String json) {
    assertThatThrownBy(() -> Json.STRICT.readValue(json, Choice.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  /** What Jackson would do by itself, so that our own readers are known to be needed. */
  @Test
  void jackson_alone_would_cut_off_and_trim() throws JsonProcessingException {
    JsonMapper plain = JsonMapper.builder().build();
    assertThat(plain.readValue("{\"count\":3.9}", Count.class).count()).isEqualTo(3);
    assertThat(plain.readValue("{\"type\":\" asset\"}", Choice.class).type())
        .isEqualTo(AccountType.ASSET);
  }
}
