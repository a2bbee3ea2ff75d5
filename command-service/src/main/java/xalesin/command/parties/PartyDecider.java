package xalesin.command.parties;

import static xalesin.command.decision.Decision.accept;
import static xalesin.command.decision.Decision.nothingToDo;
import static xalesin.command.decision.Decision.refuse;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Decision;
import xalesin.command.decision.Plan;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.parties.Party.Registered;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.parties.PartyEvent;

/** The rules of parties. Pure. */
public final class PartyDecider {
  /** What a party is made of beside its addresses and contacts. */
  private static final int WEIGHT = 10;

  /** What the command handler needs to know of parties. */
  public static final Aggregate<Party, PartyCommand, PartyEvent> AGGREGATE =
      new Aggregate<>(
          StreamName.PARTIES,
          PartyCommand.class,
          PartyEvent.class,
          Party.NONE,
          Party::evolve,
          PartyDecider::decide,
          PartyDecider::weight);

  private PartyDecider() {}

  private static Plan.Verdict decide(
      UUID id, PartyCommand command, CommandContext context, Plan.States states) {
    UnitOfWork work = new UnitOfWork(states);
    return AGGREGATE.verdict(id, decide(command, work.state(AGGREGATE, id)));
  }

  static Decision<PartyEvent> decide(PartyCommand command, Party state) {
    return switch (state) {
      case Party.None() ->
          command instanceof PartyCommand.Create create
              ? accept(new PartyEvent.Registered(details(create)))
              : refuse(new PartyRefusal.NotFound());
      case Registered party -> decide(command, party);
    };
  }

  private static Decision<PartyEvent> decide(PartyCommand command, Registered party) {
    return switch (command) {
      case PartyCommand.Create create ->
          details(create).equals(party.origin())
              ? nothingToDo()
              : refuse(new PartyRefusal.AlreadyExists());
      case PartyCommand.ChangeDetails change -> {
        PartyEvent.Details then = changed(party.details(), change);
        yield then.equals(party.details())
            ? nothingToDo()
            : accept(new PartyEvent.DetailsChanged(then));
      }
      case PartyCommand.Activate() ->
          party.active() ? nothingToDo() : accept(new PartyEvent.Activated());
      case PartyCommand.Deactivate() ->
          party.active() ? accept(new PartyEvent.Deactivated()) : nothingToDo();
    };
  }

  /** The command's own constructor has put the defaults where nothing was given. */
  private static PartyEvent.Details details(PartyCommand.Create command) {
    return new PartyEvent.Details(
        command.kinds(),
        command.name(),
        command.email(),
        command.phone(),
        given(command.addresses(), List.of()),
        given(command.contacts(), List.of()),
        command.taxId(),
        given(command.paymentTermDays(), PartyCommand.Create.PAYMENT_TERM_DAYS),
        command.creditLimit());
  }

  /** What is not given stays as it is. */
  private static PartyEvent.Details changed(
      PartyEvent.Details now, PartyCommand.ChangeDetails change) {
    boolean isUnlimited = given(change.unlimitedCredit(), Boolean.FALSE);
    Money limit = change.creditLimit() == null ? now.creditLimit() : change.creditLimit();
    return new PartyEvent.Details(
        given(change.kinds(), now.kinds()),
        given(change.name(), now.name()),
        givenOrTaken(change.email(), now.email()),
        givenOrTaken(change.phone(), now.phone()),
        given(change.addresses(), now.addresses()),
        given(change.contacts(), now.contacts()),
        givenOrTaken(change.taxId(), now.taxId()),
        given(change.paymentTermDays(), now.paymentTermDays()),
        isUnlimited ? null : limit);
  }

  private static <T> T given(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  /** An empty text takes away what there was. */
  private static @Nullable String givenOrTaken(@Nullable String value, @Nullable String now) {
    if (value == null) {
      return now;
    }
    return value.isEmpty() ? null : value;
  }

  private static int weight(Party state) {
    return state instanceof Registered party
        ? WEIGHT + party.details().addresses().size() + party.details().contacts().size()
        : 1;
  }
}
