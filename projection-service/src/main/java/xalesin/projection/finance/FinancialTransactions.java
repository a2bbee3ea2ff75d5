package xalesin.projection.finance;

import static xalesin.schemas.finance.FinancialTransactionRow.POSTED;
import static xalesin.schemas.finance.FinancialTransactionRow.REVERSED;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.FinancialTransactionEvent.Posted;
import xalesin.schemas.finance.FinancialTransactionEvent.Reversed;
import xalesin.schemas.finance.FinancialTransactionRow;
import xalesin.schemas.finance.Posting;

/** The journal; one row per entry. Stateless, thread-safe. */
public final class FinancialTransactions implements View<FinancialTransactionRow> {
  private static final Field<FinancialTransactionRow> ACCOUNT =
      Field.ids("account", row -> row.postings().stream().map(Posting::account).toList());
  private static final Field<FinancialTransactionRow> SOURCE =
      Field.optionalText("source", FinancialTransactionRow::source);
  private static final Field<FinancialTransactionRow> NUMBER =
      Field.text("number", FinancialTransactionRow::number);

  /** Within a day, what was posted last. */
  private static final List<Index.Order<FinancialTransactionRow>> NEWEST_FIRST =
      List.of(
          Index.descending(Field.date("date", FinancialTransactionRow::date)),
          Index.descending(Field.time("recordedAt", FinancialTransactionRow::recordedAt)));

  public static final Index<FinancialTransactionRow> BY_DATE =
      new Index<>("by-date", "What was posted?", List.of(), NEWEST_FIRST);
  public static final Index<FinancialTransactionRow> BY_ACCOUNT_AND_DATE =
      new Index<>(
          "by-account-and-date", "What moved this account?", List.of(ACCOUNT), NEWEST_FIRST);
  public static final Index<FinancialTransactionRow> BY_SOURCE =
      new Index<>("by-source", "What did this order post?", List.of(SOURCE), NEWEST_FIRST);
  public static final Index<FinancialTransactionRow> BY_NUMBER =
      new Index<>(
          "by-number", "Which entry has this number?", List.of(), List.of(Index.ascending(NUMBER)));

  public static final FinancialTransactions VIEW = new FinancialTransactions();

  private static final List<Index<FinancialTransactionRow>> INDEXES =
      List.of(BY_DATE, BY_ACCOUNT_AND_DATE, BY_SOURCE, BY_NUMBER);

  private FinancialTransactions() {}

  @Override
  public String name() {
    return StreamName.FINANCIAL_TRANSACTIONS;
  }

  @Override
  public Class<FinancialTransactionRow> rowClass() {
    return FinancialTransactionRow.class;
  }

  @Override
  public List<Index<FinancialTransactionRow>> indexes() {
    return INDEXES;
  }

  /** They are read to be reversed, which is rare. */
  @Override
  public boolean isReadByFolds() {
    return false;
  }

  @Override
  public List<Change<FinancialTransactionRow>> fold(
      RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof FinancialTransactionEvent transactionEvent)) {
      return List.of();
    }
    UUID id = StreamName.parse(recorded.stream()).id();
    return List.of(
        Change.put(
            id,
            switch (transactionEvent) {
              case Posted posted -> posted(id, recorded, posted);
              case Reversed(var by, _) -> reversed(id, recorded, rows.get(this, id), by);
            }));
  }

  private static FinancialTransactionRow posted(UUID id, RecordedEvent recorded, Posted posted) {
    if (recorded.version() != 1) {
      throw new IllegalStateException("transaction " + id + " was posted before");
    }
    return new FinancialTransactionRow(
        id,
        posted.number(),
        posted.effectiveDate(),
        posted.memo(),
        posted.source(),
        posted.reverses(),
        null,
        POSTED,
        posted.postings(),
        recorded.actor(),
        recorded.recordedAt(),
        recorded.version());
  }

  private static FinancialTransactionRow reversed(
      UUID id, RecordedEvent recorded, @Nullable FinancialTransactionRow before, UUID by) {
    if (before == null) {
      throw new IllegalStateException("transaction " + id + " does not exist");
    }
    return new FinancialTransactionRow(
        id,
        before.number(),
        before.date(),
        before.memo(),
        before.source(),
        before.reverses(),
        by,
        REVERSED,
        before.postings(),
        before.user(),
        before.recordedAt(),
        recorded.version());
  }
}
