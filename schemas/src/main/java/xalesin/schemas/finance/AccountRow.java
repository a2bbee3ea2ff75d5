package xalesin.schemas.finance;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account of the ledger as {@code GET /api/accounts} serves it. Its balances are rows of their
 * own, see {@link AccountBalanceRow}.
 *
 * @param currency the only one that it takes; null for any
 * @param status {@code active} or {@code closed}
 * @param version the stream's version of the newest event in the row
 */
@JsonPropertyOrder({
  "id",
  "code",
  "name",
  "type",
  "currency",
  "status",
  "version",
  "createdAt",
  "updatedAt"
})
public record AccountRow(
    UUID id,
    String code,
    String name,
    AccountType type,
    @Nullable String currency,
    String status,
    long version,
    Instant createdAt,
    Instant updatedAt) {
  public static final String ACTIVE = "active";
  public static final String CLOSED = "closed";
}
