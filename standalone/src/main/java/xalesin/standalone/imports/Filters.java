package xalesin.standalone.imports;

import java.util.Map;
import java.util.function.Function;

/** The filters that a template may name. */
final class Filters {
  private static final Map<String, Function<String, Filter>> BY_NAME =
      Map.ofEntries(
          Map.entry("trim", _ -> new Filter.Trim()),
          Map.entry("upper", _ -> new Filter.Upper()),
          Map.entry("lower", _ -> new Filter.Lower()),
          Map.entry("pad", Filter.Pad::of),
          Map.entry("default", Filter.Default::new),
          Map.entry("optional", _ -> new Filter.Optional()),
          Map.entry("decimal", Filter.Decimal::of),
          Map.entry("plus", Filter.Plus::of),
          Map.entry("notBefore", Filter.NotBefore::of),
          Map.entry("boolean", Filter.Bool::of),
          Map.entry("id", Filter.Id::of),
          Map.entry("lookup", Filter.Lookup::of));

  private Filters() {}

  /**
   * @param text the filter's name and, after a space, its argument
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static Filter parse(String text) {
    int space = text.indexOf(' ');
    String name = space < 0 ? text : text.substring(0, space);
    Function<String, Filter> filter = BY_NAME.get(name);
    if (filter == null) {
      throw new IllegalArgumentException(
          "no filter is called \"%s\"; there are %s"
              .formatted(name, String.join(", ", BY_NAME.keySet().stream().sorted().toList())));
    }
    return filter.apply(space < 0 ? "" : text.substring(space + 1).strip());
  }
}
