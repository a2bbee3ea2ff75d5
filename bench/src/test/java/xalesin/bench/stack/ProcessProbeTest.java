package xalesin.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessProbeTest {
  @Test
  void sees_the_memory_and_the_time_of_a_process() {
    ProcessProbe.Usage usage = new ProcessProbe(ProcessHandle.current().pid()).usage();
    assertThat(usage.jvmMebibytes()).isBetween(10.0, 100_000.0);
    assertThat(usage.jvmCpuSeconds()).isPositive();
  }

  @Test
  void a_process_that_is_not_there_uses_nothing() {
    assertThat(new ProcessProbe(-1).usage()).isEqualTo(new ProcessProbe.Usage(0, 0, 0, 0));
  }
}
