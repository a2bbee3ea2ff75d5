package xalesin.edge;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of a route, as the OpenAPI document tells it.
 *
 * @param required always for those in the path
 * @param list whether it takes several values: separated by commas, or by being repeated
 * @param shape of one value
 * @param example a value, or null
 */
public record Parameter(
    In in,
    String name,
    String description,
    boolean required,
    boolean list,
    Shape shape,
    @Nullable String example) {

  /** Where it stands. */
  public enum In {
    PATH,
    QUERY,
    HEADER
  }

  public static Parameter path(String name, String description, Shape shape) {
    return new Parameter(In.PATH, name, description, true, false, shape, null);
  }

  public static Parameter query(String name, String description, Shape shape) {
    return new Parameter(In.QUERY, name, description, false, false, shape, null);
  }

  /** One that takes several values. */
  public static Parameter queryList(String name, String description, Shape shape) {
    return new Parameter(In.QUERY, name, description, false, true, shape, null);
  }

  public static Parameter header(String name, String description, Shape shape) {
    return new Parameter(In.HEADER, name, description, false, false, shape, null);
  }

  public Parameter example(String value) {
    return new Parameter(in, name, description, required, list, shape, value);
  }

  /** One without which the route refuses. */
  public Parameter needed() {
    return new Parameter(in, name, description, true, list, shape, example);
  }
}
