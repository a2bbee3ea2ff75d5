package xalesin.command.purchasing;

import static java.util.Objects.requireNonNullElse;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.command.finance.Account;
import xalesin.command.finance.AccountDecider;
import xalesin.command.finance.FinanceRefusal;
import xalesin.command.finance.Journal;
import xalesin.command.parties.Party;
import xalesin.command.parties.PartyDecider;
import xalesin.command.purchasing.PurchaseOrder.Approved;
import xalesin.command.purchasing.PurchaseOrder.Line;
import xalesin.command.purchasing.PurchaseOrderRefusal.Standing;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Amount;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.settings.AccountPurpose;

/** Books the supplier's bills, and what is paid of them. Pure. */
final class Paying {
  private Paying() {}

  /** Bills what has been received and not yet billed. */
  static @Nullable Refusal bill(
      UnitOfWork work,
      UUID id,
      Approved order,
      PurchaseOrderCommand.Bill bill,
      CommandContext context) {
    if (order.lines().stream().allMatch(Line::isBilled)) {
      return Standing.NOTHING_TO_BILL;
    }
    LocalDate date = requireNonNullElse(bill.date(), context.today());
    PurchaseOrderEvent.Totals totals = unbilled(order);
    work.append(
        PurchaseOrderDecider.AGGREGATE,
        id,
        new PurchaseOrderEvent.Billed(
            date,
            date.plusDays(paymentTermDays(work, order.origin().supplier())),
            totals,
            order.lines().stream().allMatch(line -> line.left().isZero())));
    Entries entries = new Entries(work, order.origin().currency());
    entries.debit(AccountPurpose.GOODS_RECEIVED, totals.net().value());
    entries.debit(AccountPurpose.INPUT_TAX, totals.tax().value());
    entries.credit(AccountPurpose.PAYABLE, totals.total().value());
    return post(work, id, order, date, "Bill for ", entries.postings(), context);
  }

  /** What all that was received comes to, less what was billed before: nothing is lost between. */
  private static PurchaseOrderEvent.Totals unbilled(Approved order) {
    Amount net = Amount.ZERO;
    Amount tax = Amount.ZERO;
    for (Line line : order.lines()) {
      net = net.plus(line.receivedNet());
      tax =
          tax.plus(
              Amounts.part(
                  line.ordered().tax(),
                  line.received(),
                  line.ordered().quantity(),
                  order.origin().currency()));
    }
    net = net.minus(order.billed().net());
    tax = tax.minus(order.billed().tax());
    return new PurchaseOrderEvent.Totals(net, tax, net.plus(tax));
  }

  private static int paymentTermDays(UnitOfWork work, UUID supplier) {
    return switch (work.state(PartyDecider.AGGREGATE, supplier)) {
      case Party.Registered party -> party.details().paymentTermDays();
      case Party.None() -> throw new IllegalStateException("ordered from nobody: " + supplier);
    };
  }

  static @Nullable Refusal pay(
      UnitOfWork work,
      UUID id,
      Approved order,
      PurchaseOrderCommand.Pay pay,
      CommandContext context) {
    Amount open = order.open();
    if (open.isZero()) {
      return Standing.NOTHING_OPEN;
    }
    String currency = order.origin().currency();
    Amount amount = requireNonNullElse(pay.amount(), open);
    if (order.payments() >= PurchaseOrder.MAX_STEPS && !amount.equals(open)) {
      // What settles all is always taken, so that no order is stuck.
      return Standing.TOO_MANY_PAYMENTS;
    }
    if (!amount.isWholeUnits(currency)) {
      return new PurchaseOrderRefusal.BrokenUnits(amount, currency);
    }
    if (amount.compareTo(open) > 0) {
      return new PurchaseOrderRefusal.PaysTooMuch(open, amount);
    }
    UUID account =
        pay.account() == null ? Tenants.account(work, AccountPurpose.CASH) : pay.account();
    Refusal refusal = notForPayments(work, account);
    if (refusal != null) {
      return refusal;
    }
    LocalDate date = requireNonNullElse(pay.date(), context.today());
    work.append(
        PurchaseOrderDecider.AGGREGATE,
        id,
        new PurchaseOrderEvent.Paid(amount, date, account, open.minus(amount)));
    Entries entries = new Entries(work, currency);
    entries.debit(AccountPurpose.PAYABLE, amount.value());
    entries.credit(account, amount.value());
    return post(work, id, order, date, "Payment for ", entries.postings(), context);
  }

  /**
   * Why nothing can be paid from the account, or null. Stock, receivables and input tax are assets
   * too, but nobody is paid with them.
   */
  private static @Nullable Refusal notForPayments(UnitOfWork work, UUID account) {
    return switch (work.state(AccountDecider.AGGREGATE, account)) {
      case Account.None() -> new FinanceRefusal.UnknownAccount(account);
      case Account.Opened opened ->
          opened.type() == AccountType.ASSET && Tenants.of(work).isForMoney(account)
              ? null
              : new PurchaseOrderRefusal.NotForPayments(opened.code());
    };
  }

  private static @Nullable Refusal post(
      UnitOfWork work,
      UUID id,
      Approved order,
      LocalDate date,
      String what,
      List<Posting> postings,
      CommandContext context) {
    return Journal.post(
        work,
        context.derivedId(0),
        new Journal.Entry(
            date,
            what + order.origin().number(),
            PurchaseOrderDecider.AGGREGATE.stream(id).toString(),
            null,
            postings));
  }
}
