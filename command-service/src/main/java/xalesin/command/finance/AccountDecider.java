package xalesin.command.finance;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.Claim;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Decision;
import xalesin.command.decision.Plan;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.settings.Tenants;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountCommand;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.settings.AccountPurpose;

/**
 * The rules of accounts. Pure.
 *
 * <p>Closing is for good, and asks nothing of the balance: what was posted is known to the entries,
 * not to the account. What is left on a closed account is moved by whoever closes it, before.
 */
public final class AccountDecider {
  /** One code names one account of a tenant, a closed one too: old entries are read by it. */
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
          claim -> new AccountRefusal.CodeTaken(claim.value()),
          _ -> WEIGHT);

  private AccountDecider() {}

  /** The code of an account that was opened. */
  public static String code(UnitOfWork work, UUID id) {
    return switch (work.state(AGGREGATE, id)) {
      case Account.Opened account -> account.code();
      case Account.None() -> throw new IllegalStateException("no such account: " + id);
    };
  }

  private static Plan.Verdict decide(
      UUID id, AccountCommand command, CommandContext context, Plan.States states) {
    UnitOfWork work = new UnitOfWork(states);
    return AGGREGATE.verdict(
        id,
        switch (work.state(AGGREGATE, id)) {
          case Account.None() ->
              command instanceof AccountCommand.Create create
                  ? Decision.accept(opened(create))
                  : Decision.refuse(new AccountRefusal.NotFound());
          case Account.Opened account ->
              switch (command) {
                case AccountCommand.Create create ->
                    opened(create).equals(account.origin())
                        ? Decision.nothingToDo()
                        : Decision.refuse(new AccountRefusal.AlreadyExists());
                case AccountCommand.ChangeDetails change -> changeDetails(change, account);
                case AccountCommand.Close() -> close(id, account, work);
              };
        });
  }

  private static AccountEvent.Opened opened(AccountCommand.Create create) {
    return new AccountEvent.Opened(create.code(), create.name(), create.type(), create.currency());
  }

  private static Decision<AccountEvent> changeDetails(
      AccountCommand.ChangeDetails change, Account.Opened account) {
    String code = change.code() == null ? account.code() : change.code();
    String name = change.name() == null ? account.name() : change.name();
    if (code.equals(account.code()) && name.equals(account.name())) {
      return Decision.nothingToDo();
    }
    return account.closed()
        ? Decision.refuse(new FinanceRefusal.AccountClosed(account.code()))
        : Decision.accept(new AccountEvent.DetailsChanged(code, name));
  }

  private static Decision<AccountEvent> close(UUID id, Account.Opened account, UnitOfWork work) {
    if (account.closed()) {
      return Decision.nothingToDo();
    }
    AccountPurpose purpose = purposeServed(id, work);
    return purpose == null
        ? Decision.accept(new AccountEvent.Closed())
        : Decision.refuse(new AccountRefusal.InUse(account.code(), purpose));
  }

  /** The first of the purposes for which the tenant posts to the account, or null. */
  private static @Nullable AccountPurpose purposeServed(UUID id, UnitOfWork work) {
    Map<AccountPurpose, UUID> byPurpose =
        new TreeMap<>(Tenants.of(work).settings().defaultAccounts());
    for (var serving : byPurpose.entrySet()) {
      if (serving.getValue().equals(id)) {
        return serving.getKey();
      }
    }
    return null;
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
