package xalesin.command.finance;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.settings.Tenant;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.DocumentKind;

/** Posts entries as part of a decision: what moves goods or value says so here too. Pure. */
public final class Journal {
  private Journal() {}

  /**
   * An entry to be.
   *
   * @param source the stream that it is posted for; null when it is posted by hand
   * @param reverses the entry of which it is the opposite, or null
   */
  public record Entry(
      LocalDate effectiveDate,
      String memo,
      @Nullable String source,
      @Nullable UUID reverses,
      List<Posting> postings) {
    public Entry {
      postings = List.copyOf(postings);
    }

    /**
     * Whether somebody says something of their own. The opposite of what was posted by hand does
     * not: it takes back what should not be on a control account, where the log has such a thing.
     */
    private boolean isNewByHand() {
      return source == null && reverses == null;
    }
  }

  /**
   * Posts an entry under a number of its own; one without postings is none.
   *
   * @param id of a stream without events: made for this command, see {@link
   *     CommandContext#derivedId}, or looked at before
   * @return why it cannot be posted, or null when it is
   */
  public static @Nullable Refusal post(UnitOfWork work, UUID id, Entry entry) {
    if (entry.postings().isEmpty()) {
      return null;
    }
    Refusal refusal = obstacle(work, entry);
    if (refusal == null) {
      work.begin(
          FinancialTransactionDecider.AGGREGATE,
          id,
          new FinancialTransactionEvent.Posted(
              Tenants.number(work, DocumentKind.JOURNAL_ENTRY, entry.effectiveDate()),
              entry.effectiveDate(),
              entry.memo(),
              entry.source(),
              entry.reverses(),
              entry.postings()));
    }
    return refusal;
  }

  /** The first rule that the entry breaks, or null. */
  private static @Nullable Refusal obstacle(UnitOfWork work, Entry entry) {
    Tenant.Established tenant = Tenants.of(work);
    if (!tenant.isOpen(entry.effectiveDate())) {
      return new FinanceRefusal.PeriodClosed(
          entry.effectiveDate(), String.valueOf(tenant.closedThrough()));
    }
    Refusal refusal = tooPrecise(entry.postings());
    if (refusal == null) {
      refusal = unbalanced(entry.postings());
    }
    if (refusal == null) {
      refusal = unpostable(work, entry.postings());
    }
    return refusal == null && entry.isNewByHand() ? controlled(work, tenant, entry) : refusal;
  }

  /** The first posting by hand to an account whose balance is that of stock or documents. */
  private static @Nullable Refusal controlled(
      UnitOfWork work, Tenant.Established tenant, Entry entry) {
    for (Posting posting : entry.postings()) {
      AccountPurpose purpose = tenant.controls(posting.account());
      if (purpose != null) {
        return new FinanceRefusal.ControlAccount(
            AccountDecider.code(work, posting.account()), purpose);
      }
    }
    return null;
  }

  private static @Nullable Refusal tooPrecise(List<Posting> postings) {
    for (Posting posting : postings) {
      Money money = posting.money();
      if (!new Amount(money.amount()).isWholeUnits(money.currency())) {
        return new FinanceRefusal.AmountTooPrecise(money);
      }
    }
    return null;
  }

  private static @Nullable Refusal unbalanced(List<Posting> postings) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Posting posting : postings) {
      Money money = posting.money();
      BigDecimal signed = posting.debit() == null ? money.amount().negate() : money.amount();
      sums.merge(money.currency(), signed, BigDecimal::add);
    }
    for (var sum : sums.entrySet()) {
      if (sum.getValue().signum() != 0) {
        return new FinanceRefusal.Unbalanced(sum.getKey(), sum.getValue().toPlainString());
      }
    }
    return null;
  }

  private static @Nullable Refusal unpostable(UnitOfWork work, List<Posting> postings) {
    work.prepare(AccountDecider.AGGREGATE, postings.stream().map(Posting::account).toList());
    for (Posting posting : postings) {
      switch (work.state(AccountDecider.AGGREGATE, posting.account())) {
        case Account.None() -> {
          return new FinanceRefusal.UnknownAccount(posting.account());
        }
        case Account.Opened account when account.closed() -> {
          return new FinanceRefusal.AccountClosed(account.code());
        }
        case Account.Opened account -> {
          String only = account.currency();
          String asked = posting.money().currency();
          if (only != null && !only.equals(asked)) {
            return new FinanceRefusal.CurrencyNotTaken(account.code(), only, asked);
          }
        }
      }
    }
    return null;
  }
}
