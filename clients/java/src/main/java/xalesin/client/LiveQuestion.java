package xalesin.client;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to follow. Equal questions share everything. Immutable. */
public sealed interface LiveQuestion {
  int MAX_VIEWS = 16;
  int MAX_IDS = 500;

  /** For how long the server gathers changes; null for its own choice. */
  @Nullable Duration window();

  /** The same, gathered for so long: 10 ms to 1 s. */
  LiveQuestion within(Duration window);

  /** Whole views, or `overview`. */
  static LiveQuestion views(String... names) {
    return new Views(new TreeSet<>(List.of(names)), null);
  }

  /** Rows of a view by id. */
  static LiveQuestion rows(String view, Collection<String> ids) {
    return new Rows(view, new TreeSet<>(ids), null);
  }

  /**
   * The first rows of a list and its total.
   *
   * @param parameters of the list: filters, ranges, `sort`, `limit`
   */
  static LiveQuestion list(String view, Map<String, String> parameters) {
    return new FirstRows(view, new TreeMap<>(parameters), null);
  }

  /** Whole views. */
  record Views(SortedSet<String> names, @Nullable Duration window) implements LiveQuestion {
    public Views {
      names = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(names));
      if (names.isEmpty() || names.size() > MAX_VIEWS) {
        throw new IllegalArgumentException("names must be 1 to %d".formatted(MAX_VIEWS));
      }
      names.forEach(Check::name);
      Check.window(window);
    }

    @Override
    public LiveQuestion within(Duration other) {
      return new Views(names, other);
    }
  }

  /** Rows by id. */
  record Rows(String view, SortedSet<String> ids, @Nullable Duration window)
      implements LiveQuestion {
    public Rows {
      Check.name(view);
      ids = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(ids));
      if (ids.isEmpty() || ids.size() > MAX_IDS) {
        throw new IllegalArgumentException("ids must be 1 to %d".formatted(MAX_IDS));
      }
      ids.forEach(Check::name);
      Check.window(window);
    }

    @Override
    public LiveQuestion within(Duration other) {
      return new Rows(view, ids, other);
    }
  }

  /** The first rows of a list. */
  record FirstRows(String view, SortedMap<String, String> parameters, @Nullable Duration window)
      implements LiveQuestion {
    public FirstRows {
      Check.name(view);
      parameters = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
      if (parameters.isEmpty()) {
        throw new IllegalArgumentException("a list needs a filter, a sort or a limit");
      }
      for (String name : parameters.keySet()) {
        if (Stream.of("views", "window", "since", "ticket", "id").anyMatch(name::equals)) {
          throw new IllegalArgumentException(name + " is no parameter of a list");
        }
      }
      Check.window(window);
    }

    @Override
    public LiveQuestion within(Duration other) {
      return new FirstRows(view, parameters, other);
    }
  }

  /** What all of them check. */
  final class Check {
    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofSeconds(1);

    private Check() {}

    static void name(String name) {
      if (name.isBlank() || name.indexOf(',') >= 0) {
        throw new IllegalArgumentException("\"%s\" is no name or id".formatted(name));
      }
    }

    static void window(@Nullable Duration window) {
      if (window != null && (window.compareTo(LEAST) < 0 || window.compareTo(MOST) > 0)) {
        throw new IllegalArgumentException("window must be 10 ms to 1 s, not " + window);
      }
    }
  }
}
