package xalesin.command.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import xalesin.command.decision.Aggregate;
import xalesin.command.handling.Aggregates;
import xalesin.edge.Caller;
import xalesin.edge.Role;
import xalesin.schemas.CommandTypes;

/** What each type of command goes to and who may send it. Filled by the table of routes. */
final class Commands {
  private final Aggregates aggregates;
  private final Map<String, Role> roles = new HashMap<>();

  Commands(Aggregates aggregates) {
    this.aggregates = aggregates;
  }

  void add(CommandTypes.Type type, Role role) {
    roles.put(type.name(), role);
  }

  Aggregate<?, ?, ?> aggregate(CommandTypes.Type type) {
    return aggregates.of(type.resource());
  }

  /** Throws the problem that says so when the caller may not send it. */
  void check(Caller caller, CommandTypes.Type type) {
    caller.require(Objects.requireNonNull(roles.get(type.name()), "every command has a route"));
  }
}
