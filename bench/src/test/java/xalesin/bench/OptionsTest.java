package xalesin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import xalesin.bench.past.Resource;

class OptionsTest {
  private static Options of(String... arguments) {
    return CommandLine.populateCommand(new Options(), arguments);
  }

  @Test
  void sizes_are_measured_from_small_to_large() {
    List<Integer> usual = List.of(10_000, 100_000);
    assertThat(of().rows(usual)).isEqualTo(usual);
    assertThat(of("--rows=3000,1000,3000").rows(usual)).containsExactly(1_000, 3_000);
  }

  @Test
  void a_size_that_is_too_small_or_too_large_is_refused_by_name() {
    for (String rows : List.of("199", "10000,2000001")) {
      assertThatThrownBy(() -> of("--rows=" + rows).check())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--rows");
    }
  }

  @Test
  void resources_are_named_as_in_paths() {
    assertThat(of().resources()).containsExactly(Resource.values());
    assertThat(of("--resources=sales-orders,inventory-items").resources())
        .containsExactly(Resource.ITEMS, Resource.SALES_ORDERS);
    assertThatThrownBy(() -> of("--resources=audit"))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("stock-movements");
  }
}
