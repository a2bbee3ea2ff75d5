package xalesin.edge;

import org.jspecify.annotations.Nullable;

/** The HTTP methods that routes are made of. HEAD is answered by the GET route. */
public enum Verb {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE;

  static @Nullable Verb of(String method) {
    return switch (method) {
      case "GET", "HEAD" -> GET;
      case "POST" -> POST;
      case "PUT" -> PUT;
      case "PATCH" -> PATCH;
      case "DELETE" -> DELETE;
      default -> null;
    };
  }
}
