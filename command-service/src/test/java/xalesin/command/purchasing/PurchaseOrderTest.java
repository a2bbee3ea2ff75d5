package xalesin.command.purchasing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xalesin.command.purchasing.Purchases.TODAY;
import static xalesin.command.purchasing.Purchases.part;
import static xalesin.command.purchasing.Purchases.totals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.schemas.Amount;
import xalesin.schemas.Quantity;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Cancel;
import xalesin.schemas.purchasing.PurchaseOrderEvent;

/** What an order's events come to. */
class PurchaseOrderTest {
  private final Purchases tenant = new Purchases();

  @Test
  void an_order_knows_how_far_each_of_its_lines_has_come() {
    UUID id =
        tenant.approved(
            tenant.line(tenant.chai, "10", "10", "0.19"), tenant.line(tenant.tea, "4", "3"));
    tenant.receive(id, part(1, "4"));
    tenant.bill(id);
    tenant.receive(id, part(1, "1"), part(2, "4"));
    tenant.pay(id, "7.6");
    PurchaseOrder.Approved order = (PurchaseOrder.Approved) tenant.state(id);
    assertThat(order.line(1).received()).isEqualTo(Quantity.of("5"));
    assertThat(order.line(1).receivedNet()).isEqualTo(Amount.of("50"));
    assertThat(order.line(1).left()).isEqualTo(Quantity.of("5"));
    assertThat(order.line(1).billed()).isEqualTo(Quantity.of("4"));
    assertThat(order.line(2).left()).isEqualTo(Quantity.ZERO);
    assertThat(order.line(2).billed()).isEqualTo(Quantity.ZERO);
    assertThat(order.billed()).isEqualTo(totals("40", "7.6", "47.6"));
    assertThat(order.open()).isEqualTo(Amount.of("40"));
  }

  @Test
  void an_event_that_cannot_follow_is_noticed_in_every_state() {
    UUID draftId = tenant.books.newId();
    tenant.place(draftId, tenant.line(tenant.chai, "1", "1"));
    UUID approvedId = tenant.approved(tenant.line(tenant.chai, "1", "1"));
    UUID cancelledId = tenant.approved(tenant.line(tenant.chai, "1", "1"));
    tenant.order(cancelledId, new Cancel("not needed"));

    PurchaseOrderEvent placed = tenant.events(draftId).getFirst();
    PurchaseOrderEvent changed =
        new PurchaseOrderEvent.LinesChanged("ann", List.of(), totals("0", "0", "0"));
    PurchaseOrderEvent approved = new PurchaseOrderEvent.Approved("bob");
    PurchaseOrderEvent received = new PurchaseOrderEvent.Received(TODAY, List.of(), false);
    PurchaseOrderEvent billed =
        new PurchaseOrderEvent.Billed(TODAY, TODAY, totals("0", "0", "0"), false);
    PurchaseOrderEvent paid =
        new PurchaseOrderEvent.Paid(Amount.of("1"), TODAY, tenant.chai, Amount.ZERO);
    PurchaseOrderEvent cancelled = new PurchaseOrderEvent.Cancelled("not needed");
    PurchaseOrderEvent closed = new PurchaseOrderEvent.Closed("late", List.of());
    Set<PurchaseOrderEvent> all =
        Set.of(placed, changed, approved, received, billed, paid, cancelled, closed);

    Map<PurchaseOrder, Set<PurchaseOrderEvent>> possible = new LinkedHashMap<>();
    possible.put(PurchaseOrder.NONE, Set.of(placed));
    possible.put(tenant.state(draftId), Set.of(changed, approved, cancelled));
    possible.put(tenant.state(approvedId), Set.of(received, billed, paid, cancelled, closed));
    possible.put(tenant.state(cancelledId), Set.of());
    possible.forEach(
        (state, events) -> {
          for (PurchaseOrderEvent event : all) {
            if (events.contains(event)) {
              assertThat(PurchaseOrder.evolve(state, event)).isNotNull();
            } else {
              assertThatThrownBy(() -> PurchaseOrder.evolve(state, event))
                  .as("%s after %s", event, state)
                  .isInstanceOf(IllegalStateException.class);
            }
          }
        });
  }
}
