package xalesin.standalone.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
        return switch (lookup + " " + key) {
          case "category 1" -> "Beverages";
          case "ordered 1" -> "5.50";
          default -> null;
        };
      }

      @Override
      public UUID id(String name) {
        return NamedIds.of("acme/" + name);
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
        "{v|plus ordered one}; 7; 12.5",
        "{v|plus ordered one}; ''; 5.5",
        "{v|plus ordered v}; 7; 7",
        "{v|plus ordered v}; ''; ''",
        "{v|notBefore day}; 2026-03-01; 2026-03-01",
        "{v|notBefore day}; 2026-02-28; ''",
        "{v|notBefore day}; ''; ''",
        "{v|notBefore none}; 2026-02-28; 2026-02-28",
        "{v|id customers}; ALFKI; f82451c6-0632-5dc3-96ab-8872f348e2e2",
        "{v|id customers}; ''; ''",
        "{v}; {w}; {w}"
      })
  void a_template_makes_a_text_of_a_row(String template, String value, String expected)
      throws UnfitValueException {
    assertThat(Template.parse(template).text(row(value))).isEqualTo(expected);
  }

  private static Template.Values row(String value) {
    return values(Map.of("v", value, "one", "1", "day", "2026-03-01"));
  }

  @Test
  void a_template_names_the_columns_and_lookups_that_it_needs() {
    List<String> needed = new ArrayList<>();
    Template template = Template.parse("{a|lookup l}-{b|plus m c|notBefore d}");
    template.columns(needed::add);
    template.lookups(needed::add);
    assertThat(needed).containsExactly("a", "b", "c", "d", "l", "m");
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
        "{v|lookup category}; 9; v: the lookup category has no \"9\"",
        "{v|plus ordered one}; few; v: \"few\" is not a decimal number",
        "{v|notBefore day}; 1.3.26; v: \"1.3.26\" is not a day such as 2026-12-31"
      })
  void a_value_that_does_not_fit_is_told_with_its_column(
      String template, String value, String message) {
    assertThatThrownBy(() -> Template.parse(template).text(row(value)))
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
        "{v|plus}",
        "{v|plus ordered}",
        "{v|notBefore}",
        "{v|id}",
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
