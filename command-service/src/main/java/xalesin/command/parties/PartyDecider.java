package xalesin.command.parties;

import java.util.UUID;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Plan;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.parties.PartyEvent;

/** The rules of parties. Pure. */
public final class PartyDecider {
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
          _ -> WEIGHT);

  private PartyDecider() {}

  private static Plan.Verdict decide(
      UUID id, PartyCommand command, CommandContext context, Plan.States states) {
    throw new UnsupportedOperationException("" + id + command + context + states);
  }
}
