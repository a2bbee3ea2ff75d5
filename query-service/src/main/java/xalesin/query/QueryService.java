package xalesin.query;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import xalesin.edge.HealthCheck;
import xalesin.edge.Route;
import xalesin.projection.ViewCatalog;
import xalesin.projection.Views;
import xalesin.projection.ViewsState;

/** The public read API on the views of this process. Has nothing to close. Thread-safe. */
public final class QueryService {
  private final List<Route> routes;

  private QueryService(List<Route> routes) {
    this.routes = routes;
  }

  public static QueryService create(QueryConfig config, Views views, MeterRegistry registry) {
    return create(config, views, registry, InstantSource.system());
  }

  static QueryService create(
      QueryConfig config, Views views, MeterRegistry registry, InstantSource clock) {
    Cursors cursors = new Cursors(config.cursorKey(), clock);
    Consistency consistency = new Consistency(views, config, registry);
    ResultCache cache = new ResultCache(config.cacheBytes(), registry);
    SlowReads slow = new SlowReads(config.slow(), registry);
    Answers answers = new Answers(views, consistency, cache, slow, clock, registry);
    RowReads rows = new RowReads(views, answers);
    ListReads lists = new ListReads(cursors, answers);
    SearchReads searches = new SearchReads(ViewCatalog.ALL, views, cursors, answers, registry);
    HistoryReads histories = new HistoryReads(cursors, answers);
    LedgerReads ledger = new LedgerReads(cursors, answers);
    OverviewReads overview = new OverviewReads(answers, clock);
    return new QueryService(
        QueryRoutes.of(ViewCatalog.ALL, rows, lists, searches, histories, ledger, overview));
  }

  /** What a door serves. */
  public List<Route> routes() {
    return routes;
  }

  /** Whether reads can be answered, for the management port. */
  public static HealthCheck health(Views views) {
    return new HealthCheck(
        "views",
        () -> {
          ViewsState state = views.state();
          return new HealthCheck.Status(state.ready(), String.join("; ", state.reasons()));
        });
  }
}
