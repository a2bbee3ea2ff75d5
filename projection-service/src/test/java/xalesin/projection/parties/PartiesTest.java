package xalesin.projection.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xalesin.projection.Happenings.START;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.projection.Happenings;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.Address;
import xalesin.schemas.parties.Contact;
import xalesin.schemas.parties.PartyEvent.Activated;
import xalesin.schemas.parties.PartyEvent.Deactivated;
import xalesin.schemas.parties.PartyEvent.Details;
import xalesin.schemas.parties.PartyEvent.DetailsChanged;
import xalesin.schemas.parties.PartyEvent.Registered;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.parties.PartyRow;

class PartiesTest {
  private static final UUID PARTY = new UUID(1, 2);

  private final Happenings happenings = new Happenings();

  @Test
  void a_registered_party_is_active_and_has_all_its_details() {
    given(new Registered(details("Blauer See", 14)));
    PartyRow party = party();
    assertThat(party.status()).isEqualTo("active");
    assertThat(party.kinds()).containsExactly(PartyKind.CUSTOMER, PartyKind.SUPPLIER);
    assertThat(party.name()).isEqualTo("Blauer See");
    assertThat(party.email()).isEqualTo("see@example.org");
    assertThat(party.addresses()).extracting(Address::city).containsExactly("Mannheim");
    assertThat(party.contacts()).extracting(Contact::name).containsExactly("Hanna Moos");
    assertThat(party.paymentTermDays()).isEqualTo(14);
    assertThat(party.creditLimit()).isEqualTo(Money.of("500", "EUR"));
    assertThat(party.createdAt()).isEqualTo(party.updatedAt()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void new_details_leave_its_status_and_its_beginning() {
    given(
        new Registered(details("Blauer See", 14)),
        new Deactivated(),
        new DetailsChanged(details("Grüner See", 30)));
    assertThat(party().name()).isEqualTo("Grüner See");
    assertThat(party().status()).isEqualTo("inactive");
    assertThat(party().version()).isEqualTo(3);
    assertThat(party().createdAt()).isEqualTo(START.plusSeconds(1));
    assertThat(party().updatedAt()).isEqualTo(START.plusSeconds(3));
    given(new Activated());
    assertThat(party().status()).isEqualTo("active");
    assertThat(party().name()).isEqualTo("Grüner See");
  }

  @Test
  void a_party_that_was_never_registered_cannot_change() {
    assertThatThrownBy(() -> given(new Activated())).hasMessageContaining("does not exist");
    Registered registered = new Registered(details("Twice", 0));
    given(registered);
    assertThatThrownBy(() -> given(registered)).hasMessageContaining("registered before");
  }

  private static Details details(String name, int paymentTermDays) {
    return new Details(
        List.of(PartyKind.CUSTOMER, PartyKind.SUPPLIER),
        name,
        "see@example.org",
        null,
        List.of(new Address("billing", List.of("Forsterstr. 57"), "Mannheim", null, null, "DE")),
        List.of(new Contact("Hanna Moos", "Sales Representative", null, null)),
        "DE123456789",
        paymentTermDays,
        Money.of("500", "EUR"));
  }

  private void given(DomainEvent... events) {
    happenings.happen(StreamName.PARTIES, PARTY, events);
  }

  private PartyRow party() {
    return happenings.row(Parties.VIEW, PARTY);
  }
}
