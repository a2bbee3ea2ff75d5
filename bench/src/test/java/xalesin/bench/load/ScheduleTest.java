package xalesin.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void a_constant_schedule_is_evenly_spaced_and_does_not_drift() {
    Schedule schedule = Schedule.constant(3);
    assertThat(schedule.next()).isZero();
    assertThat(schedule.next()).isEqualTo(333_333_333);
    assertThat(schedule.next()).isEqualTo(666_666_666);
    assertThat(schedule.next()).isEqualTo(1_000_000_000);
  }

  @Test
  void a_poisson_schedule_has_the_rate_and_the_spread_of_independent_arrivals() {
    Schedule schedule = Schedule.poisson(1_000, 7);
    int count = 200_000;
    long last = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      long next = schedule.next();
      double gapMillis = (next - last) / 1e6;
      assertThat(gapMillis).isNotNegative();
      sum += gapMillis;
      squares += gapMillis * gapMillis;
      last = next;
    }
    double mean = sum / count;
    assertThat(mean).isCloseTo(1, within(0.01));
    assertThat(Math.sqrt(squares / count - mean * mean)).isCloseTo(1, within(0.02));
  }

  @Test
  void the_same_seed_gives_the_same_arrivals() {
    Schedule one = Schedule.poisson(50, 1);
    Schedule same = Schedule.poisson(50, 1);
    Schedule other = Schedule.poisson(50, 2);
    long first = one.next();
    assertThat(same.next()).isEqualTo(first);
    assertThat(other.next()).isNotEqualTo(first);
  }

  @Test
  void a_rate_must_be_sensible() {
    assertThatThrownBy(() -> Schedule.constant(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Schedule.poisson(2e6, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
