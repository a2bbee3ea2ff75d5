package xalesin.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LsnTest {
  @Test
  void it_reads_and_writes_what_postgres_prints() {
    for (String text : new String[] {"0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF", "0/1C0"}) {
      assertThat(Lsn.parse(text)).hasToString(text);
    }
    assertThat(Lsn.parse("1/2").value()).isEqualTo(0x1_0000_0002L);
  }

  @Test
  void it_orders_without_sign() {
    assertThat(Lsn.parse("80000000/0").isAfter(Lsn.parse("7FFFFFFF/FFFFFFFF"))).isTrue();
    assertThat(Lsn.parse("1/0").isAfter(Lsn.parse("1/0"))).isFalse();
    assertThat(Lsn.parse("1/10").bytesSince(Lsn.parse("1/0"))).isEqualTo(16);
  }

  @Test
  void anything_else_is_refused() {
    for (String text : new String[] {"", "/", "1", "1/", "/1", "x/1", "123456789/1", "-1/0"}) {
      assertThatThrownBy(() -> Lsn.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
