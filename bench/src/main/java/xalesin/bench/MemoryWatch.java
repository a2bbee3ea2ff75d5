package xalesin.bench;

import java.time.Duration;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.stack.ProcessProbe;
import xalesin.bench.stack.Watch;

/** Looks at the server's memory once a second and remembers the most it saw. Thread-safe. */
final class MemoryWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final ProcessProbe probe;
  private final Watch watch;
  private double jvm;
  private double postgres;

  MemoryWatch(ProcessProbe probe) {
    this.probe = probe;
    this.watch = new Watch(EVERY, this::look);
  }

  private synchronized void look() {
    ProcessProbe.Usage usage = probe.usage();
    jvm = Math.max(jvm, usage.jvmMebibytes());
    postgres = Math.max(postgres, usage.postgresMebibytes());
  }

  synchronized void into(Findings findings, double wantedMebibytes) {
    look();
    findings.figures.add(
        Figure.single("most resident memory of the JVM", "MiB", jvm)
            .wanting(Wanted.atMost(wantedMebibytes)));
    findings.figures.add(Figure.single("most memory of PostgreSQL", "MiB", postgres));
  }

  @Override
  public void close() {
    watch.close();
  }
}
