package xalesin.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts, and parts of a whole. */
class AmountsTest {
  record Line(Amount net, Fraction taxRate) {}

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.00, 0",
    "12.50, 12.5",
    "007, 7",
    "-0.000001, -0.000001",
    "999999999999999.999999, 999999999999999.999999",
    "1.000000000000, 1"
  })
  void an_amount_has_one_normal_form(String given, String normal) {
    assertThat(Amount.of(given)).hasToString(normal).isEqualTo(Amount.of(normal));
    assertThat(Amount.of(given)).hasSameHashCodeAs(Amount.of(normal));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1e2", "+1", "1,5", ".5", "0.0000001", "1000000000000000", "NaN"})
  void other_text_is_no_amount(String given) {
    assertThatThrownBy(() -> Amount.of(given)).isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1.005, EUR, 1.01",
    "1.0049999, EUR, 1",
    "-1.005, EUR, -1.01",
    "0.5, JPY, 1",
    "0.4999, JPY, 0",
    "1.2345, KWD, 1.235",
    "2.5, XXX, 3"
  })
  void a_sum_is_rounded_half_up_to_the_smallest_unit(String value, String currency, String amount) {
    Amount rounded = Amount.rounded(new BigDecimal(value), currency);
    assertThat(rounded).isEqualTo(Amount.of(amount));
    assertThat(rounded.isWholeUnits(currency)).isTrue();
  }

  @Test
  void parts_of_the_smallest_unit_are_seen() {
    assertThat(Amount.of("1.25").isWholeUnits("EUR")).isTrue();
    assertThat(Amount.of("1.255").isWholeUnits("EUR")).isFalse();
    assertThat(Amount.of("1.250000").isWholeUnits("EUR")).isTrue();
    assertThat(Amount.of("0.1").isWholeUnits("JPY")).isFalse();
    assertThat(Amount.of("100").isWholeUnits("JPY")).isTrue();
  }

  @Test
  void amounts_add_up_exactly() {
    Amount sum = Amount.ZERO;
    for (int i = 0; i < 10; i++) {
      sum = sum.plus(Amount.of("0.1"));
    }
    assertThat(sum).isEqualTo(Amount.of("1"));
    assertThat(sum.minus(sum)).isEqualTo(Amount.ZERO);
    assertThat(sum.minus(sum).isZero()).isTrue();
    assertThat(sum.negated()).isEqualTo(Amount.of("-1"));
    assertThat(sum.negated().signum()).isNegative();
    assertThat(Amount.of("9.9")).isLessThan(Amount.of("10"));
    assertThat(sum.in("EUR")).isEqualTo(Money.of("1", "EUR"));
  }

  @Test
  void a_sum_beyond_the_bound_is_refused_not_rounded() {
    Amount most = Amount.of("999999999999999.999999");
    assertThatThrownBy(() -> most.plus(Amount.of("0.000001")))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void an_amount_read_from_what_it_wrote_is_the_same() throws JsonProcessingException {
    Random random = new Random(11);
    for (int i = 0; i < 10_000; i++) {
      BigDecimal value =
          BigDecimal.valueOf(random.nextLong(1_000_000_000_000_000_000L), random.nextInt(4, 7));
      Amount amount = new Amount(random.nextBoolean() ? value : value.negate());
      assertThat(Amount.of(amount.toString())).isEqualTo(amount);
      String json = Json.MAPPER.writeValueAsString(amount);
      assertThat(json).isEqualTo('"' + amount.toString() + '"');
      assertThat(Json.STRICT.readValue(json, Amount.class)).isEqualTo(amount);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1.000, 1", "0.190, 0.19", "-0, 0", "0.000001, 0.000001"})
  void a_fraction_has_one_normal_form(String given, String normal) {
    assertThat(Fraction.of(given)).hasToString(normal).isEqualTo(Fraction.of(normal));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.01", "1.000001", "2", "19", "19%", "0.0000001", "1e-2", ""})
  void what_is_not_from_0_to_1_is_no_fraction(String given) {
    assertThatThrownBy(() -> Fraction.of(given)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void a_fraction_and_its_rest_are_the_whole() {
    assertThat(Fraction.of("0.15").rest()).isEqualByComparingTo("0.85");
    assertThat(Fraction.ZERO.rest()).isEqualByComparingTo("1");
    assertThat(Fraction.of("1").rest()).isZero();
  }

  @Test
  void both_are_strings_in_json_and_nothing_else() throws JsonProcessingException {
    Line line = new Line(Amount.of("-12.50"), Fraction.of("0.190"));
    String json = Json.MAPPER.writeValueAsString(line);
    assertThat(json).isEqualTo("{\"net\":\"-12.5\",\"taxRate\":\"0.19\"}");
    assertThat(Json.STRICT.readValue(json, Line.class)).isEqualTo(line);
    for (String bad :
        new String[] {
          "{\"net\":12.5}",
          "{\"taxRate\":0.19}",
          "{\"net\":true}",
          "{\"taxRate\":{\"value\":\"0\"}}"
        }) {
      assertThatThrownBy(() -> Json.STRICT.readValue(bad, Line.class))
          .isInstanceOf(JsonProcessingException.class)
          .hasMessageContaining("as a string");
    }
  }
}
