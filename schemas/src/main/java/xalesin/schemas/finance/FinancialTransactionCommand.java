package xalesin.schemas.finance;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Check;
import xalesin.schemas.Creation;
import xalesin.schemas.InvalidValueException;

/** What can be asked of the journal. */
public sealed interface FinancialTransactionCommand {
  /** Bounds an entry's event and row. */
  int MAX_POSTINGS = 1_000;

  /**
   * An entry that balances in each of its currencies.
   *
   * @param effectiveDate the day to which it belongs
   * @param postings at least two
   */
  record Post(@Nullable UUID id, LocalDate effectiveDate, String memo, List<Posting> postings)
      implements FinancialTransactionCommand, Creation {
    public Post {
      Check.date("effectiveDate", effectiveDate);
      Check.text("memo", memo, Check.NAME);
      postings = Check.notEmpty("postings", postings, MAX_POSTINGS);
      if (postings.size() < 2) {
        throw new InvalidValueException("postings", "must be at least two: a debit and a credit");
      }
    }
  }

  /**
   * Posts the opposite as an entry of its own.
   *
   * @param effectiveDate of the opposite entry; today when not given
   */
  record Reverse(@Nullable LocalDate effectiveDate, String reason)
      implements FinancialTransactionCommand {
    public Reverse {
      if (effectiveDate != null) {
        Check.date("effectiveDate", effectiveDate);
      }
      Check.text("reason", reason, Check.NAME);
    }
  }
}
