package xalesin.command.finance;

import java.util.UUID;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.Claim;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Plan;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountCommand;
import xalesin.schemas.finance.AccountEvent;

/** The rules of accounts. Pure. */
public final class AccountDecider {
  /** One code names one account of a tenant. */
  private static final String CODE = "account-code";

  private static final int WEIGHT = 10;

  /** What the command handler needs to know of accounts. */
  public static final Aggregate<Account, AccountCommand, AccountEvent> AGGREGATE =
      new Aggregate<>(
          StreamName.ACCOUNTS,
          AccountCommand.class,
          AccountEvent.class,
          Account.NONE,
          Account::evolve,
          AccountDecider::decide,
          AccountDecider::claims,
          claim -> new FinanceRefusal.CodeTaken(claim.value()),
          _ -> WEIGHT);

  private AccountDecider() {}

  private static Plan.Verdict decide(
      UUID id, AccountCommand command, CommandContext context, Plan.States states) {
    throw new UnsupportedOperationException("" + id + command + context + states);
  }

  private static Claim.Changes claims(Account before, AccountEvent event) {
    return switch (event) {
      case AccountEvent.Opened opened -> Claim.Changes.claim(new Claim(CODE, opened.code()));
      case AccountEvent.DetailsChanged changed when before instanceof Account.Opened account ->
          Claim.Changes.replace(new Claim(CODE, account.code()), new Claim(CODE, changed.code()));
      case AccountEvent.DetailsChanged _, AccountEvent.Closed _ -> Claim.Changes.NONE;
    };
  }
}
