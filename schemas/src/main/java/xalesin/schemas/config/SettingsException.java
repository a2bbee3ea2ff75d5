package xalesin.schemas.config;

import java.util.List;

/**
 * Configuration that cannot be used. Each line of the message names the key at fault; secrets are
 * never repeated.
 */
public final class SettingsException extends RuntimeException {
  private final List<String> problems;

  SettingsException(String program, List<String> problems) {
    super(program + ": " + String.join("\n" + program + ": ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line per unusable value, in the order of reading. */
  public List<String> problems() {
    return problems;
  }
}
