package xalesin.command.http;

import static xalesin.edge.Role.ACCOUNTANT;
import static xalesin.edge.Role.ADMIN;
import static xalesin.edge.Role.CLERK;
import static xalesin.edge.Verb.DELETE;
import static xalesin.edge.Verb.PATCH;
import static xalesin.edge.Verb.POST;
import static xalesin.edge.Verb.PUT;

import java.time.InstantSource;
import java.util.ArrayList;
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
  private final Commands commands;
  private final CommandHandler handler;
  private final InstantSource clock;

  public CommandRoutes(Aggregates aggregates, CommandHandler handler, InstantSource clock) {
    this.commands = new Commands(aggregates);
    this.handler = handler;
    this.clock = clock;
  }

  public List<Route> routes() {
    List<Route> routes =
        List.of(
            command(CLERK, POST, "/api/inventory-items", "inventory-items.create"),
            command(CLERK, PATCH, "/api/inventory-items/{id}", "inventory-items.change-details"),
            command(CLERK, DELETE, "/api/inventory-items/{id}", "inventory-items.delete"),
            verb(CLERK, "inventory-items.change-price"),
            verb(CLERK, "inventory-items.activate"),
            verb(CLERK, "inventory-items.deactivate"),
            verb(CLERK, "inventory-items.receive"),
            verb(CLERK, "inventory-items.issue"),
            verb(CLERK, "inventory-items.transfer"),
            verb(CLERK, "inventory-items.adjust"),
            verb(CLERK, "inventory-items.reserve"),
            verb(CLERK, "inventory-items.release"),
            command(CLERK, POST, "/api/parties", "parties.create"),
            command(CLERK, PATCH, "/api/parties/{id}", "parties.change-details"),
            verb(CLERK, "parties.activate"),
            verb(CLERK, "parties.deactivate"),
            command(CLERK, POST, "/api/sales-orders", "sales-orders.place"),
            command(CLERK, PUT, "/api/sales-orders/{id}/lines", "sales-orders.change-lines"),
            verb(CLERK, "sales-orders.confirm"),
            verb(CLERK, "sales-orders.ship"),
            verb(CLERK, "sales-orders.invoice"),
            verb(CLERK, "sales-orders.pay"),
            verb(CLERK, "sales-orders.return"),
            verb(CLERK, "sales-orders.cancel"),
            verb(CLERK, "sales-orders.close"),
            command(CLERK, POST, "/api/purchase-orders", "purchase-orders.place"),
            command(CLERK, PUT, "/api/purchase-orders/{id}/lines", "purchase-orders.change-lines"),
            verb(CLERK, "purchase-orders.approve"),
            verb(CLERK, "purchase-orders.receive"),
            verb(CLERK, "purchase-orders.bill"),
            verb(CLERK, "purchase-orders.pay"),
            verb(CLERK, "purchase-orders.cancel"),
            verb(CLERK, "purchase-orders.close"),
            command(ACCOUNTANT, POST, "/api/accounts", "accounts.create"),
            command(ACCOUNTANT, PATCH, "/api/accounts/{id}", "accounts.change-details"),
            verb(ACCOUNTANT, "accounts.close"),
            command(ACCOUNTANT, POST, "/api/financial-transactions", "financial-transactions.post"),
            verb(ACCOUNTANT, "financial-transactions.reverse"),
            command(ADMIN, PUT, "/api/tenant-settings", "tenant-settings.change"),
            command(
                ACCOUNTANT,
                POST,
                "/api/tenant-settings/close-period",
                "tenant-settings.close-period"),
            command(
                ADMIN,
                POST,
                "/api/tenant-settings/reopen-period",
                "tenant-settings.reopen-period"));
    List<Route> all = new ArrayList<>(routes);
    all.add(
        route(CLERK, POST, "/api/commands", new LinesEndpoint(commands, handler, clock))
            .described(CommandOperations.lines()));
    return List.copyOf(all);
  }

  /** A command that has the path {@code /api/<resource>/{id}/<verb>}. */
  private Route verb(Role role, String name) {
    int dot = name.indexOf('.');
    return command(
        role, POST, "/api/" + name.substring(0, dot) + "/{id}/" + name.substring(dot + 1), name);
  }

  private Route command(Role role, Verb verb, String path, String name) {
    CommandTypes.Type type =
        Objects.requireNonNull(CommandTypes.byName(name), () -> "no command is named " + name);
    commands.add(type, role);
    return route(
            role, verb, path, new CommandEndpoint(type, commands.aggregate(type), handler, clock))
        .described(CommandOperations.of(type, path));
  }

  private static Route route(Role role, Verb verb, String path, Endpoint endpoint) {
    return new Route(verb, path, role, RouteClass.COMMAND, endpoint);
  }
}
