package xalesin.edge.limits;

import org.jspecify.annotations.Nullable;
import xalesin.edge.RouteClass;

/** A policy for each class of route. Null, in a file, is whatever is usual. */
public record ClassPolicies(
    @Nullable Policy command,
    @Nullable Policy read,
    @Nullable Policy search,
    @Nullable Policy live) {
  static final ClassPolicies USUAL = new ClassPolicies(null, null, null, null);

  @Nullable Policy of(RouteClass routeClass) {
    return switch (routeClass) {
      case COMMAND -> command;
      case READ -> read;
      case SEARCH -> search;
      case LIVE -> live;
    };
  }

  /** These, and where there is none the other's. */
  ClassPolicies or(ClassPolicies usual) {
    return new ClassPolicies(
        command == null ? usual.command : command,
        read == null ? usual.read : read,
        search == null ? usual.search : search,
        live == null ? usual.live : live);
  }
}
