package xalesin.schemas.golden;

import static java.util.Map.entry;
import static xalesin.schemas.golden.GoldenEvents.CASH;
import static xalesin.schemas.golden.GoldenEvents.RECEIVABLE;
import static xalesin.schemas.golden.GoldenEvents.REVENUE;
import static xalesin.schemas.golden.GoldenEvents.TRANSACTION;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.finance.AccountEvent.Closed;
import xalesin.schemas.finance.AccountEvent.DetailsChanged;
import xalesin.schemas.finance.AccountEvent.Opened;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.finance.FinancialTransactionEvent.Posted;
import xalesin.schemas.finance.FinancialTransactionEvent.Reversed;
import xalesin.schemas.finance.Posting;

final class GoldenFinance {
  static final Map<String, DomainEvent> EVENTS =
      Map.ofEntries(
          entry("AccountOpened.1", new Opened("1000", "Cash", AccountType.ASSET, "EUR")),
          entry(
              "AccountOpened.1-any-currency",
              new Opened("4000", "Revenue – services", AccountType.INCOME, null)),
          entry("AccountDetailsChanged.1", new DetailsChanged("1001", "Petty cash")),
          entry("AccountClosed.1", new Closed()),
          entry(
              "TransactionPosted.1",
              new Posted(
                  "JE-2026-000001",
                  LocalDate.of(2026, 1, 31),
                  "Opening balance",
                  null,
                  null,
                  List.of(
                      Posting.debit(CASH, Money.of("999999999999999.999999", "EUR")),
                      Posting.credit(REVENUE, Money.of("999999999999999.999999", "EUR")),
                      Posting.credit(CASH, Money.of("0.000001", "JPY")),
                      Posting.debit(RECEIVABLE, Money.of("0.000001", "JPY"))))),
          entry(
              "TransactionPosted.1-for-a-document",
              new Posted(
                  "JE-2026-000002",
                  LocalDate.of(2026, 2, 1),
                  "Reversal of JE-2026-000001: wrong account",
                  "sales-orders/0198c4de-0000-7000-8000-00000000000e",
                  TRANSACTION,
                  List.of(
                      Posting.debit(REVENUE, Money.of("119", "EUR")),
                      Posting.credit(RECEIVABLE, Money.of("119", "EUR"))))),
          entry("TransactionReversed.1", new Reversed(TRANSACTION, "wrong account")));

  private GoldenFinance() {}
}
