package xalesin.command.sales;

import xalesin.schemas.sales.SalesOrderEvent;

/** An order, as its events tell. Immutable. */
public sealed interface SalesOrder {

  /** Nothing has happened under this id. */
  record None() implements SalesOrder {}

  SalesOrder NONE = new None();

  static SalesOrder evolve(SalesOrder order, SalesOrderEvent event) {
    throw new UnsupportedOperationException("" + order + event);
  }
}
