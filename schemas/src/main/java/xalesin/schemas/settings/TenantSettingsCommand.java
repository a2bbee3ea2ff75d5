package xalesin.schemas.settings;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Check;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.Money;

/** What can be asked of a tenant's settings. */
public sealed interface TenantSettingsCommand {
  /** Bounds a settings event. */
  int MAX_LOCATIONS = 1_000;

  int MAX_TAX_RATES = 100;

  /**
   * A field that is null stays as it is; of the maps, a key that is not named does.
   *
   * @param unlimitedApproval true to take the approval limit away
   */
  record Change(
      @Nullable String baseCurrency,
      @Nullable Integer fiscalYearStart,
      @Nullable List<String> locations,
      @Nullable List<TaxRate> taxRates,
      @Nullable Map<DocumentKind, String> numberFormats,
      @Nullable Map<AccountPurpose, UUID> defaultAccounts,
      @Nullable Money approvalLimit,
      @Nullable Boolean unlimitedApproval)
      implements TenantSettingsCommand {
    public Change {
      if (baseCurrency != null) {
        Money.checkCurrency("baseCurrency", baseCurrency);
      }
      if (fiscalYearStart != null && (fiscalYearStart < 1 || fiscalYearStart > 12)) {
        throw new InvalidValueException("fiscalYearStart", "must be a month, 1 to 12");
      }
      if (locations != null) {
        locations = Check.list("locations", locations, MAX_LOCATIONS);
        for (int i = 0; i < locations.size(); i++) {
          Check.text("locations/" + i, locations.get(i), Check.CODE);
        }
        Check.distinct("locations", locations);
      }
      if (taxRates != null) {
        taxRates = Check.list("taxRates", taxRates, MAX_TAX_RATES);
        Check.distinct("taxRates", taxRates.stream().map(TaxRate::name).toList());
      }
      if (numberFormats != null) {
        numberFormats.forEach(
            (kind, format) -> NumberFormat.check("numberFormats/" + kind.wireName(), format));
      }
      if (defaultAccounts != null) {
        defaultAccounts.forEach(
            (purpose, account) ->
                Check.required("defaultAccounts/" + purpose.wireName(), (@Nullable UUID) account));
      }
      if (approvalLimit != null) {
        Check.notNegative("approvalLimit", approvalLimit);
        if (unlimitedApproval != null && unlimitedApproval) {
          throw new InvalidValueException(
              "approvalLimit", "cannot be given with unlimitedApproval");
        }
      }
    }
  }

  record ClosePeriod(LocalDate through) implements TenantSettingsCommand {
    public ClosePeriod {
      Check.date("through", through);
    }
  }

  /**
   * @param through the last day that stays closed; null to open all
   */
  record ReopenPeriod(@Nullable LocalDate through, String reason) implements TenantSettingsCommand {
    public ReopenPeriod {
      if (through != null) {
        Check.date("through", through);
      }
      Check.text("reason", reason, Check.NAME);
    }
  }
}
