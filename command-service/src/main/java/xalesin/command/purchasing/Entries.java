package xalesin.command.purchasing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Money;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.settings.AccountPurpose;

/**
 * The postings of an entry in one currency while they are put together: amounts of zero are left
 * out, and what is less than zero goes to the other side. For one thread.
 */
final class Entries {
  private final UnitOfWork work;
  private final String currency;
  private final List<Posting> postings = new ArrayList<>();

  Entries(UnitOfWork work, String currency) {
    this.work = work;
    this.currency = currency;
  }

  void debit(AccountPurpose purpose, BigDecimal amount) {
    debit(Tenants.account(work, purpose), amount);
  }

  void credit(AccountPurpose purpose, BigDecimal amount) {
    debit(purpose, amount.negate());
  }

  void credit(UUID account, BigDecimal amount) {
    debit(account, amount.negate());
  }

  private void debit(UUID account, BigDecimal amount) {
    Money money = new Money(amount.abs(), currency);
    switch (amount.signum()) {
      case 1 -> postings.add(Posting.debit(account, money));
      case -1 -> postings.add(Posting.credit(account, money));
      default -> {}
    }
  }

  List<Posting> postings() {
    return List.copyOf(postings);
  }
}
