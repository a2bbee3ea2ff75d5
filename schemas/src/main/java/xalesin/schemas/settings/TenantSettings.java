package xalesin.schemas.settings;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Money;

/**
 * What a tenant has set for itself, complete.
 *
 * @param baseCurrency ISO 4217: of new accounts' balances in reports
 * @param fiscalYearStart month in which the fiscal year begins, 1 to 12
 * @param locations where stock may be; empty when any place may be named
 * @param taxRates which may be used; empty when any may
 * @param numberFormats by kind of document, see {@link DocumentKind}: a text with {@code {year}}
 *     and {@code {number:6}}
 * @param defaultAccounts by purpose, see {@link AccountPurpose}: where goods and money are posted
 * @param approvalLimit purchase orders above it are approved by another than their author; null
 *     when anyone may approve
 */
@JsonPropertyOrder({
  "baseCurrency",
  "fiscalYearStart",
  "locations",
  "taxRates",
  "numberFormats",
  "defaultAccounts",
  "approvalLimit"
})
public record TenantSettings(
    String baseCurrency,
    int fiscalYearStart,
    List<String> locations,
    List<TaxRate> taxRates,
    Map<DocumentKind, String> numberFormats,
    Map<AccountPurpose, UUID> defaultAccounts,
    @Nullable Money approvalLimit) {}
