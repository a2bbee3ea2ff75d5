package xalesin.query;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import xalesin.edge.LiveGate;
import xalesin.edge.LocalKeys;
import xalesin.edge.Route;
import xalesin.edge.RouteClass;
import xalesin.edge.Tickets;
import xalesin.edge.TokenVerifier;
import xalesin.edge.Verb;
import xalesin.projection.ProjectionService;
import xalesin.projection.Views;
import xalesin.projection.changes.ChangeFeed;
import xalesin.query.live.LiveConfig;
import xalesin.query.live.LiveHub;

/**
 * Pushes what changes in the views of this process. Thread-safe. To be closed before the door that
 * serves its routes, so that the door need not wait for answers that have no end.
 */
public final class LiveService implements AutoCloseable {
  private final LiveHub hub;
  private final List<Route> routes;

  private LiveService(LiveHub hub, List<Route> routes) {
    this.hub = hub;
    this.routes = routes;
  }

  /** On the views of a projection, for callers of an installation. */
  public static LiveService create(
      LiveConfig config,
      ProjectionService projection,
      TokenVerifier verifier,
      LocalKeys keys,
      MeterRegistry registry) {
    return create(
        config,
        projection.views(),
        projection.changes(),
        verifier,
        Tickets.of(keys),
        registry,
        InstantSource.system());
  }

  static LiveService create(
      LiveConfig config,
      Views views,
      ChangeFeed changes,
      TokenVerifier verifier,
      Tickets tickets,
      MeterRegistry registry,
      InstantSource clock) {
    LiveHub hub = new LiveHub(config, views, changes, registry, clock);
    LiveQuestions questions = new LiveQuestions(views, clock);
    LiveReads reads =
        new LiveReads(new LiveGate(verifier, tickets, config.origins()), hub, questions);
    return new LiveService(
        hub,
        List.of(
            new Route(Verb.GET, "/api/live", null, RouteClass.LIVE, reads::stream)
                .described(QueryOperations.live(questions.names())),
            new Route(Verb.GET, "/api/live/ws", null, RouteClass.LIVE, reads::socket)
                .described(QueryOperations.liveSocket())));
  }

  /** What a door serves. */
  public List<Route> routes() {
    return routes;
  }

  @Override
  public void close() {
    hub.close();
  }
}
