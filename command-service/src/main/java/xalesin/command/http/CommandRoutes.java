package xalesin.command.http;

import static xalesin.edge.Verb.DELETE;
import static xalesin.edge.Verb.PATCH;
import static xalesin.edge.Verb.POST;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import xalesin.command.handling.Aggregates;
import xalesin.command.handling.CommandHandler;
import xalesin.edge.Endpoint;
import xalesin.edge.Role;
import xalesin.edge.Route;
import xalesin.edge.RouteClass;
import xalesin.edge.Verb;
import xalesin.schemas.CommandTypes;

/** Every route of the command service, a line each. */
public final class CommandRoutes {
  private final Aggregates aggregates;
  private final CommandHandler handler;
  private final InstantSource clock;

  public CommandRoutes(Aggregates aggregates, CommandHandler handler, InstantSource clock) {
    this.aggregates = aggregates;
    this.handler = handler;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        route(POST, "/api/commands", new LinesEndpoint(aggregates, handler, clock)),
        command(POST, "/api/inventory-items", "inventory-items.create"),
        command(PATCH, "/api/inventory-items/{id}", "inventory-items.change-details"),
        command(DELETE, "/api/inventory-items/{id}", "inventory-items.delete"),
        command(POST, "/api/inventory-items/{id}/change-price", "inventory-items.change-price"),
        command(POST, "/api/inventory-items/{id}/activate", "inventory-items.activate"),
        command(POST, "/api/inventory-items/{id}/deactivate", "inventory-items.deactivate"),
        command(POST, "/api/inventory-items/{id}/receive", "inventory-items.receive"),
        command(POST, "/api/inventory-items/{id}/issue", "inventory-items.issue"),
        command(POST, "/api/inventory-items/{id}/transfer", "inventory-items.transfer"),
        command(POST, "/api/inventory-items/{id}/adjust", "inventory-items.adjust"),
        command(POST, "/api/inventory-items/{id}/reserve", "inventory-items.reserve"),
        command(POST, "/api/inventory-items/{id}/release", "inventory-items.release"));
  }

  private Route command(Verb verb, String path, String name) {
    CommandTypes.Type type =
        Objects.requireNonNull(CommandTypes.byName(name), () -> "no command is named " + name);
    return route(
        verb, path, new CommandEndpoint(type, aggregates.of(type.resource()), handler, clock));
  }

  private static Route route(Verb verb, String path, Endpoint endpoint) {
    return new Route(verb, path, Role.CLERK, RouteClass.COMMAND, endpoint);
  }
}
