package xalesin.schemas.finance;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the journal as {@code GET /api/financial-transactions} serves it.
 *
 * @param number gapless within the tenant and fiscal year
 * @param date the day to which it belongs
 * @param source the stream that it was posted for, such as {@code sales-orders/…}; null when it was
 *     posted by hand
 * @param reverses the entry of which it is the opposite, or null
 * @param reversedBy the entry that is its opposite, or null
 * @param status "posted", or "reversed" once it has an opposite
 * @param user who posted it
 * @param recordedAt when it was posted
 * @param version the stream's version of the newest event in the row
 */
@JsonPropertyOrder({
  "id",
  "number",
  "date",
  "memo",
  "source",
  "reverses",
  "reversedBy",
  "status",
  "postings",
  "user",
  "recordedAt",
  "version"
})
public record FinancialTransactionRow(
    UUID id,
    String number,
    LocalDate date,
    String memo,
    @Nullable String source,
    @Nullable UUID reverses,
    @Nullable UUID reversedBy,
    String status,
    List<Posting> postings,
    String user,
    Instant recordedAt,
    long version) {
  public static final String POSTED = "posted";
  public static final String REVERSED = "reversed";
}
