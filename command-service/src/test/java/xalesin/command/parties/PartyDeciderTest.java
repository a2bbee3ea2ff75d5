package xalesin.command.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Books;
import xalesin.command.decision.Decision;
import xalesin.command.decision.Refusal;
import xalesin.schemas.Money;
import xalesin.schemas.parties.Address;
import xalesin.schemas.parties.Contact;
import xalesin.schemas.parties.CreditEvent;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.parties.PartyCommand.Activate;
import xalesin.schemas.parties.PartyCommand.ChangeDetails;
import xalesin.schemas.parties.PartyCommand.Create;
import xalesin.schemas.parties.PartyCommand.Deactivate;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.parties.PartyEvent.Activated;
import xalesin.schemas.parties.PartyEvent.Deactivated;
import xalesin.schemas.parties.PartyEvent.Details;
import xalesin.schemas.parties.PartyEvent.DetailsChanged;
import xalesin.schemas.parties.PartyEvent.Registered;
import xalesin.schemas.parties.PartyKind;

class PartyDeciderTest {
  private static final List<PartyKind> CUSTOMER = List.of(PartyKind.CUSTOMER);
  private static final Money LIMIT = Money.of("1000", "EUR");
  private static final Address HOME =
      new Address("billing", List.of("Obere Str. 57"), "Berlin", null, "12209", "DE");
  private static final Contact MARIA = new Contact("Maria Anders", null, "m@alfki.example", null);
  private static final Details ALFKI =
      new Details(
          CUSTOMER,
          "Alfreds",
          "a@alfki.example",
          "030-0074321",
          List.of(HOME),
          List.of(MARIA),
          "DE129",
          14,
          LIMIT);

  private record Given(Party state) {
    void when(PartyCommand command, PartyEvent... events) {
      assertThat(PartyDecider.decide(command, state))
          .isEqualTo(new Decision.Accepted<>(List.of(events)));
    }

    void refused(PartyCommand command, Refusal refusal) {
      assertThat(PartyDecider.decide(command, state))
          .isEqualTo(new Decision.Refused<PartyEvent>(refusal));
    }
  }

  private static Given given(PartyEvent... events) {
    Party party = Party.NONE;
    for (PartyEvent event : events) {
      party = Party.evolve(party, event);
    }
    return new Given(party);
  }

  private static Create create(String name) {
    return new Create(
        null,
        CUSTOMER,
        name,
        "a@alfki.example",
        "030-0074321",
        List.of(HOME),
        List.of(MARIA),
        "DE129",
        14,
        LIMIT);
  }

  private static ChangeDetails change(
      @Nullable String name, @Nullable String email, @Nullable String phone, @Nullable String tax) {
    return new ChangeDetails(null, name, email, phone, null, null, tax, null, null, null);
  }

  private static ChangeDetails changeCredit(@Nullable Money limit, @Nullable Boolean unlimited) {
    return new ChangeDetails(null, null, null, null, null, null, null, null, limit, unlimited);
  }

  @Test
  void a_party_is_registered_as_it_is_told() {
    given().when(create("Alfreds"), new Registered(ALFKI));
  }

  @Test
  void a_party_has_defaults_where_nothing_is_said() {
    given()
        .when(
            new Create(
                null,
                List.of(PartyKind.SUPPLIER, PartyKind.CUSTOMER),
                "Exotic",
                null,
                null,
                null,
                null,
                null,
                null,
                null),
            new Registered(
                new Details(
                    List.of(PartyKind.CUSTOMER, PartyKind.SUPPLIER),
                    "Exotic",
                    null,
                    null,
                    List.of(),
                    List.of(),
                    null,
                    30,
                    null)));
  }

  @Test
  void creating_the_same_again_changes_nothing_though_the_party_has_changed_since() {
    given(new Registered(ALFKI)).when(create("Alfreds"));
    given(new Registered(ALFKI), new Deactivated()).when(create("Alfreds"));
  }

  @Test
  void creating_another_under_the_same_id_is_refused() {
    given(new Registered(ALFKI)).refused(create("Alfred"), new PartyRefusal.AlreadyExists());
  }

  @Test
  void nothing_can_be_done_with_a_party_that_never_was() {
    given().refused(new Activate(), new PartyRefusal.NotFound());
    given().refused(change("X", null, null, null), new PartyRefusal.NotFound());
  }

