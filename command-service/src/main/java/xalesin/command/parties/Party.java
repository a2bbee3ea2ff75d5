package xalesin.command.parties;

import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.parties.PartyKind;

/** A customer or supplier, as its events tell. Immutable. */
public sealed interface Party {

  /** Nothing has happened under this id. */
  record None() implements Party {}

  /**
   * @param origin how it was registered: registering it so again is no change
   */
  record Registered(PartyEvent.Details origin, PartyEvent.Details details, boolean active)
      implements Party {

    /** Whether it is that to the tenant. */
    public boolean is(PartyKind kind) {
      return details.kinds().contains(kind);
    }
  }

  Party NONE = new None();

  /**
   * The state after an event.
   *
   * @throws IllegalStateException when the event cannot follow: the log is damaged
   */
  static Party evolve(Party party, PartyEvent event) {
    return switch (party) {
      case None() when event instanceof PartyEvent.Registered(var details) ->
          new Registered(details, details, true);
      case Registered registered when !(event instanceof PartyEvent.Registered) ->
          registered(registered, event);
      case None(), Registered _ ->
          throw new IllegalStateException(
              "%s cannot follow in state %s"
                  .formatted(event.getClass().getSimpleName(), party.getClass().getSimpleName()));
    };
  }

  private static Registered registered(Registered party, PartyEvent event) {
    return switch (event) {
      case PartyEvent.Registered _ -> throw new IllegalStateException("registered twice");
      case PartyEvent.DetailsChanged(var details) ->
          new Registered(party.origin(), details, party.active());
      case PartyEvent.Activated() -> new Registered(party.origin(), party.details(), true);
      case PartyEvent.Deactivated() -> new Registered(party.origin(), party.details(), false);
    };
  }
}
