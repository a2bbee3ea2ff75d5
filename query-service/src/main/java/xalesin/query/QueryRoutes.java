package xalesin.query;

import java.util.ArrayList;
import java.util.List;
import xalesin.edge.Endpoint;
import xalesin.edge.Exchange;
import xalesin.edge.Operation;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.edge.Role;
import xalesin.edge.Route;
import xalesin.edge.RouteClass;
import xalesin.edge.Verb;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.view.View;

/** Every path of the read API. A view has its own by being in the list of views. */
final class QueryRoutes {
  private static final int RETRY_AFTER_SECONDS = 1;

  private QueryRoutes() {}

  static List<Route> of(
      List<View<?>> views,
      RowReads rows,
      ListReads lists,
      SearchReads searches,
      HistoryReads histories,
      LedgerReads ledger,
      OverviewReads overview) {
    List<Route> routes = new ArrayList<>();
    for (View<?> view : views) {
      Resource resource = Resource.of(view);
      String path = "/api/" + resource.name();
      if (view.isSingle()) {
        routes.add(
            read(path, exchange -> rows.only(exchange, resource), QueryOperations.row(resource)));
        routes.add(
            read(
                path + "/history",
                exchange -> histories.ofOnly(exchange, resource),
                QueryOperations.history(resource)));
        continue;
      }
      routes.add(
          read(
              path + "/{id}",
              exchange -> rows.one(exchange, resource),
              QueryOperations.row(resource)));
      routes.add(
          read(
              path + "/anchors",
              exchange -> lists.anchors(exchange, resource),
              QueryOperations.anchors(resource)));
      routes.add(
          read(
              path,
              exchange -> several(exchange, resource, rows, lists, searches),
              QueryOperations.list(resource)));
      if (view.isOfStreams()) {
        routes.add(
            read(
                path + "/{id}/history",
                exchange -> histories.of(exchange, resource),
                QueryOperations.history(resource)));
      }
    }
    routes.add(read("/api/accounts/{id}/balances", ledger::balances, QueryOperations.balances()));
    routes.add(read("/api/trial-balance", ledger::trialBalance, QueryOperations.trialBalance()));
    routes.add(
        new Route(Verb.GET, "/api/search", Role.VIEWER, RouteClass.SEARCH, available(searches::all))
            .described(QueryOperations.search(views)));
    routes.add(read("/api/overview", overview::overview, QueryOperations.overview()));
    return List.copyOf(routes);
  }

  private static void several(
      Exchange exchange, Resource resource, RowReads rows, ListReads lists, SearchReads searches)
      throws InterruptedException {
    if (exchange.queryMap().containsKey("id")) {
      rows.several(exchange, resource);
    } else if (exchange.queryMap().containsKey("q")) {
      searches.page(exchange, resource);
    } else {
      lists.page(exchange, resource);
    }
  }

  private static Route read(String path, Endpoint endpoint, Operation operation) {
    return new Route(Verb.GET, path, Role.VIEWER, RouteClass.READ, available(endpoint))
        .described(operation);
  }

  private static Endpoint available(Endpoint endpoint) {
    return exchange -> {
      try {
        endpoint.handle(exchange);
      } catch (ViewsUnavailableException e) {
        throw unavailable(e);
      }
    };
  }

  static ProblemException unavailable(ViewsUnavailableException e) {
    return new ProblemException(
        Problem.unavailable(
            "views-unavailable", String.valueOf(e.getMessage()), RETRY_AFTER_SECONDS),
        e);
  }
}
