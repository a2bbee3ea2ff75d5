package xalesin.projection.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
  @Test
  void a_second_watcher_does_not_make_a_log_know_what_is_still_on_its_way_to_it() {
    ChangeLog log = new ChangeLog("acme", new AtomicInteger(10));
    log.beginAt(5);

    log.beginAt(6);
    assertThat(log.head()).isEqualTo(5);
    assertThat(log.hasChanged(5)).isFalse();

    log.add(List.of(), 6);
    assertThat(log.head()).isEqualTo(6);
    assertThat(log.hasChanged(5)).isTrue();
    assertThat(log.reaches(5)).isTrue();
  }
}
