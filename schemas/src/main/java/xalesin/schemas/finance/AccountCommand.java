package xalesin.schemas.finance;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Check;
import xalesin.schemas.Creation;
import xalesin.schemas.Money;

/** What can be asked of an account. */
public sealed interface AccountCommand {
  /**
   * @param code unique within the tenant
   * @param currency ISO 4217: the only one it takes; null for any
   */
  record Create(
      @Nullable UUID id, String code, String name, AccountType type, @Nullable String currency)
      implements AccountCommand, Creation {
    public Create {
      Check.text("code", code, Check.CODE);
      Check.text("name", name, Check.NAME);
      Check.required("type", type);
      if (currency != null) {
        Money.checkCurrency("currency", currency);
      }
    }
  }

  /** A field that is null stays as it is. */
  record ChangeDetails(@Nullable String code, @Nullable String name) implements AccountCommand {
    public ChangeDetails {
      Check.optionalText("code", code, Check.CODE);
      Check.optionalText("name", name, Check.NAME);
    }
  }

  /** Nothing is posted to it any more. */
  record Close() implements AccountCommand {}
}
