package xalesin.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantities, money, and the checks of fields. */
class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "0.000000, 0",
    "12.50, 12.5",
    "007, 7",
    "100, 100",
    "-0.000001, -0.000001",
    "999999999999.999999, 999999999999.999999",
    "1.000000000000, 1"
  })
  void a_quantity_has_one_normal_form(String given, String normal) {
    assertThat(Quantity.of(given)).hasToString(normal).isEqualTo(Quantity.of(normal));
    assertThat(Quantity.of(given)).hasSameHashCodeAs(Quantity.of(normal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 ",
        "+1",
        "1.",
        ".1",
        "1e2",
        "0x1",
        "1_000",
        "1,5",
        "NaN",
        "Infinity",
        "٣",
        "0.0000001",
        "1000000000000",
        "-1000000000000",
        "1234567890123456789",
        "0.1234567890123"
      })
  void what_is_no_bounded_plain_decimal_is_no_quantity(String given) {
    assertThatThrownBy(() -> Quantity.of(given)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void quantities_add_up_exactly() {
    Quantity sum = Quantity.ZERO;
    for (int i = 0; i < 10; i++) {
      sum = sum.plus(Quantity.of("0.1"));
    }
    assertThat(sum).isEqualTo(Quantity.of(1));
    assertThat(sum.minus(Quantity.of("1.5"))).isEqualTo(Quantity.of("-0.5"));
    assertThat(sum.minus(sum).isZero()).isTrue();
    assertThat(Quantity.of(3).negated().signum()).isNegative();
    assertThat(Quantity.of("9.9").isLessThan(Quantity.of(10))).isTrue();
    assertThat(Quantity.of("9.9")).isLessThan(Quantity.of(10));
  }

  @Test
  void a_quantity_read_from_what_it_wrote_is_the_same() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      BigDecimal value = BigDecimal.valueOf(random.nextLong(1_000_000_000_000_000L), 6);
      Quantity quantity = new Quantity(random.nextBoolean() ? value : value.negate());
      assertThat(Quantity.of(quantity.toString())).isEqualTo(quantity);
    }
  }

  @Test
  void a_sum_that_grows_beyond_the_bound_is_refused_not_rounded() {
    Quantity most = Quantity.of("999999999999.999999");
    assertThatThrownBy(() -> most.plus(Quantity.of("0.000001")))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("must be smaller than 1000000000000");
  }

  @Test
  void money_is_exact_and_has_a_real_currency() {
    assertThat(Money.of("12.50", "EUR")).isEqualTo(Money.of("12.5", "EUR"));
    assertThat(Money.of("-3", "JPY").amount()).isEqualByComparingTo("-3");
    assertThat(Money.zero("USD")).isEqualTo(Money.of("0.00", "USD"));
    assertThat(Money.of("1", "EUR")).isNotEqualTo(Money.of("1", "USD"));
  }

  @ParameterizedTest
  @CsvSource({"1, eur", "1, EURO", "1, XXY", "1, ''", "1000000000000000, EUR", "0.0000001, EUR"})
  void other_money_is_refused(String amount, String currency) {
    assertThatThrownBy(() -> Money.of(amount, currency)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void a_text_may_be_as_long_as_its_limit_and_no_longer() {
    assertThat(Check.text("sku", "x".repeat(100), 100)).hasSize(100);
    assertThatThrownBy(() -> Check.text("sku", "x".repeat(101), 100))
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("sku"))
        .hasMessage("has 101 characters, at most 100 are allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", " x", "x ", "a\u0000b", "a\u0007b", "a\u0085b", "\ud83d"})
  void a_text_that_says_nothing_or_hides_something_is_refused(String text) {
    assertThatThrownBy(() -> Check.text("name", text, 100))
        .isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\udc00", "\udc00\ud83d", "\ud83dx"})
  void half_a_character_is_refused_in_free_text_too(String text) {
    assertThatThrownBy(() -> Check.freeText("description", text, 100))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("must be well-formed Unicode");
  }

  @Test
  void any_script_and_lines_are_free_text() {
    String text = "Grüße\n\t日本 🍣\r\n";
    assertThat(Check.freeText("description", text, 100)).isEqualTo(text);
    assertThat(Check.freeText("description", "", 100)).isEmpty();
    assertThat(Check.optionalText("category", null, 100)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "acme, true",
    "a, true",
    "0-0, true",
    "Acme, false",
    "-acme, false",
    "ac me, false",
    "ac/me, false",
    "'', false",
    "é, false"
  })
  void a_tenant_is_a_short_plain_name(String name, boolean allowed) {
    assertThat(Check.isTenant(name)).isEqualTo(allowed);
    assertThat(Check.isTenant("a".repeat(63))).isTrue();
    assertThat(Check.isTenant("a".repeat(64))).isFalse();
    assertThat(Check.isTenant("acme\n")).isFalse();
  }

  @Test
  void a_token_names_the_write_that_made_it() {
    StreamName stream = new StreamName(StreamName.INVENTORY_ITEMS, new UUID(1, 2));
    ConsistencyToken token = new ConsistencyToken(stream, 17);
    assertThat(token.encode()).matches("[A-Za-z0-9_-]+");
    assertThat(ConsistencyToken.decode(token.encode())).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "****",
        "aW52ZW50b3J5LWl0ZW1z",
        "QDE",
        "aW52ZW50b3J5LWl0ZW1zLzAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMEAw",
        "aW52ZW50b3J5LWl0ZW1zLzAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMEAtMQ"
      })
  void other_text_is_no_token(String text) {
    assertThatThrownBy(() -> ConsistencyToken.decode(text))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> ConsistencyToken.decode("A".repeat(201)))
        .isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "inventory-items",
        "inventory-items/1",
        "/00000000-0000-0000-0000-000000000001",
        "inventory-items/00000000-0000-0000-0000-00000000000g",
        "inventory-items/00000000-0000-0000-0000-000000000001/"
      })
  void other_text_is_no_stream(String text) {
    assertThatThrownBy(() -> StreamName.parse(text)).isInstanceOf(InvalidValueException.class);
  }
}
