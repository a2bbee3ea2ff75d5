package xalesin.command.sales;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Refusal;
import xalesin.command.finance.Account;
import xalesin.command.finance.AccountDecider;
import xalesin.command.sales.SalesOrder.Confirmed;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.sales.SalesOrderCommand.Invoice;
import xalesin.schemas.sales.SalesOrderCommand.Pay;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderEvent.BilledLine;
import xalesin.schemas.sales.SalesOrderEvent.Totals;
import xalesin.schemas.settings.AccountPurpose;
import xalesin.schemas.settings.DocumentKind;

/** What the customer owes for an order, and the money that comes for it. Pure. */
final class Billing {
  /** The entry of an invoice or a payment, which is its command's only one. */
  private static final int ONLY_ENTRY = 0;

  /** The entry of a credit note, after that of the goods that come back. */
  private static final int CREDIT_ENTRY = 1;

  private Billing() {}

  /** Bills what has been shipped, is not billed yet and has not come back. */
  static @Nullable Refusal invoice(OrderWork at, Confirmed order, Invoice command) {
    List<BilledLine> lines = new ArrayList<>();
    for (int line = 1; line <= order.lines().size(); line++) {
      LineProgress progress = order.line(line);
      if (progress.toBill().signum() > 0) {
        lines.add(progress.bill(line, order.currency()));
      }
    }
    if (lines.isEmpty()) {
      return new BillingRefusal.NothingToInvoice();
    }
    at.prepare(order.origin().customer(), List.of());
    LocalDate date = at.date(command.date());
    int termDays = at.customer(order.origin().customer()).details().paymentTermDays();
    String number = Tenants.number(at.work(), DocumentKind.INVOICE, date);
    Totals totals = totals(lines, order.freightToBill());
    boolean isComplete = order.invoiced(lines, totals.total()).isBilledOut();
    at.happened(
        new SalesOrderEvent.Invoiced(
            number, date, date.plusDays(termDays), lines, totals, isComplete));
    CustomerCredit.settle(at, order);
    return at.post(
        ONLY_ENTRY,
        date,
        "Invoice " + number,
        at.postings()
            .debit(AccountPurpose.RECEIVABLE, money(order, totals.total()))
            .credit(AccountPurpose.REVENUE, money(order, totals.net()))
            .credit(AccountPurpose.OUTPUT_TAX, money(order, totals.tax()))
            .credit(AccountPurpose.FREIGHT, money(order, totals.freight())));
  }

  private static Totals totals(List<BilledLine> lines, Amount freight) {
    Amount net = Amount.ZERO;
    Amount tax = Amount.ZERO;
    for (BilledLine line : lines) {
      net = net.plus(line.net());
      tax = tax.plus(line.tax());
    }
    return Pricing.totals(net, tax, freight);
  }

  /** What had been billed of goods that came back is owed no more. */
  static @Nullable Refusal credit(
      OrderWork at, Confirmed order, LocalDate date, String number, Totals totals) {
    return at.post(
        CREDIT_ENTRY,
        date,
        "Credit note " + number,
        at.postings()
            .debit(AccountPurpose.REVENUE, money(order, totals.net()))
            .debit(AccountPurpose.OUTPUT_TAX, money(order, totals.tax()))
            .credit(AccountPurpose.RECEIVABLE, money(order, totals.total())));
  }

  /** Money comes for what is open, or goes back where too much was paid. */
  static @Nullable Refusal pay(OrderWork at, Confirmed order, Pay command) {
    Amount open = order.open();
    Amount named = command.amount();
    Amount amount = named == null ? open : named;
    Refusal refusal = unpayable(order, open, amount);
    if (refusal != null) {
      return refusal;
    }
    at.prepare(order.origin().customer(), List.of());
    UUID chosen = command.account();
    UUID account = chosen == null ? Tenants.account(at.work(), AccountPurpose.CASH) : chosen;
    refusal = notForPayments(at, account);
    if (refusal != null) {
      return refusal;
    }
    LocalDate date = at.date(command.date());
    at.happened(new SalesOrderEvent.Paid(amount, date, account, open.minus(amount)));
    CustomerCredit.settle(at, order);
    boolean isRefund = amount.signum() < 0;
    Money moved = money(order, isRefund ? amount.negated() : amount);
    return at.post(
        ONLY_ENTRY,
        date,
        (isRefund ? "Refund for " : "Payment for ") + order.origin().number(),
        isRefund
            ? at.postings().debit(AccountPurpose.RECEIVABLE, moved).credit(account, moved)
            : at.postings().debit(account, moved).credit(AccountPurpose.RECEIVABLE, moved));
  }

  private static @Nullable Refusal unpayable(Confirmed order, Amount open, Amount amount) {
    if (amount.isZero()) {
      return new BillingRefusal.NothingOpen();
    }
    if (order.steps().payments() >= SalesOrder.MAX_STEPS && !amount.equals(open)) {
      // What settles all is always taken, so that no order is stuck.
      return SalesOrderRefusal.TooMany.PAYMENTS;
    }
    if (!amount.isWholeUnits(order.currency())) {
      return new PlacingRefusal.BrokenUnits(amount, order.currency());
    }
    if (amount.signum() > 0) {
      return amount.compareTo(open) > 0 ? new BillingRefusal.PaysTooMuch(open, amount) : null;
    }
    Amount overpaid = open.signum() < 0 ? open.negated() : Amount.ZERO;
    Amount refund = amount.negated();
    return refund.compareTo(overpaid) > 0
        ? new BillingRefusal.RefundsTooMuch(overpaid, refund)
        : null;
  }

  /**
   * Receivables, inventory and input tax are assets too, but no money can be paid to them. An
   * account that there is not is found out by the journal.
   */
  private static @Nullable Refusal notForPayments(OrderWork at, UUID id) {
    return switch (at.work().state(AccountDecider.AGGREGATE, id)) {
      case Account.None() -> null;
      case Account.Opened account ->
          account.type() == AccountType.ASSET && Tenants.of(at.work()).isForMoney(id)
              ? null
              : new BillingRefusal.NotForPayments(account.code());
    };
  }

  private static Money money(Confirmed order, Amount amount) {
    return amount.in(order.currency());
  }
}
