package xalesin.command.decision;

import java.util.Map;

/**
 * A command that the business does not allow, as a value. Each aggregate has one sealed interface
 * of its own below this one.
 */
public interface Refusal {
  /** The stable name of the rule, such as {@code insufficient-stock}; callers rely on it. */
  String rule();

  /** One sentence for a person. */
  String detail();

  /**
   * The figures of this occurrence, by name: texts, numbers, quantities, and lists of records of
   * them. None is named as a member that every problem has, such as {@code status} or {@code line}.
   */
  default Map<String, Object> members() {
    return Map.of();
  }
}