  @Test
  void details_not_given_stay_as_they_are() {
    given(new Registered(ALFKI))
        .when(
            change("Alfreds Futterkiste", null, null, null),
            new DetailsChanged(
                new Details(
                    CUSTOMER,
                    "Alfreds Futterkiste",
                    "a@alfki.example",
                    "030-0074321",
                    List.of(HOME),
                    List.of(MARIA),
                    "DE129",
                    14,
                    LIMIT)));
  }

  @Test
  void all_details_can_be_changed_at_once() {
    given(new Registered(ALFKI))
        .when(
            new ChangeDetails(
                List.of(PartyKind.SUPPLIER),
                "B",
                "b@b.example",
                "1",
                List.of(),
                List.of(),
                "2",
                0,
                Money.of("5", "USD"),
                false),
            new DetailsChanged(
                new Details(
                    List.of(PartyKind.SUPPLIER),
                    "B",
                    "b@b.example",
                    "1",
                    List.of(),
                    List.of(),
                    "2",
                    0,
                    Money.of("5", "USD"))));
  }

  @Test
  void an_empty_text_takes_away_what_there_was() {
    given(new Registered(ALFKI))
        .when(
            change(null, "", "", ""),
            new DetailsChanged(
                new Details(
                    CUSTOMER,
                    "Alfreds",
                    null,
                    null,
                    List.of(HOME),
                    List.of(MARIA),
                    null,
                    14,
                    LIMIT)));
  }

  @Test
  void a_credit_limit_is_taken_away_by_saying_so() {
    Details unlimited =
        new Details(
            CUSTOMER,
            "Alfreds",
            "a@alfki.example",
            "030-0074321",
            List.of(HOME),
            List.of(MARIA),
            "DE129",
            14,
            null);
    given(new Registered(ALFKI)).when(changeCredit(null, true), new DetailsChanged(unlimited));
    given(new Registered(ALFKI)).when(changeCredit(null, false));
    given(new Registered(unlimited)).when(changeCredit(null, true));
    given(new Registered(unlimited)).when(changeCredit(LIMIT, null), new DetailsChanged(ALFKI));
  }

  @Test
  void details_that_are_so_already_change_nothing() {
    given(new Registered(ALFKI)).when(change("Alfreds", "a@alfki.example", null, "DE129"));
    given(new Registered(ALFKI)).when(changeCredit(Money.of("1000.00", "EUR"), null));
  }

  @Test
  void a_party_is_deactivated_and_activated_once() {
    given(new Registered(ALFKI)).when(new Activate());
    given(new Registered(ALFKI)).when(new Deactivate(), new Deactivated());
    given(new Registered(ALFKI), new Deactivated()).when(new Deactivate());
    given(new Registered(ALFKI), new Deactivated()).when(new Activate(), new Activated());
  }

  @Test
  void what_is_decided_stands_in_the_partys_stream() {
    Books books = new Books();
    UUID id = books.newId();
    books.does(PartyDecider.AGGREGATE, id, create("Alfreds")).events();
    books.does(PartyDecider.AGGREGATE, id, new Deactivate()).events();
    assertThat(books.events(PartyDecider.AGGREGATE, id))
        .containsExactly(new Registered(ALFKI), new Deactivated());
    assertThat(books.does(PartyDecider.AGGREGATE, books.newId(), new Activate()).refusal())
        .isEqualTo(new PartyRefusal.NotFound());
  }

  @Test
  void a_log_that_cannot_be_is_noticed() {
    assertThatThrownBy(() -> given(new Activated())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> given(new Registered(ALFKI), new Registered(ALFKI)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void credit_is_added_up_by_currency() {
    UUID order = UUID.randomUUID();
    Credit credit = Credit.NONE;
    credit = Credit.evolve(credit, new CreditEvent.Taken(order, Money.of("10.5", "EUR")));
    credit = Credit.evolve(credit, new CreditEvent.Taken(order, Money.of("7", "USD")));
    credit = Credit.evolve(credit, new CreditEvent.GivenBack(order, Money.of("4", "EUR")));
    assertThat(credit.taken("EUR")).isEqualByComparingTo("6.5");
    assertThat(credit.taken("USD")).isEqualByComparingTo("7");
    assertThat(credit.taken("JPY")).isZero();
  }
}
