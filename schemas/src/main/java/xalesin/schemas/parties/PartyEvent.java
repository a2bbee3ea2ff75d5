package xalesin.schemas.parties;

import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;

/** What can happen to a party. */
public sealed interface PartyEvent extends DomainEvent {
  /** All that is known of a party but whether it is active. */
  record Details(
      List<PartyKind> kinds,
      String name,
      @Nullable String email,
      @Nullable String phone,
      List<Address> addresses,
      List<Contact> contacts,
      @Nullable String taxId,
      int paymentTermDays,
      @Nullable Money creditLimit) {}

  record Registered(Details details) implements PartyEvent {}

  /** All details as they are from now on, the unchanged ones too. */
  record DetailsChanged(Details details) implements PartyEvent {}

  record Activated() implements PartyEvent {}

  record Deactivated() implements PartyEvent {}
}
