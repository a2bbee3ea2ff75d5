package xalesin.standalone.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xalesin.standalone.imports.Template.UnfitValueException;

class TemplateTest {
  private static Template.Values values(Map<String, String> columns) {
    return new Template.Values() {
      @Override
      public String column(String name) {
        return columns.getOrDefault(name, "");
      }

      @Override
      public @Nullable String lookup(String lookup, String key) {
        return lookup.equals("category") && key.equals("1") ? "Beverages" : null;
      }
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "each; x; each",
        "NW-{v|pad 4}; 7; NW-0007",
        "{v|pad 2}; 123; 123",
        "{v} and {v}; a; a and a",
        "{{{v}}}; a; {a}",
        "'{v|trim|upper}'; ' ab '; AB",
        "{v|lower}; AB; ab",
        "{v|decimal}; 18.50; 18.5",
        "{v|decimal}; +007; 7",
        "{v|decimal ,}; '1,25'; 1.25",
        "{v|decimal|default 0}; ''; 0",
        "{v|default each}; ''; each",
        "{v|default each}; box; box",
        "{v|lookup category}; 1; Beverages",
        "{v|lookup category|default none}; ''; none",
        "{v}; {w}; {w}"
      })
  void a_template_makes_a_text_of_a_row(String template, String value, String expected)
      throws UnfitValueException {
    assertThat(Template.parse(template).text(values(Map.of("v", value)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{v|decimal}; 1e3; v: \"1e3\" is not a decimal number",
        "{v|decimal}; '1,5'; v: \"1,5\" is not a decimal number",
        "{v|decimal ,}; 1.5; v: \"1.5\" is not a decimal number",
        "{v|decimal}; ten; v: \"ten\" is not a decimal number",
        "{v|boolean J N}; x; v: \"x\" is none of j, n",
        "{v|lookup category}; 9; v: the lookup category has no \"9\""
      })
  void a_value_that_does_not_fit_is_told_with_its_column(
      String template, String value, String message) {
    assertThatThrownBy(() -> Template.parse(template).text(values(Map.of("v", value))))
        .isInstanceOf(UnfitValueException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{v",
        "v}",
        "{}",
        "{v|sum}",
        "{v|pad}",
        "{v|pad x}",
        "{v|pad 101}",
        "{v|decimal ;}",
        "{v|boolean a}",
        "{v|boolean a A}",
        "{v|lookup}",
        "a {v|optional}",
        "a {v|boolean}"
      })
  void what_is_no_template_is_refused(String text) {
    assertThatThrownBy(() -> Template.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void booleans_have_no_quotes_and_optional_fields_may_be_missing() throws UnfitValueException {
    assertThat(json("{v|boolean}", "1")).hasToString("true");
    assertThat(json("{v|boolean}", "F")).hasToString("false");
    assertThat(json("{v|boolean J N}", "j")).hasToString("true");
    assertThat(json("{v|optional}", "")).isNull();
    assertThat(json("{v|optional|boolean}", "0")).hasToString("false");
    assertThat(json("{v|trim|optional}", " ")).isNull();
    assertThat(json("{v|optional}", "x")).hasToString("\"x\"");
    assertThat(json("{v}", "")).hasToString("\"\"");
  }

  private static @Nullable JsonNode json(String template, String value) throws UnfitValueException {
    return Template.parse(template).json(values(Map.of("v", value)));
  }
}
