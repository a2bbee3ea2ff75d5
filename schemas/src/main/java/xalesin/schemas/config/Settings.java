package xalesin.schemas.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The one reader of `XALESIN_…` environment variables. Reading a setting also declares it: its
 * default, unit and description make the `--help` text. A bad value is remembered with its key and
 * the default takes its place, so that {@link #check()} can name everything that is wrong at once,
 * before a socket opens.
 *
 * <p>Not thread-safe: a main reads its settings once, on one thread. Nothing here touches anything
 * but the given map.
 */
public final class Settings {
  public static final String PREFIX = "XALESIN_";

  private static final int EXIT_USAGE = 2;

  private final String program;
  private final String purpose;
  private final Map<String, String> environment;
  private final Map<String, Declared> declared = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private record Declared(String key, String defaultText, String unit, String description) {}

  private Settings(String program, String purpose, Map<String, String> environment) {
    this.program = program;
    this.purpose = purpose;
    this.environment = Map.copyOf(environment);
  }

  /** Settings of a program from the given variables; others than `XALESIN_…` are ignored. */
  public static Settings of(String program, String purpose, Map<String, String> environment) {
    return new Settings(program, purpose, environment);
  }

  /**
   * What a main calls first: reads the process environment into the main's configuration record.
   * `--help` prints the settings and ends the process with 0; an unknown argument or a bad value
   * prints what is wrong and ends it with 2.
   */
  public static <C> C readOrExit(
      String program, String purpose, String[] args, Function<Settings, C> read) {
    boolean help = Arrays.asList(args).contains("--help") || Arrays.asList(args).contains("-h");
    Settings settings = of(program, purpose, help ? Map.of() : System.getenv());
    try {
      C configuration = read.apply(settings);
      if (help) {
        System.out.print(settings.help());
        System.exit(0);
      }
      if (args.length > 0) {
        throw new SettingsException(
            program, List.of("unknown argument " + args[0] + ", only --help is known"));
      }
      settings.check();
      return configuration;
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      System.exit(EXIT_USAGE);
    } catch (IllegalArgumentException e) {
      // A configuration record refused a combination of values that are fine one by one.
      System.err.println(program + ": " + String.join("\n" + program + ": ", settings.problems));
      System.err.println(program + ": " + e.getMessage());
      System.exit(EXIT_USAGE);
    }
    throw new IllegalStateException("not reached: the process has ended");
  }

  public String text(String key, String defaultValue, String description) {
    return value(key, defaultValue, defaultValue, "text", description, s -> s);
  }

  /**
   * A setting without default. The example stands in for it in `--help` and while problems are
   * being gathered.
   */
  public String required(String key, String example, String description) {
    declare(key, "(required, e.g. " + example + ")", "text", description);
    String text = environment.get(key);
    if (text == null || text.isBlank()) {
      problems.add(key + " is required: " + description + ", e.g. " + example);
      return example;
    }
    return text.strip();
  }

  /** A text that is never printed, neither in `--help` nor in a message. */
  public String secret(String key, String defaultValue, String description) {
    declare(key, defaultValue.isEmpty() ? "(none)" : "(hidden)", "secret", description);
    String text = environment.get(key);
    return text == null || text.isEmpty() ? defaultValue : text;
  }

  public Path path(String key, Path defaultValue, String description) {
    return value(key, defaultValue, defaultValue.toString(), "path", description, Path::of);
  }

  /** `true` or `false`. */
  public boolean flag(String key, boolean defaultValue, String description) {
    return value(
        key,
        defaultValue,
        Boolean.toString(defaultValue),
        "true|false",
        description,
        Settings::parseFlag);
  }

  /** One of the constants, written in lower case with `-` for `_`. */
  public <E extends Enum<E>> E choice(String key, E defaultValue, String description) {
    List<E> constants = List.of(defaultValue.getDeclaringClass().getEnumConstants());
    List<String> names = constants.stream().map(Settings::nameOf).toList();
    return value(
        key,
        defaultValue,
        nameOf(defaultValue),
        String.join("|", names),
        description,
        s -> {
          int at = names.indexOf(s);
          if (at < 0) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", names));
          }
          return constants.get(at);
        });
  }

  /**
   * A whole number from min to max, both allowed. `unit` is what one of it is: "port",
   * "connections".
   */
  public int integer(
      String key, int defaultValue, int min, int max, String unit, String description) {
    return Math.toIntExact(number(key, defaultValue, min, max, unit, description));
  }

  public long number(
      String key, long defaultValue, long min, long max, String unit, String description) {
    String range = unit + ", " + min + " to " + max;
    return value(
        key,
        defaultValue,
        Long.toString(defaultValue),
        range,
        description,
        s -> {
          long number = parseLong(s);
          if (number < min || number > max) {
            throw new IllegalArgumentException("must be from " + min + " to " + max);
          }
          return number;
        });
  }

  /** A time span such as `250ms`, `5s`, `2m`, `1h`, `30d`. */
  public Duration duration(
      String key, Duration defaultValue, Duration min, Duration max, String description) {
    String range = "time, " + Units.print(min) + " to " + Units.print(max);
    return value(
        key,
        defaultValue,
        Units.print(defaultValue),
        range,
        description,
        s -> {
          Duration span = Units.parseDuration(s);
          if (span.compareTo(min) < 0 || span.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                "must be from " + Units.print(min) + " to " + Units.print(max));
          }
          return span;
        });
  }

  /** A number of bytes such as `512`, `64KiB`, `1MiB`, `2GiB`. */
  public long bytes(String key, long defaultValue, long min, long max, String description) {
    String range = "bytes, " + Units.printBytes(min) + " to " + Units.printBytes(max);
    return value(
        key,
        defaultValue,
        Units.printBytes(defaultValue),
        range,
        description,
        s -> {
          long bytes = Units.parseBytes(s);
          if (bytes < min || bytes > max) {
            throw new IllegalArgumentException(
                "must be from " + Units.printBytes(min) + " to " + Units.printBytes(max));
          }
          return bytes;
        });
  }

  /** Texts separated by commas; blanks around them do not count. */
  public List<String> list(String key, List<String> defaultValue, String description) {
    return value(
        key,
        defaultValue,
        String.join(",", defaultValue),
        "comma list",
        description,
        s ->
            Arrays.stream(s.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList());
  }

  /**
   * Any other kind of value.
   *
   * @param unit what the value is, shown in `--help`
   * @param parse throws IllegalArgumentException whose message completes "KEY=… "
   */
  public <T> T value(
      String key,
      T defaultValue,
      String defaultText,
      String unit,
      String description,
      Function<String, T> parse) {
    declare(key, defaultText, unit, description);
    String text = environment.get(key);
    if (text == null || text.isBlank()) {
      return defaultValue;
    }
    try {
      return parse.apply(text.strip());
    } catch (IllegalArgumentException e) {
      problems.add(key + "=" + text + " " + e.getMessage());
      return defaultValue;
    }
  }

  /** Refuses everything found wrong so far. */
  public void check() {
    if (!problems.isEmpty()) {
      throw new SettingsException(program, problems);
    }
  }

  /**
   * Variables that begin with `XALESIN_` and that nothing has asked for: likely a typing mistake,
   * or another program's.
   */
  public List<String> unknownKeys() {
    TreeSet<String> unknown = new TreeSet<>(environment.keySet());
    unknown.removeIf(key -> !key.startsWith(PREFIX) || declared.containsKey(key));
    return List.copyOf(unknown);
  }

  /** The `--help` text: each setting read so far with its unit, default and description. */
  public String help() {
    StringBuilder out =
        new StringBuilder(program).append(": ").append(purpose).append("\n\nEnvironment:\n");
    for (Declared setting : declared.values()) {
      out.append("  ").append(setting.key).append("  (").append(setting.unit).append(")\n");
      out.append("      ").append(setting.description).append(". Default: ");
      out.append(setting.defaultText.isEmpty() ? "(empty)" : setting.defaultText).append('\n');
    }
    return out.toString();
  }

  private void declare(String key, String defaultText, String unit, String description) {
    if (!key.startsWith(PREFIX)) {
      throw new IllegalStateException("setting " + key + " must begin with " + PREFIX);
    }
    if (declared.put(key, new Declared(key, defaultText, unit, description)) != null) {
      throw new IllegalStateException("setting " + key + " is read twice");
    }
  }

  private static boolean parseFlag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static long parseLong(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  private static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
