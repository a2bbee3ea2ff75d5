package xalesin.standalone.simulation;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commands that happen all or not at all, and what was answered to them.
 *
 * @param key the idempotency key, also told to the log as correlation
 * @param actor who asks
 */
record Request(String key, String actor, List<Asked> commands) {
  boolean isTogether() {
    return commands.size() > 1;
  }

  String body() {
    @Nullable String keyOfLine = isTogether() ? null : key;
    return commands.stream().map(command -> command.line(keyOfLine)).collect(Collectors.joining());
  }
}
