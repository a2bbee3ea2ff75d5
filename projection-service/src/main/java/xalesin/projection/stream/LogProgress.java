package xalesin.projection.stream;

import java.util.ArrayList;
import java.util.List;

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
