package xalesin.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xalesin.schemas.settings.DocumentKind;
import xalesin.schemas.settings.NumberFormat;

/** The checks of fields name the field that is wrong, and number formats make numbers. */
class ChecksTest {
  @Test
  void what_is_required_is_there() {
    assertThat(Check.required("item", "x")).isEqualTo("x");
    assertRefused(() -> Check.required("item", null), "item", "is required");
  }

  @Test
  void a_length_is_counted_in_characters_as_people_see_them() {
    assertThat(Check.text("sku", "😀".repeat(100), 100)).hasSize(200);
    assertRefused(
        () -> Check.text("sku", "😀".repeat(101), 100),
        "sku",
        "has 101 characters, at most 100 are allowed");
  }

  @Test
  void a_quantity_has_the_sign_that_is_asked_for() {
    assertThat(Check.positive("quantity", Quantity.of("0.000001"))).isNotNull();
    assertRefused(
        () -> Check.positive("quantity", Quantity.ZERO), "quantity", "must be greater than zero");
    assertRefused(() -> Check.positive("quantity", null), "quantity", "is required");
    assertThat(Check.notNegative("reorderLevel", Quantity.ZERO)).isEqualTo(Quantity.ZERO);
    assertRefused(
        () -> Check.notNegative("reorderLevel", Quantity.of(-1)),
        "reorderLevel",
        "must not be negative");
  }

  @Test
  void money_and_amounts_may_be_asked_not_to_be_negative() {
    assertThat(Check.notNegative("price", Money.zero("EUR"))).isEqualTo(Money.zero("EUR"));
    assertRefused(
        () -> Check.notNegative("price", Money.of("-0.01", "EUR")),
        "price",
        "must not be negative");
    assertRefused(() -> Check.notNegative("price", (Money) null), "price", "is required");
    assertThat(Check.notNegative("freight", Amount.ZERO)).isEqualTo(Amount.ZERO);
    assertRefused(
        () -> Check.notNegative("freight", Amount.of("-1")), "freight", "must not be negative");
    assertRefused(() -> Check.notNegative("freight", (Amount) null), "freight", "is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1900-01-01", "2028-02-29", "2999-12-31"})
  void bookkeeping_knows_the_days_of_eleven_centuries(LocalDate day) {
    assertThat(Check.date("date", day)).isEqualTo(day);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1899-12-31", "3000-01-01", "0001-01-01"})
  void and_no_others(LocalDate day) {
    assertRefused(() -> Check.date("date", day), "date", "must be a day of the years 1900 to 2999");
    assertRefused(() -> Check.date("date", null), "date", "is required");
  }

  @Test
  void a_list_is_copied_and_has_no_holes() {
    List<String> given = new ArrayList<>(List.of("a", "b"));
    List<String> checked = Check.list("lines", given, 2);
    given.add("c");
    assertThat(checked).containsExactly("a", "b");
    assertThat(Check.list("lines", List.of(), 2)).isEmpty();
    assertRefused(
        () -> Check.list("lines", given, 2), "lines", "has 3 elements, at most 2 are allowed");
    assertRefused(() -> Check.list("lines", Arrays.asList("a", null), 2), "lines/1", "is required");
    assertRefused(() -> Check.list("lines", null, 2), "lines", "is required");
    assertRefused(() -> Check.notEmpty("lines", List.of(), 2), "lines", "must not be empty");
  }

  @Test
  void what_is_there_twice_is_named_by_its_place() {
    Check.distinct("lines", List.of(1, 2, 3));
    assertRefused(() -> Check.distinct("lines", List.of(1, 2, 1)), "lines/2", "is there twice");
  }

  @Test
  void one_of_a_few_is_one_of_them() {
    assertThat(Check.oneOf("kind", "a", List.of("a", "b"))).isEqualTo("a");
    assertRefused(
        () -> Check.oneOf("kind", "c", List.of("a", "b")), "kind", "must be one of [a, b]");
  }

  @Test
  void a_line_is_counted_from_1_and_is_there_once() {
    LineQuantity first = new LineQuantity(1, Quantity.of(2));
    assertRefused(
        () -> new LineQuantity(0, Quantity.of(1)), "line", "must be the number of a line, from 1");
    assertRefused(
        () -> new LineQuantity(1, Quantity.ZERO), "quantity", "must be greater than zero");
    assertThat(LineQuantity.check("lines", List.of(first), 5)).containsExactly(first);
    assertRefused(
        () -> LineQuantity.check("lines", List.of(first, first), 5), "lines/1", "is there twice");
    assertRefused(() -> LineQuantity.check("lines", List.of(), 5), "lines", "must not be empty");
  }

  @ParameterizedTest
  @CsvSource({
    "INV-{year}-{number:6}, INV-2026-000042",
    "{year}{number:1}, 202642",
    "{year}/{number:2}/x, 2026/42/x",
    "A_b.c/{year}.{number:9}, A_b.c/2026.000000042"
  })
  void a_number_is_written_as_its_format_says(String format, String written) {
    NumberFormat.check("format", format);
    assertThat(NumberFormat.write(format, 2026, 42)).isEqualTo(written);
  }

  @Test
  void a_number_with_more_digits_than_the_format_asks_for_is_not_cut() {
    assertThat(NumberFormat.write("{year}-{number:3}", 2026, 1_234_567)).isEqualTo("2026-1234567");
    assertThat(NumberFormat.write("{year}-{number:1}", 2026, Long.MAX_VALUE))
        .isEqualTo("2026-9223372036854775807");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "INV",
        "{year}",
        "{number:6}",
        "{number:6}-{year}",
        "{year}{year}{number:6}",
        "{year}{number:6}{number:6}",
        "{year}{number}",
        "{year}{number:0}",
        "{year}{number:10}",
        "{year} {number:6}",
        "$1{year}{number:6}",
        "é{year}{number:6}",
        "{year}{number:6}\n"
      })
  void a_format_without_year_and_number_or_with_odd_characters_is_refused(String format) {
    assertThatThrownBy(() -> NumberFormat.check("format", format))
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("format"));
  }

  @Test
  void a_format_may_have_forty_characters() {
    String format = "{year}{number:6}" + "x".repeat(NumberFormat.MAX_LENGTH - 16);
    NumberFormat.check("format", format);
    assertThatThrownBy(() -> NumberFormat.check("format", format + "x"))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void the_default_formats_are_formats_and_tell_the_kinds_apart() {
    Map<String, DocumentKind> kinds = new java.util.HashMap<>();
    for (DocumentKind kind : DocumentKind.values()) {
      NumberFormat.check(kind.wireName(), kind.defaultFormat());
      kinds.put(NumberFormat.write(kind.defaultFormat(), 2026, 1), kind);
    }
    assertThat(kinds).hasSameSizeAs(DocumentKind.values());
  }

  private static void assertRefused(ThrowingCallable check, String field, String why) {
    assertThatThrownBy(check)
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessage(why);
  }
}
