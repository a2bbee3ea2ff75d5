package xalesin.command.handling;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.Founding;

/** The aggregates by the resource that their streams are named for, and how tenants begin. */
public final class Aggregates {
  private final Map<String, Aggregate<?, ?, ?>> byResource = new HashMap<>();
  private final Founding founding;

  public Aggregates(Collection<Aggregate<?, ?, ?>> aggregates, Founding founding) {
    this.founding = founding;
    for (Aggregate<?, ?, ?> aggregate : aggregates) {
      if (byResource.put(aggregate.resource(), aggregate) != null) {
        throw new IllegalArgumentException("two aggregates named " + aggregate.resource());
      }
    }
  }

  public Aggregate<?, ?, ?> of(String resource) {
    Aggregate<?, ?, ?> aggregate = byResource.get(resource);
    if (aggregate == null) {
      throw new IllegalArgumentException("no aggregate is named " + resource);
    }
    return aggregate;
  }

  /** What happens before a tenant's first command. */
  public Founding founding() {
    return founding;
  }
}
