package xalesin.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import xalesin.edge.Role;
import xalesin.edge.Route;
import xalesin.edge.RouteClass;
import xalesin.edge.Verb;

/**
 * What benchmarks compare reads with: the same door and the same number of bytes, without a view
 * behind it.
 */
final class BenchRoutes {
  private static final int MAX_BYTES = 1 << 20;

  private BenchRoutes() {}

  static List<Route> all() {
    byte[][] answers = new byte[MAX_BYTES + 1][];
    return List.of(
        new Route(
            Verb.GET,
            "/bench/constant",
            Role.VIEWER,
            RouteClass.READ,
            exchange -> {
              int bytes = exchange.queryInt("bytes", 1_000, 2, MAX_BYTES);
              byte[] answer = answers[bytes];
              if (answer == null) {
                answer = ("\"" + "x".repeat(bytes - 2) + "\"").getBytes(US_ASCII);
                answers[bytes] = answer;
              }
              exchange.json(200, answer);
            }));
  }
}
