package xalesin.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import xalesin.edge.Operation;
import xalesin.edge.Operation.Body;
import xalesin.edge.Parameter;
import xalesin.edge.Role;
import xalesin.edge.Route;
import xalesin.edge.RouteClass;
import xalesin.edge.Shape;
import xalesin.edge.Verb;

/**
 * What benchmarks compare reads and live connections with: the same door and the same number of
 * bytes, without a view behind it.
 */
final class BenchRoutes {
  private static final int DEFAULT_BYTES = 1_000;
  private static final int MAX_BYTES = 1 << 20;

  private BenchRoutes() {}

  static List<Route> all() {
    PushBaseline push = new PushBaseline();
    return List.of(constant(), listen(push), round(push));
  }

  private static Route listen(PushBaseline push) {
    return new Route(Verb.GET, "/bench/push", Role.VIEWER, RouteClass.LIVE, push::listen)
        .described(
            Operation.of("bench.listen", "bench", "An answer that gets the bytes of every round")
                .answers(
                    200, "Events.", new Body("text/event-stream", true, null, null), List.of()));
  }

  private static Route round(PushBaseline push) {
    return new Route(Verb.POST, "/bench/push", Role.VIEWER, RouteClass.COMMAND, push::round)
        .described(
            Operation.of("bench.push", "bench", "Writes the same bytes to all who listen")
                .takes(
                    Parameter.query(
                        "bytes",
                        "How many.",
                        Shape.whole(
                            PushBaseline.MIN_BYTES,
                            PushBaseline.MAX_BYTES,
                            PushBaseline.DEFAULT_BYTES)))
                .answers(200, "To how many.", Body.json(Shape.text(), null), List.of()));
  }

  private static Route constant() {
    byte[][] answers = new byte[MAX_BYTES + 1][];
    return new Route(
            Verb.GET,
            "/bench/constant",
            Role.VIEWER,
            RouteClass.READ,
            exchange -> {
              int bytes = exchange.queryInt("bytes", DEFAULT_BYTES, 2, MAX_BYTES);
              byte[] answer = answers[bytes];
              if (answer == null) {
                answer = ("\"" + "x".repeat(bytes - 2) + "\"").getBytes(US_ASCII);
                answers[bytes] = answer;
              }
              exchange.json(200, answer);
            })
        .described(
            Operation.of("bench.constant", "bench", "A constant answer")
                .takes(
                    Parameter.query("bytes", "Its size.", Shape.whole(2, MAX_BYTES, DEFAULT_BYTES)))
                .answers(200, "A string.", Body.json(Shape.text(), null), List.of()));
  }
}
