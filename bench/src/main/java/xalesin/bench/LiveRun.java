package xalesin.bench;

import org.HdrHistogram.Histogram;
import xalesin.bench.live.Audience;
import xalesin.bench.live.LiveClient;
import xalesin.bench.stack.ProcessProbe;

/**
 * What one run of live connections measured.
 *
 * @param seconds from the first command until all changes were delivered
 * @param seen by the followers
 * @param counts of the connections, within those seconds
 * @param server what the server used meanwhile
 * @param failed commands that were not answered as expected
 */
record LiveRun(
    double seconds,
    Audience.Seen seen,
    LiveClient.Counts counts,
    ProcessProbe.Usage server,
    long failed) {
  double framesPerSecond() {
    return counts.frames() / seconds;
  }

  double changesPerSecond() {
    return seen.changes() / seconds;
  }

  double mebibytesPerSecond() {
    return counts.bytes() / seconds / (1 << 20);
  }

  /** Frames for each second of CPU time that the server's JVM used, for whatever. */
  double framesPerServerSecond() {
    return counts.frames() / Math.max(0.01, server.jvmCpuSeconds());
  }

  double serverCores() {
    return server.jvmCpuSeconds() / seconds;
  }

  double clientCores() {
    return counts.cpuNanos() / 1e9 / seconds;
  }

  /** Milliseconds from a command's answer to the last follower's frame. */
  double millis(double percentile) {
    return last().getValueAtPercentile(percentile) / 1e6;
  }

  Histogram last() {
    return seen.last();
  }

  boolean isWhole() {
    return seen.missing() == 0 && counts.lost() == 0 && failed == 0;
  }
}
