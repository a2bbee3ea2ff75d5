package xalesin.edge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a caller may do. Each role includes the ones before it. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Also sends commands. */
  CLERK,
  /** Also posts to the ledger. */
  ACCOUNTANT,
  /** Everything. */
  ADMIN;

  private static final Map<String, Role> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Role::text, Function.identity()));

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The name in tokens: lower case. */
  public String text() {
    return text;
  }

  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** The role of that name, or null when there is none. */
  public static @Nullable Role of(String text) {
    return BY_TEXT.get(text);
  }
}
