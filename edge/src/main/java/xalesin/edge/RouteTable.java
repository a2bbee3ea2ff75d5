package xalesin.edge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request: a tree of path segments, so that the cost does not grow with the
 * number of routes. Immutable once built, safe for many threads.
 */
final class RouteTable<T> {
  /** No route of ours is deeper; longer paths cannot match and are not walked. */
  private static final int MAX_SEGMENTS = 16;

  private final Node<T> root = new Node<>();

  private static final class Node<T> {
    final Map<String, Node<T>> literals = new HashMap<>();
    @Nullable Node<T> any;
    final EnumMap<Verb, Leaf<T>> leaves = new EnumMap<>(Verb.class);
  }

  private record Leaf<T>(List<String> names, T target) {}

  /** What a path leads to. */
  sealed interface Found<T> {
    record Match<T>(T target, Map<String, String> parameters) implements Found<T> {}

    /** The path exists with other methods. */
    record WrongVerb<T>(String allow) implements Found<T> {}

    record Nothing<T>() implements Found<T> {}
  }

  /** Not to be called once requests are served. */
  void add(Verb verb, String path, T target) {
    Node<T> node = root;
    List<String> names = new ArrayList<>();
    for (String segment : segments(path)) {
      if (segment.startsWith("{") && segment.endsWith("}")) {
        names.add(segment.substring(1, segment.length() - 1));
        if (node.any == null) {
          node.any = new Node<>();
        }
        node = node.any;
      } else {
        node = node.literals.computeIfAbsent(segment, _ -> new Node<>());
      }
    }
    if (node.leaves.put(verb, new Leaf<>(List.copyOf(names), target)) != null) {
      throw new IllegalArgumentException("two routes for " + verb + " " + path);
    }
  }

  /**
   * @param path as sent, still percent-encoded
   * @throws ProblemException (400) when a parameter is not valid percent-encoding
   */
  Found<T> find(@Nullable Verb verb, String path) {
    List<String> segments = segments(path);
    if (segments.size() > MAX_SEGMENTS) {
      return new Found.Nothing<>();
    }
    String[] values = new String[segments.size()];
    Node<T> node = walk(root, segments, 0, values, 0);
    if (node == null) {
      return new Found.Nothing<>();
    }
    Leaf<T> leaf = verb == null ? null : node.leaves.get(verb);
    if (leaf == null) {
      return new Found.WrongVerb<>(allow(node));
    }
    return new Found.Match<>(leaf.target, parameters(leaf.names, values));
  }

  private static <T> @Nullable Node<T> walk(
      Node<T> node, List<String> segments, int at, String[] values, int parameters) {
    if (at == segments.size()) {
      return node.leaves.isEmpty() ? null : node;
    }
    String segment = segments.get(at);
    Node<T> literal = node.literals.get(segment);
    if (literal != null) {
      Node<T> found = walk(literal, segments, at + 1, values, parameters);
      if (found != null) {
        return found;
      }
    }
    if (node.any == null || segment.isEmpty()) {
      return null;
    }
    Node<T> found = walk(node.any, segments, at + 1, values, parameters + 1);
    if (found != null) {
      values[parameters] = segment;
    }
    return found;
  }

  private static Map<String, String> parameters(List<String> names, String[] values) {
    return switch (names.size()) {
      case 0 -> Map.of();
      case 1 -> Map.of(names.getFirst(), decode(values[0]));
      default -> {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
          parameters.put(names.get(i), decode(values[i]));
        }
        yield parameters;
      }
    };
  }

  private static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    // A plus sign in a path is a plus sign.
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("the path is not valid percent-encoding").exception();
    }
  }

  private static <T> String allow(Node<T> node) {
    List<String> methods = new ArrayList<>();
    for (Verb verb : node.leaves.keySet()) {
      methods.add(verb.name());
      if (verb == Verb.GET) {
        methods.add("HEAD");
      }
    }
    return String.join(", ", methods);
  }

  /** "/a/b" is [a, b]; "/a/" is [a, ""]; "/" is [""]. */
  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(6);
    int from = 1;
    while (segments.size() <= MAX_SEGMENTS) {
      int slash = path.indexOf('/', from);
      if (slash < 0) {
        segments.add(from <= path.length() ? path.substring(from) : "");
        return segments;
      }
      segments.add(path.substring(from, slash));
      from = slash + 1;
    }
    return segments;
  }
}
