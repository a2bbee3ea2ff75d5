package xalesin.command.settings;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Refusal;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.settings.AccountPurpose;

/**
 * Why settings are not changed and periods neither closed nor opened. The rule's name is for good.
 */
public sealed interface SettingsRefusal extends Refusal {

  record UnsuitableAccount(String code, AccountType type, AccountPurpose purpose)
      implements SettingsRefusal {
    @Override
    public String rule() {
      return "unsuitable-account";
    }

    @Override
    public String detail() {
      return "Account %s is of type %s; for %s it takes one of type %s."
          .formatted(code, name(type), purpose.wireName(), name(purpose.type()));
    }

    @Override
    public Map<String, Object> members() {
      return Map.of(
          "code", code,
          "type", name(type),
          "purpose", purpose.wireName(),
          "needed", name(purpose.type()));
    }

    private static String name(AccountType type) {
      return type.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was posted would stay behind on the account that served so far.
   *
   * @param code of the account that serves the purpose
   */
  record ControlAccountFixed(String code, AccountPurpose purpose) implements SettingsRefusal {
    @Override
    public String rule() {
      return "control-account-fixed";
    }

    @Override
    public String detail() {
      return "Account %s stays the control account for %s; its code and its name can be changed."
          .formatted(code, purpose.wireName());
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("code", code, "purpose", purpose.wireName());
    }
  }

  /** What is closed is opened by reopening, never by closing less. */
  record PeriodClosedFurther(LocalDate through, LocalDate closedThrough)
      implements SettingsRefusal {
    @Override
    public String rule() {
      return "period-closed-further";
    }

    @Override
    public String detail() {
      return "The books are closed through %s already, which is later than %s."
          .formatted(closedThrough, through);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("through", through.toString(), "closedThrough", closedThrough.toString());
    }
  }

  record PeriodInFuture(LocalDate through, LocalDate today) implements SettingsRefusal {
    @Override
    public String rule() {
      return "period-in-future";
    }

    @Override
    public String detail() {
      return "The books cannot be closed through %s: today is %s.".formatted(through, today);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("through", through.toString(), "today", today.toString());
    }
  }

  /**
   * @param closedThrough null when nothing is closed
   */
  record PeriodNotClosed(@Nullable LocalDate closedThrough) implements SettingsRefusal {
    @Override
    public String rule() {
      return "period-not-closed";
    }

    @Override
    public String detail() {
      return closedThrough == null
          ? "Nothing is closed that could be opened."
          : "The books are closed through %s only: nothing would be opened."
              .formatted(closedThrough);
    }

    @Override
    public Map<String, Object> members() {
      return closedThrough == null ? Map.of() : Map.of("closedThrough", closedThrough.toString());
    }
  }
}
