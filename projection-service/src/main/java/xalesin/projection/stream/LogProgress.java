package xalesin.projection.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The progress of every partition of the log in this process. Thread-safe. */
public final class LogProgress {
  private final List<PartitionProgress> partitions = new ArrayList<>();

  public LogProgress(int partitions) {
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new PartitionProgress());
    }
  }

  public PartitionProgress of(int partition) {
    return partitions.get(partition);
  }

  public int partitions() {
    return partitions.size();
  }

  /** Reads wait for all before these ends, by partition, from now on. */
  public void require(Map<Integer, Long> ends) {
    ends.forEach((partition, end) -> of(partition).require(end));
  }

  /** The partitions that cannot be read yet, a sentence each. */
  public List<String> catchingUp() {
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < partitions.size(); i++) {
      String reason = of(i).catchingUp();
      if (reason != null) {
        reasons.add("partition " + i + ": " + reason);
      }
    }
    return reasons;
  }

  /** Why partitions have stopped, a sentence each. */
  public List<String> stopped() {
    List<String> reasons = new ArrayList<>();
    for (PartitionProgress partition : partitions) {
      String reason = partition.stopped();
      if (reason != null) {
        reasons.add(reason);
      }
    }
    return reasons;
  }
}
