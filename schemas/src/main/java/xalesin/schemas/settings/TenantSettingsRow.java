package xalesin.schemas.settings;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Money;

/**
 * A tenant's settings as {@code GET /api/tenant-settings} serves them. See {@link TenantSettings}
 * for what each says.
 *
 * @param id the same in every tenant
 * @param closedThrough the last day to which nothing is posted any more; null when none is closed
 * @param version the stream's version of the newest event in the row
 */
@JsonPropertyOrder({
  "id",
  "baseCurrency",
  "fiscalYearStart",
  "locations",
  "taxRates",
  "numberFormats",
  "defaultAccounts",
  "approvalLimit",
  "closedThrough",
  "version",
  "createdAt",
  "updatedAt"
})
public record TenantSettingsRow(
    UUID id,
    String baseCurrency,
    int fiscalYearStart,
    List<String> locations,
    List<TaxRate> taxRates,
    Map<DocumentKind, String> numberFormats,
    Map<AccountPurpose, UUID> defaultAccounts,
    @Nullable Money approvalLimit,
    @Nullable LocalDate closedThrough,
    long version,
    Instant createdAt,
    Instant updatedAt) {}
