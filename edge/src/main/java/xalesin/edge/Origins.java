package xalesin.edge;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import xalesin.schemas.config.Settings;

/**
 * Other sites whose pages may use the API from a browser. Immutable.
 *
 * @param names as browsers send them, such as {@code https://erp.example.com}
 */
public record Origins(Set<String> names) {
  /** Pages of the installation's own host alone. */
  public static final Origins NONE = new Origins(Set.of());

  private static final Pattern ORIGIN =
      Pattern.compile("https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?");

  /**
   * @throws IllegalArgumentException when one is not an origin: a wildcard is none
   */
  public Origins {
    names = Set.copyOf(names);
    for (String name : names) {
      if (!ORIGIN.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "\"%s\" is no origin such as https://erp.example.com".formatted(name));
      }
    }
  }

  public static Origins read(Settings settings) {
    return settings.value(
        "XALESIN_ORIGINS",
        NONE,
        "",
        "comma list",
        "Other sites, such as https://erp.example.com, whose pages may use the API",
        text -> new Origins(new TreeSet<>(Arrays.asList(text.strip().split("\\s*,\\s*", -1)))));
  }

  public boolean allow(String origin) {
    return names.contains(origin);
  }
}
