package xalesin.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import xalesin.client.LiveQuestion.FirstRows;
import xalesin.client.LiveQuestion.Rows;
import xalesin.client.LiveQuestion.Views;

/**
 * Which questions one connection can follow: whole views of the same window, and rows of the same
 * view and window. The overview stays alone, for it makes the server gather longer; so does a list.
 */
final class Grouping {
  private static final String OVERVIEW = "overview";

  /** So that the address stays within what proxies take (8 KiB). */
  private static final int MAX_GROUPED_IDS = 150;

  private Grouping() {}

  /** Whether whoever follows the one has all that the other asks for. */
  static boolean covers(LiveQuestion wide, LiveQuestion narrow) {
    if (wide.equals(narrow)) {
      return true;
    }
    if (!Objects.equals(wide.window(), narrow.window())) {
      return false;
    }
    if (wide instanceof Views all && narrow instanceof Views some) {
      return all.names().containsAll(some.names()) && isGrouped(all) == isGrouped(some);
    }
    return wide instanceof Rows all
        && narrow instanceof Rows some
        && all.view().equals(some.view())
        && all.ids().containsAll(some.ids());
  }

  /** A question for both; null when there is none. */
  static @Nullable LiveQuestion both(LiveQuestion one, LiveQuestion other) {
    if (!Objects.equals(one.window(), other.window())) {
      return null;
    }
    if (one instanceof Views a && other instanceof Views b && isGrouped(a) && isGrouped(b)) {
      SortedSet<String> names = union(a.names(), b.names());
      return names.size() > LiveQuestion.MAX_VIEWS ? null : new Views(names, a.window());
    }
    if (one instanceof Rows a && other instanceof Rows b && a.view().equals(b.view())) {
      SortedSet<String> ids = union(a.ids(), b.ids());
      return ids.size() > MAX_GROUPED_IDS ? null : new Rows(a.view(), ids, a.window());
    }
    return null;
  }

  private static boolean isGrouped(Views question) {
    return !question.names().contains(OVERVIEW);
  }

  private static SortedSet<String> union(SortedSet<String> one, SortedSet<String> other) {
    SortedSet<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }

  /** The question as the server takes it. */
  static String query(LiveQuestion question) {
    SortedMap<String, String> parameters = new TreeMap<>();
    switch (question) {
      case Views views -> parameters.put("views", String.join(",", views.names()));
      case Rows rows -> {
        parameters.put("views", rows.view());
        parameters.put("id", String.join(",", rows.ids()));
      }
      case FirstRows list -> {
        parameters.putAll(list.parameters());
        parameters.put("views", list.view());
      }
    }
    Duration window = question.window();
    if (window != null) {
      parameters.put("window", Long.toString(window.toMillis()));
    }
    StringBuilder query = new StringBuilder();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      query.append(query.isEmpty() ? "" : "&").append(encoded(parameter.getKey()));
      query.append('=').append(encoded(parameter.getValue()).replace("%2C", ","));
    }
    return query.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
