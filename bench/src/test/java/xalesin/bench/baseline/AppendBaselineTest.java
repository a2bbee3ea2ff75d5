package xalesin.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import xalesin.bench.baseline.AppendBaseline.Address;

class AppendBaselineTest {
  @Test
  void works_in_a_database_of_its_own_on_the_same_server() {
    Address address = Address.of("jdbc:postgresql://127.0.0.1:5433/xalesin?user=a&password=b");
    assertThat(address.host()).isEqualTo("127.0.0.1");
    assertThat(address.withDatabase("other"))
        .isEqualTo("jdbc:postgresql://127.0.0.1:5433/other?user=a&password=b");
    assertThat(Address.of("jdbc:postgresql://localhost/x").host()).isEqualTo("localhost");
  }

  @Test
  void only_loopback_addresses_are_pressed_on() {
    assertThatThrownBy(() -> new AppendBaseline("jdbc:postgresql://192.0.2.1:5432/x?user=a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AppendBaseline("jdbc:other://127.0.0.1/x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
