package xalesin.projection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.projection.view.Field.Kind;

class KeyBufferTest {
  private static final int PAIRS = 20_000;
  private static final List<Kind> KINDS = List.of(Kind.values());

  private static final BigDecimal ULP = new BigDecimal("0.000001");
  private static final BigDecimal LARGEST = BigDecimal.TEN.pow(15).subtract(ULP.add(ULP));

  private record Component(Kind kind, Object value, boolean descending) {}

  @Test
  void keys_sort_as_their_tuples_do() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < PAIRS; i++) {
      List<Kind> kinds = kinds(random);
      boolean descending = random.nextBoolean();
      List<Component> a = tuple(random, kinds, descending);
      List<Component> b = tuple(random, kinds, descending);
      assertThat(Integer.signum(Arrays.compareUnsigned(key(a), key(b))))
          .as("seed %d: %s and %s", seed, a, b)
          .isEqualTo(Integer.signum(compare(a, b)));
    }
  }

  @Test
  void no_key_is_the_prefix_of_another_of_the_same_kind() {
    Random random = new Random(1);
    for (int i = 0; i < PAIRS; i++) {
      String a = text(random);
      String b = text(random);
      assertThat(
              Database.startsWith(
                  new KeyBuffer().text(a).toBytes(), new KeyBuffer().text(b).toBytes()))
          .isEqualTo(a.equals(b));
    }
  }

  @Test
  void the_successor_of_a_prefix_is_behind_all_its_keys_and_before_all_others() {
    Random random = new Random(2);
    for (int i = 0; i < PAIRS; i++) {
      byte[] prefix = new KeyBuffer().text(text(random)).toBytes();
      byte[] other = new KeyBuffer().text(text(random)).toBytes();
      byte[] next = KeyBuffer.successor(prefix);
      byte[] within = new KeyBuffer().raw(prefix).one(0xff).one(0xff).toBytes();
      assertThat(Arrays.compareUnsigned(within, next)).isNegative();
      if (Arrays.compareUnsigned(other, prefix) > 0 && !Database.startsWith(other, prefix)) {
        assertThat(Arrays.compareUnsigned(other, next)).isNotNegative();
      }
    }
  }

  @Test
  void times_out_of_range_are_the_nearest_in_range() {
    assertThat(KeyBuffer.micros(Instant.MAX)).isPositive();
    assertThat(KeyBuffer.micros(Instant.MIN)).isNegative();
    Instant time = Instant.parse("1969-12-31T23:59:59.999999Z");
    assertThat(KeyBuffer.time(KeyBuffer.micros(time))).isEqualTo(time);
  }

  @Test
  void a_decimal_of_more_digits_than_keys_keep_is_refused() {
    BigDecimal beyond = BigDecimal.TEN.pow(15);
    for (BigDecimal value : List.of(beyond, beyond.negate(), new BigDecimal("0.0000001"))) {
      assertThatThrownBy(() -> new KeyBuffer().decimal(value))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new KeyBuffer().decimal(new BigDecimal("1.5000000000")).toBytes())
        .isEqualTo(new KeyBuffer().decimal(new BigDecimal("1.5")).toBytes());
  }

  private static List<Kind> kinds(Random random) {
    List<Kind> kinds = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      kinds.add(KINDS.get(random.nextInt(KINDS.size())));
    }
    return kinds;
  }

  private static List<Component> tuple(Random random, List<Kind> kinds, boolean descending) {
    List<Component> tuple = new ArrayList<>();
    for (Kind kind : kinds) {
      tuple.add(new Component(kind, value(random, kind), descending));
    }
    return tuple;
  }

  private static Object value(Random random, Kind kind) {
    long number = random.nextInt(3) - 1 + (random.nextBoolean() ? 0 : random.nextLong());
    return switch (kind) {
      case TEXT -> text(random);
      case NUMBER -> number;
      case TIME -> Instant.ofEpochSecond(number % 1_000_000_000, random.nextLong(3) * 1000);
      case DATE -> LocalDate.ofEpochDay(number % 1_000_000);
      case ID -> new UUID(number, random.nextInt(3) - 1);
      case DECIMAL -> decimal(random);
    };
  }

  /** Small ones that are near each other, and the largest there are, of either sign. */
  private static BigDecimal decimal(Random random) {
    BigDecimal small = BigDecimal.valueOf(random.nextInt(5) - 2, random.nextInt(7));
    BigDecimal large = LARGEST.multiply(BigDecimal.valueOf(random.nextInt(3) - 1));
    return random.nextBoolean() ? small : large.subtract(large.signum() == 0 ? small : ULP);
  }

  /** Short texts of few letters, so that many share prefixes; zero and the highest among them. */
  private static String text(Random random) {
    String[] letters = {"\0", "\1", "a", "b", "ÿ", "\uffff", "𝄞"};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  private static byte[] key(List<Component> tuple) {
    KeyBuffer key = new KeyBuffer();
    for (Component component : tuple) {
      byte[] encoded = new KeyBuffer().value(component.kind, component.value).toBytes();
      key.component(encoded, component.descending);
    }
    return key.toBytes();
  }

  private static int compare(List<Component> a, List<Component> b) {
    for (int i = 0; i < a.size(); i++) {
      int c = compare(a.get(i), b.get(i));
      if (c != 0) {
        return a.get(i).descending ? -c : c;
      }
    }
    return 0;
  }

  private static int compare(Component a, Component b) {
    return switch (a.kind) {
      case TEXT ->
          Arrays.compare(
              ((String) a.value).codePoints().toArray(), ((String) b.value).codePoints().toArray());
      case NUMBER -> Long.compare((Long) a.value, (Long) b.value);
      case TIME -> ((Instant) a.value).compareTo((Instant) b.value);
      case DATE -> ((LocalDate) a.value).compareTo((LocalDate) b.value);
      case DECIMAL -> ((BigDecimal) a.value).compareTo((BigDecimal) b.value);
      case ID -> a.value.toString().compareTo(b.value.toString());
    };
  }
}
