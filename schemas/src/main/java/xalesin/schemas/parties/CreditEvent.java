package xalesin.schemas.parties;

import java.util.UUID;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;

/**
 * What a customer may still come to owe: taken when an order is confirmed, given back as it is paid
 * or cancelled. The stream has the customer's id.
 */
public sealed interface CreditEvent extends DomainEvent {
  /**
   * @param amount greater than zero
   */
  record Taken(UUID order, Money amount) implements CreditEvent {}

  /**
   * @param amount greater than zero
   */
  record GivenBack(UUID order, Money amount) implements CreditEvent {}
}
