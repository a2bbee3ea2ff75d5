package xalesin.projection.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionProgressTest {
  private final PartitionProgress progress = new PartitionProgress();

  @Test
  void an_empty_log_is_caught_up_at_once() {
    progress.begin();
    assertThat(progress.catchingUp()).contains("not known");
    progress.stands(0, 0, 1_000);
    assertThat(progress.catchingUp()).isNull();
    assertThat(progress.currentMillis()).isEqualTo(1_000);
  }

  @Test
  void it_catches_up_with_the_end_as_it_was_when_it_began_and_says_how_far_it_is() {
    progress.begin();
    progress.stands(1_000, 300_000, 1_000);
    assertThat(progress.catchingUp()).isEqualTo("0 of 300,000 events");
    progress.polled(1_000, 12_999);
    progress.stands(13_000, 290_000, 2_000);
    assertThat(progress.catchingUp()).isEqualTo("0 of 300,000 events");
    progress.done(12_999);
    assertThat(progress.catchingUp()).isEqualTo("12,000 of 300,000 events");
    progress.polled(13_000, 300_999);
    progress.stands(301_000, 50_000, 3_000);
    progress.done(300_999);
    assertThat(progress.lag()).isEqualTo(50_000);
    assertThat(progress.catchingUp()).isNull();
    assertThat(progress.currentMillis()).isEqualTo(1_000);
  }

  @Test
  void what_is_polled_with_the_first_look_is_not_taken_as_applied() {
    progress.begin();
    progress.polled(0, 99);
    progress.stands(100, 0, 1_000);
    assertThat(progress.catchingUp()).isEqualTo("0 of 100 events");
  }

  @Test
  void markers_at_the_end_of_the_log_are_no_records() {
    progress.begin();
    progress.stands(0, 12, 1_000);
    progress.polled(0, 9);
    progress.stands(10, 2, 1_000);
    progress.done(9);
    assertThat(progress.catchingUp()).isEqualTo("10 of 12 events");
    progress.stands(12, 0, 1_000);
    assertThat(progress.catchingUp()).isNull();
  }

  @Test
  void once_caught_up_it_stays_so_while_it_lags() {
    progress.begin();
    progress.stands(12, 0, 1_000);
    progress.polled(12, 500);
    progress.stands(501, 7_000, 2_000);
    assertThat(progress.lag()).isPositive();
    assertThat(progress.catchingUp()).isNull();
    assertThat(progress.currentMillis()).isEqualTo(1_000);
  }

  @Test
  void a_partition_that_comes_again_has_to_catch_up_again() {
    progress.begin();
    progress.stands(12, 0, 1_000);
    progress.end();
    assertThat(progress.catchingUp()).isNull();
    progress.begin();
    assertThat(progress.catchingUp()).isNotNull();
    progress.stands(5, 10, 2_000);
    assertThat(progress.catchingUp()).isEqualTo("0 of 10 events");
  }

  @Test
  void a_stop_is_as_far_as_it_gets() {
    progress.begin();
    progress.stands(0, 100, 1_000);
    progress.polled(0, 99);
    progress.done(49);
    progress.stop(50, "a gap");
    assertThat(progress.catchingUp()).isNull();
    assertThat(progress.lag()).isPositive();
    progress.end();
    assertThat(progress.stopped()).isNull();
  }

  @Test
  void all_of_the_log_can_be_required_wherever_the_partition_is() {
    progress.require(20);
    assertThat(progress.catchingUp()).isEqualTo("has not come to this node yet");
    progress.begin();
    progress.stands(12, 0, 1_000);
    assertThat(progress.catchingUp()).isEqualTo("0 of 8 events");
    progress.polled(12, 19);
    progress.stands(20, 0, 1_000);
    progress.done(19);
    assertThat(progress.catchingUp()).isNull();
  }
}
