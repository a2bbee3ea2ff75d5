package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import xalesin.query.Cursors.Scope;

class CursorsTest {
  private static final Scope SCOPE =
      new Scope("acme", "inventory-items", "by-status status=active");

  private static final byte[] KEY = "a secret of this installation".getBytes(UTF_8);
  private static final Instant MADE = Instant.parse("2026-11-22T23:59:59Z");

  private final Cursors cursors = at(MADE);

  private static Cursors at(Instant now) {
    return new Cursors(KEY, InstantSource.fixed(now));
  }

  @Test
  void a_cursor_opens_where_it_was_made() {
    for (int length = 0; length < 40; length++) {
      byte[] position = new byte[length];
      new java.util.Random(length).nextBytes(position);
      assertThat(cursors.open(SCOPE, cursors.seal(SCOPE, position))).isEqualTo(position);
    }
  }

  @Test
  void a_cursor_opens_nowhere_else() {
    String cursor = cursors.seal(SCOPE, new byte[] {1, 2, 3});
    assertThat(cursors.open(new Scope("acme2", SCOPE.resource(), SCOPE.question()), cursor))
        .isNull();
    assertThat(cursors.open(new Scope(SCOPE.tenant(), "stock-movements", SCOPE.question()), cursor))
        .isNull();
    assertThat(cursors.open(new Scope(SCOPE.tenant(), SCOPE.resource(), "by-status"), cursor))
        .isNull();
    assertThat(cursors.open(new Scope("acmei", "nventory-items", SCOPE.question()), cursor))
        .isNull();
    assertThat(
            new Cursors("another secret".getBytes(UTF_8), InstantSource.fixed(MADE))
                .open(SCOPE, cursor))
        .isNull();
  }

  @Test
  void a_cursor_opens_for_a_week_from_the_day_of_its_making() {
    byte[] position = {1, 2, 3};
    String cursor = cursors.seal(SCOPE, position);
    Instant last = Instant.parse("2026-11-28T23:59:59.999Z");
    assertThat(at(last).open(SCOPE, cursor)).isEqualTo(position);
    assertThat(at(last.plusMillis(1)).open(SCOPE, cursor)).isNull();
    assertThat(at(Instant.parse("2036-11-22T00:00:00Z")).open(SCOPE, cursor)).isNull();
    assertThat(at(MADE.minusSeconds(3600)).seal(SCOPE, position)).isEqualTo(cursor);
    assertThat(at(MADE.plusSeconds(1)).seal(SCOPE, position)).isNotEqualTo(cursor);
  }

  @Test
  void every_flipped_bit_of_the_text_is_refused() {
    for (int length = 20; length < 23; length++) {
      byte[] text = cursors.seal(SCOPE, new byte[length]).getBytes(UTF_8);
      for (int bit = 0; bit < text.length * 8; bit++) {
        byte[] flipped = text.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(
                cursors.open(
                    SCOPE, new String(flipped, java.nio.charset.StandardCharsets.ISO_8859_1)))
            .as("bit %d", bit)
            .isNull();
      }
    }
  }

  @Test
  void every_flipped_bit_of_its_bytes_is_refused() {
    byte[] sealed = Base64.getUrlDecoder().decode(cursors.seal(SCOPE, new byte[] {9, 8, 7, 6}));
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
      assertThat(cursors.open(SCOPE, text)).as("bit %d", bit).isNull();
    }
  }

  @Test
  void what_is_no_cursor_at_all_is_refused() {
    assertThat(cursors.open(SCOPE, "")).isNull();
    assertThat(cursors.open(SCOPE, "AAAA")).isNull();
    assertThat(cursors.open(SCOPE, "not base64!")).isNull();
    assertThat(cursors.open(SCOPE, "A".repeat(Cursors.MAX_LENGTH + 4))).isNull();
    assertThat(cursors.open(SCOPE, cursors.seal(SCOPE, new byte[8]) + "=")).isNull();
  }
}
