package xalesin.query;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import xalesin.edge.Exchange;

/**
 * What an answer depends on besides the views: who asks and what for. Equal for requests that
 * differ in the order of their parameters or in how they are encoded only. Immutable.
 *
 * @param text path and parameters, sorted by name; those of one name as sent
 */
record Question(String tenant, String text) {
  /** Between a name and its values: no length of a text begins so. */
  private static final char NAME = '?';

  /**
   * @param more what the answer depends on without being sent, such as the day; may be empty
   */
  static Question of(Exchange exchange, String more) {
    Map<String, List<String>> parameters = exchange.queryMap();
    if (parameters.isEmpty() && more.isEmpty()) {
      return new Question(exchange.tenant(), exchange.path());
    }
    StringBuilder text = new StringBuilder(128).append(exchange.path());
    Map<String, List<String>> sorted =
        parameters.size() > 1 ? new TreeMap<>(parameters) : parameters;
    sorted.forEach(
        (name, values) -> {
          part(text.append(NAME), name);
          values.forEach(value -> part(text, value));
        });
    return new Question(exchange.tenant(), text.append(NAME).append(NAME).append(more).toString());
  }

  /** Each with its length, so that no two questions have one text. */
  private static void part(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }
}
