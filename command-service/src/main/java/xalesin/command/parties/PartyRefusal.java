package xalesin.command.parties;

import xalesin.command.decision.Refusal;

/** Why something cannot be done with a party. The rule's name is for good. */
public sealed interface PartyRefusal extends Refusal {

  record NotFound() implements PartyRefusal {
    @Override
    public String rule() {
      return "party-not-found";
    }

    @Override
    public String detail() {
      return "There is no such party.";
    }
  }

  record AlreadyExists() implements PartyRefusal {
    @Override
    public String rule() {
      return "party-already-exists";
    }

    @Override
    public String detail() {
      return "A party with this id was created with other content.";
    }
  }
}
