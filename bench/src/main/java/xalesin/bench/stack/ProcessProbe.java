package xalesin.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory and CPU time of the server's process and of its children (PostgreSQL), from {@code /proc}.
 * Linux only; elsewhere everything reads 0. Stateless.
 */
public final class ProcessProbe {
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB$");
  private static final Pattern PROPORTIONAL = Pattern.compile("(?m)^Pss:\\s*(\\d+) kB$");

  /** Clock ticks per second in /proc/pid/stat: fixed in Linux's interface to user space. */
  private static final long TICKS_PER_SECOND = 100;

  private final long pid;

  public ProcessProbe(long pid) {
    this.pid = pid;
  }

  /**
   * What the processes use now.
   *
   * @param jvmMebibytes resident memory of the server's JVM
   * @param postgresMebibytes of its children: each page shared by several counted once
   * @param jvmCpuSeconds since its start
   * @param postgresCpuSeconds of the children that live, since their start
   */
  public record Usage(
      double jvmMebibytes,
      double postgresMebibytes,
      double jvmCpuSeconds,
      double postgresCpuSeconds) {
    /** The time used since an earlier look; memory as it is now. */
    public Usage since(Usage before) {
      return new Usage(
          jvmMebibytes,
          postgresMebibytes,
          jvmCpuSeconds - before.jvmCpuSeconds,
          postgresCpuSeconds - before.postgresCpuSeconds);
    }
  }

  public Usage usage() {
    double postgresKilobytes = 0;
    double postgresSeconds = 0;
    for (long child : children()) {
      postgresKilobytes += kilobytes(PROPORTIONAL, proc(child, "smaps_rollup"));
      postgresSeconds += cpuSeconds(child);
    }
    return new Usage(
        kilobytes(RESIDENT, proc(pid, "status")) / 1024,
        postgresKilobytes / 1024,
        cpuSeconds(pid),
        postgresSeconds);
  }

  private List<Long> children() {
    return ProcessHandle.of(pid)
        .map(process -> process.descendants().map(ProcessHandle::pid).toList())
        .orElse(List.of());
  }

  private static Path proc(long pid, String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }

  private static double kilobytes(Pattern pattern, Path file) {
    Matcher matcher = pattern.matcher(read(file));
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }

  private static double cpuSeconds(long pid) {
    String stat = read(proc(pid, "stat"));
    int name = stat.lastIndexOf(')');
    if (name < 0) {
      return 0;
    }
    // After the name: state, then fields 4 on; user time is field 14, system time field 15.
    String[] fields = stat.substring(name + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      // The process ended while it was read.
      return "";
    }
  }
}
