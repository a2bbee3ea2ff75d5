package xalesin.edge;

import java.util.function.Supplier;

/**
 * One condition of being ready. The supplier is called by one thread at a time and should only look
 * at what is already known; one that does not answer within the door's patience counts as down.
 */
public record HealthCheck(String name, Supplier<Status> status) {
  /**
   * How it is now.
   *
   * @param reason why it is down, or a word on how it is; shown to operators
   */
  public record Status(boolean up, String reason) {}

  public static Status up() {
    return new Status(true, "");
  }

  public static Status down(String reason) {
    return new Status(false, reason);
  }
}
