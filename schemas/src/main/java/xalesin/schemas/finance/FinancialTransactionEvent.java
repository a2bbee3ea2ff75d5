package xalesin.schemas.finance;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.DomainEvent;

/** What can happen to an entry of the journal. */
public sealed interface FinancialTransactionEvent extends DomainEvent {
  /**
   * Posted for good.
   *
   * @param number gapless within the tenant and fiscal year
   * @param effectiveDate the day to which it belongs; when it was recorded is another matter
   * @param source the stream that it was posted for, such as {@code sales-orders/…}; null when it
   *     was posted by hand
   * @param reverses the entry of which it is the opposite, or null
   */
  record Posted(
      String number,
      LocalDate effectiveDate,
      String memo,
      @Nullable String source,
      @Nullable UUID reverses,
      List<Posting> postings)
      implements FinancialTransactionEvent {}

  /**
   * The opposite has been posted.
   *
   * @param by the entry that is the opposite
   */
  record Reversed(UUID by, String reason) implements FinancialTransactionEvent {}
}
