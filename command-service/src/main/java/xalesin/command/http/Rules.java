package xalesin.command.http;

import java.util.Map;

/**
 * How refusals are told: by a problem whose type is the rule's name. The one table from rules to
 * statuses; what is not in it is 409.
 *
 * <p>An id that never was and an item that was deleted are both 404, as reads tell it; the types
 * differ. Creating under the id of a deleted item is 409: the id is spent.
 */
final class Rules {
  private static final int REFUSED = 409;

  private static final Map<String, Integer> STATUS =
      Map.of(
          "item-not-found", 404,
          "item-deleted", 404,
          "order-not-found", 404,
          "party-not-found", 404);

  private Rules() {}

  static int status(String rule) {
    return STATUS.getOrDefault(rule, REFUSED);
  }

  /** The rule's name as words. */
  static String title(String rule) {
    return Character.toUpperCase(rule.charAt(0)) + rule.substring(1).replace('-', ' ');
  }
}
