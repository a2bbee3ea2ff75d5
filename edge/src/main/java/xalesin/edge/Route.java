package xalesin.edge;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of a service's table of routes.
 *
 * @param path begins with "/"; a segment `{name}` takes any one segment. A literal segment wins
 *     over `{name}`.
 * @param role the least role that may use it; null when no token is asked for, so that its endpoint
 *     must not look at the caller
 * @param operation what it does, for the OpenAPI document; a service's table has one for each
 */
public record Route(
    Verb verb,
    String path,
    @Nullable Role role,
    RouteClass routeClass,
    Endpoint endpoint,
    @Nullable Operation operation) {
  private static final Pattern SEARCH = Pattern.compile("(?:^|&)(?:q|%71)=");

  public Route {
    if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
      throw new IllegalArgumentException("path must begin and not end with a slash: " + path);
    }
  }

  /**
   * The class that a request is charged as: a read with the parameter `q` is a search, whatever it
   * reads.
   *
   * @param query the query string as sent, or null
   */
  RouteClass classOf(@Nullable String query) {
    return routeClass == RouteClass.READ && query != null && SEARCH.matcher(query).find()
        ? RouteClass.SEARCH
        : routeClass;
  }

  public Route(
      Verb verb, String path, @Nullable Role role, RouteClass routeClass, Endpoint endpoint) {
    this(verb, path, role, routeClass, endpoint, null);
  }

  /** The same route, with what it does. */
  public Route described(Operation newOperation) {
    return new Route(verb, path, role, routeClass, endpoint, newOperation);
  }
}
