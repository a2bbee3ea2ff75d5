package xalesin.command.purchasing;

import xalesin.schemas.purchasing.PurchaseOrderEvent;

/** An order, as its events tell. Immutable. */
public sealed interface PurchaseOrder {

  /** Nothing has happened under this id. */
  record None() implements PurchaseOrder {}

  PurchaseOrder NONE = new None();

  static PurchaseOrder evolve(PurchaseOrder order, PurchaseOrderEvent event) {
    throw new UnsupportedOperationException("" + order + event);
  }
}
