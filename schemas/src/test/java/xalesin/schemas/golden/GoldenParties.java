package xalesin.schemas.golden;

import static java.util.Map.entry;
import static xalesin.schemas.golden.GoldenEvents.ORDER;

import java.util.List;
import java.util.Map;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.parties.Address;
import xalesin.schemas.parties.Contact;
import xalesin.schemas.parties.CreditEvent.GivenBack;
import xalesin.schemas.parties.CreditEvent.Taken;
import xalesin.schemas.parties.PartyEvent.Activated;
import xalesin.schemas.parties.PartyEvent.Deactivated;
import xalesin.schemas.parties.PartyEvent.Details;
import xalesin.schemas.parties.PartyEvent.DetailsChanged;
import xalesin.schemas.parties.PartyEvent.Registered;
import xalesin.schemas.parties.PartyKind;

final class GoldenParties {
  private static final Details LEAST =
      new Details(
          List.of(PartyKind.SUPPLIER),
          "Exotic Liquids",
          null,
          null,
          List.of(),
          List.of(),
          null,
          0,
          null);

  private static final Details MOST =
      new Details(
          List.of(PartyKind.CUSTOMER, PartyKind.SUPPLIER),
          "Alfreds Futterkiste",
          "maria@alfreds.example",
          "030-0074321",
          List.of(
              new Address(
                  "billing",
                  List.of("Obere Str. 57", "Hinterhaus"),
                  "Berlin",
                  "Berlin",
                  "12209",
                  "DE"),
              new Address("shipping", List.of("Main Street 1"), "Cork", null, null, "IE")),
          List.of(
              new Contact(
                  "Maria Anders", "Sales Representative", "maria@alfreds.example", "030-0074321"),
              new Contact("José Pedro Freyre", null, null, null)),
          "DE123456789",
          30,
          Money.of("5000", "EUR"));

  static final Map<String, DomainEvent> EVENTS =
      Map.ofEntries(
          entry("PartyRegistered.1", new Registered(MOST)),
          entry("PartyRegistered.1-least", new Registered(LEAST)),
          entry("PartyDetailsChanged.1", new DetailsChanged(MOST)),
          entry("PartyDetailsChanged.1-least", new DetailsChanged(LEAST)),
          entry("PartyActivated.1", new Activated()),
          entry("PartyDeactivated.1", new Deactivated()),
          entry("CreditTaken.1", new Taken(ORDER, Money.of("119", "EUR"))),
          entry("CreditGivenBack.1", new GivenBack(ORDER, Money.of("59.5", "EUR"))));

  private GoldenParties() {}
}
