package xalesin.command.finance;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import xalesin.command.decision.Refusal;
import xalesin.schemas.Money;
import xalesin.schemas.settings.AccountPurpose;

/** Why an entry is not posted, by hand or for a document. The rule's name is for good. */
public sealed interface FinanceRefusal extends Refusal {

  record PeriodClosed(LocalDate date, String closedThrough) implements FinanceRefusal {
    @Override
    public String rule() {
      return "period-closed";
    }

    @Override
    public String detail() {
      return "Nothing is posted to %s: the books are closed through %s."
          .formatted(date, closedThrough);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("date", date.toString(), "closedThrough", closedThrough);
    }
  }

  /**
   * @param difference debits less credits
   */
  record Unbalanced(String currency, String difference) implements FinanceRefusal {
    @Override
    public String rule() {
      return "unbalanced-entry";
    }

    @Override
    public String detail() {
      return "Debits less credits are %s %s, not zero.".formatted(difference, currency);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("currency", currency, "difference", difference);
    }
  }

  record AmountTooPrecise(Money amount) implements FinanceRefusal {
    @Override
    public String rule() {
      return "amount-too-precise";
    }

    @Override
    public String detail() {
      return "%s %s is not in whole units of the smallest kind that the currency has."
          .formatted(amount.amount().toPlainString(), amount.currency());
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("amount", amount.amount().toPlainString(), "currency", amount.currency());
    }
  }

  record UnknownAccount(UUID account) implements FinanceRefusal {
    @Override
    public String rule() {
      return "unknown-account";
    }

    @Override
    public String detail() {
      return "There is no account %s.".formatted(account);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("account", account.toString());
    }
  }

  record AccountClosed(String code) implements FinanceRefusal {
    @Override
    public String rule() {
      return "account-closed";
    }

    @Override
    public String detail() {
      return "Account %s is closed.".formatted(code);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("code", code);
    }
  }

  record CurrencyNotTaken(String code, String currency, String asked) implements FinanceRefusal {
    @Override
    public String rule() {
      return "account-currency";
    }

    @Override
    public String detail() {
      return "Account %s takes %s, not %s.".formatted(code, currency, asked);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("code", code, "currency", currency, "asked", asked);
    }
  }

  /**
   * What it has is what stock or open documents come to; by hand it would say something else.
   *
   * @param purpose for which it is a control account
   */
  record ControlAccount(String code, AccountPurpose purpose) implements FinanceRefusal {
    @Override
    public String rule() {
      return "control-account";
    }

    @Override
    public String detail() {
      return """
          Account %s is the control account for %s: only what stock and documents do is posted to \
          it, and it serves nothing else."""
          .formatted(code, purpose.wireName());
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("code", code, "purpose", purpose.wireName());
    }
  }
}
