package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.query.ContentCoding.BROTLI;
import static xalesin.query.ContentCoding.GZIP;
import static xalesin.query.ContentCoding.ZSTD;

import org.junit.jupiter.api.Test;

class ContentCodingTest {
  @Test
  void the_greatest_weight_wins_and_of_equal_ones_the_best() {
    assertThat(ContentCoding.preferred("gzip")).isEqualTo(GZIP);
    assertThat(ContentCoding.preferred("gzip, deflate, br")).isEqualTo(BROTLI);
    assertThat(ContentCoding.preferred("gzip, deflate, br, zstd")).isEqualTo(ZSTD);
    assertThat(ContentCoding.preferred("zstd;q=0.5, gzip;q=0.8, br;q=0.7")).isEqualTo(GZIP);
    assertThat(ContentCoding.preferred("GZIP ; Q=1.000")).isEqualTo(GZIP);
    assertThat(ContentCoding.preferred("*")).isEqualTo(ZSTD);
    assertThat(ContentCoding.preferred("zstd;q=0, *;q=0.3")).isEqualTo(BROTLI);
  }

  @Test
  void what_is_not_wanted_is_not_chosen() {
    assertThat(ContentCoding.preferred(null)).isNull();
    assertThat(ContentCoding.preferred("")).isNull();
    assertThat(ContentCoding.preferred("deflate, compress")).isNull();
    assertThat(ContentCoding.preferred("gzip;q=0")).isNull();
    assertThat(ContentCoding.preferred("*;q=0")).isNull();
    assertThat(ContentCoding.preferred("identity, gzip;q=0.5")).isNull();
    assertThat(ContentCoding.preferred("identity;q=0.2, gzip;q=0.5")).isEqualTo(GZIP);
  }

  @Test
  void what_cannot_be_read_is_passed_over() {
    assertThat(ContentCoding.preferred("gzip;q=7, zstd;x, ;;, br;q=0.9")).isEqualTo(BROTLI);
    assertThat(ContentCoding.preferred("a,".repeat(10_000) + "gzip")).isNull();
  }
}
