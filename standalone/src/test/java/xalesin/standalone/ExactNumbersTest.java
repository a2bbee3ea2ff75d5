package xalesin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xalesin.projection.ViewCatalog;

/** Money and goods are never a binary fraction, not even on the way: 0.1 + 0.2 must be 0.3. */
class ExactNumbersTest {
  /** Where amounts and quantities are decided. */
  static final String[] DECISIONS = {
    "xalesin.command.decision",
    "xalesin.command.finance",
    "xalesin.command.inventory",
    "xalesin.command.parties",
    "xalesin.command.purchasing",
    "xalesin.command.sales",
    "xalesin.command.settings"
  };

  /** Where they are written, shown, added up for an answer and brought in. */
  private static final String[] TELLING = {
    "xalesin.schemas",
    "xalesin.projection.audit",
    "xalesin.projection.finance",
    "xalesin.projection.inventory",
    "xalesin.projection.overview",
    "xalesin.projection.parties",
    "xalesin.projection.purchasing",
    "xalesin.projection.sales",
    "xalesin.projection.settings",
    "xalesin.query",
    "xalesin.standalone.demo",
    "xalesin.standalone.imports"
  };

  private static final String[] PACKAGES =
      Stream.of(DECISIONS, TELLING).flatMap(Arrays::stream).toArray(String[]::new);

  /** What has fractions that are neither money nor goods, and why. */
  private static final Map<String, String> OTHER_FRACTIONS =
      Map.of(
          "xalesin.query.ContentCoding", "the weights of Accept-Encoding",
          "xalesin.query.SearchReads", "how well a text is hit",
          "xalesin.query.SearchEnvelope", "how well a text is hit",
          "xalesin.query.Answers", "counts, as the metrics take them",
          "xalesin.query.Consistency", "counts, as the metrics take them",
          "xalesin.query.ResultCache", "counts, as the metrics take them",
          "xalesin.query.live.LiveMetrics", "counts, as the metrics take them",
          "xalesin.standalone.imports.AnswerLines", "seconds",
          "xalesin.standalone.imports.CommandSender", "seconds",
          "xalesin.standalone.imports.Progress", "commands per second");

  private static final JavaClasses DOMAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(PACKAGES);

  @Test
  void the_domain_knows_no_binary_fractions() {
    List<String> found = new ArrayList<>();
    Set<String> others = new TreeSet<>();
    for (JavaClass domainClass : DOMAIN) {
      List<String> uses = BinaryFloats.in(domainClass.getSource().orElseThrow().getUri());
      String file = domainClass.getName().replaceFirst("\\$.*", "");
      if (!OTHER_FRACTIONS.containsKey(file)) {
        found.addAll(uses);
      } else if (!uses.isEmpty()) {
        others.add(file);
      }
    }
    assertThat(DOMAIN).hasSizeGreaterThan(100);
    assertThat(found).as("uses of double or float").isEmpty();
    assertThat(others).as("still have others").isEqualTo(OTHER_FRACTIONS.keySet());
  }

  /** A view that lies elsewhere would not be looked at. */
  @Test
  void every_view_lies_in_a_package_that_is_looked_at() {
    ViewCatalog.ALL.forEach(
        view -> assertThat(view.getClass().getPackageName()).isIn((Object[]) PACKAGES));
  }

  static class Field {
    double share = 0;
  }

  static class ArrayField {
    float @org.jspecify.annotations.Nullable [] shares;
  }

  static class Argument {
    List<Double> shares = List.of();
  }

  static class Parameter {
    static String of(float share) {
      return "";
    }
  }

  static class Cast {
    static long half(long amount) {
      return (long) (amount * 0.5);
    }
  }

  static class Division {
    static int part(int amount, int of) {
      return (int) ((float) amount / of);
    }
  }

  static class Parsed {
    static BigDecimal of(String text) {
      return BigDecimal.valueOf(Double.parseDouble(text));
    }
  }

  static class Constructed {
    static BigDecimal half() {
      return new BigDecimal(0.5);
    }
  }

  static class Converted {
    static boolean isLarge(BigDecimal amount) {
      return amount.doubleValue() > 1;
    }
  }

  static class Boxed {
    static Object of(BigDecimal amount) {
      Supplier<Number> share = amount::floatValue;
      return share.get();
    }
  }

  static class Checked {
    static boolean is(Object value) {
      return value instanceof Double;
    }
  }

  static class Allocated {
    static Object shares() {
      return new double[3];
    }
  }

  static class Exact {
    static BigDecimal half(BigDecimal amount) {
      char digit = 'D';
      BigDecimal[] parts = {amount, BigDecimal.valueOf(2), new BigDecimal(digit + 0L)};
      return parts[0].divide(parts[1], 2, RoundingMode.HALF_UP).add(parts[2]);
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Field.class,
        ArrayField.class,
        Argument.class,
        Parameter.class,
        Cast.class,
        Division.class,
        Parsed.class,
        Constructed.class,
        Converted.class,
        Boxed.class,
        Checked.class,
        Allocated.class
      })
  void every_use_of_one_is_found(Class<?> user) throws URISyntaxException {
    assertThat(BinaryFloats.in(file(user))).isNotEmpty();
  }

  @Test
  void exact_numbers_are_left_alone() throws URISyntaxException {
    assertThat(BinaryFloats.in(file(Exact.class))).isEmpty();
  }

  private static URI file(Class<?> user) throws URISyntaxException {
    String name = user.getName().substring(user.getPackageName().length() + 1) + ".class";
    return Objects.requireNonNull(user.getResource(name)).toURI();
  }
}
