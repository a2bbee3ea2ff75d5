package xalesin.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import xalesin.command.decision.Decision;
import xalesin.command.decision.Refusal;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent;

/** {@code given(events).when(command).then(events)}, or {@code thenRefused(…)}. */
record Given(InventoryItem state) {
  static Given given(InventoryItemEvent... events) {
    return given(List.of(events));
  }

  static Given given(List<InventoryItemEvent> events) {
    InventoryItem item = InventoryItem.NONE;
    for (InventoryItemEvent event : events) {
      item = InventoryItem.evolve(item, event);
    }
    return new Given(item);
  }

  When when(InventoryItemCommand command) {
    return new When(InventoryItemDecider.decide(command, state));
  }

  record When(Decision<InventoryItemEvent> decision) {
    void then(InventoryItemEvent... events) {
      assertThat(decision).isEqualTo(new Decision.Accepted<>(List.of(events)));
    }

    void thenNothing() {
      then();
    }

    void thenRefused(Refusal refusal) {
      assertThat(decision).isEqualTo(new Decision.Refused<InventoryItemEvent>(refusal));
    }
  }
}
