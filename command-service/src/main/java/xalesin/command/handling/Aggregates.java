package xalesin.command.handling;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import xalesin.command.decision.Aggregate;

/** The aggregates by the resource that their streams are named for. */
public final class Aggregates {
  private final Map<String, Aggregate<?, ?, ?>> byResource = new HashMap<>();

  public Aggregates(Collection<Aggregate<?, ?, ?>> aggregates) {
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
}
