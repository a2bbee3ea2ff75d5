package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PreferencesTest {
  @Test
  void the_wait_is_found_among_other_preferences() {
    assertThat(Preferences.waitTime("wait=10")).isEqualTo(Duration.ofSeconds(10));
    assertThat(Preferences.waitTime("respond-async, Wait = 3; x=y")).hasSeconds(3);
    assertThat(Preferences.waitTime("wait=0")).isEqualTo(Duration.ZERO);
  }

  @Test
  void what_is_no_wait_is_passed_over() {
    assertThat(Preferences.waitTime(null)).isNull();
    assertThat(Preferences.waitTime("")).isNull();
    assertThat(Preferences.waitTime("wait")).isNull();
    assertThat(Preferences.waitTime("wait=-1")).isNull();
    assertThat(Preferences.waitTime("wait=1.5")).isNull();
    assertThat(Preferences.waitTime("wait=99999999999999999999")).isNull();
    assertThat(Preferences.waitTime("handling=strict; wait=4")).isNull();
  }
}
