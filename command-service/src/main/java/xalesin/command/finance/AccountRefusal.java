package xalesin.command.finance;

import java.util.Map;
import xalesin.command.decision.Refusal;
import xalesin.schemas.settings.AccountPurpose;

/** Why something cannot be done with an account. The rule's name is for good. */
public sealed interface AccountRefusal extends Refusal {

  record NotFound() implements AccountRefusal {
    @Override
    public String rule() {
      return "account-not-found";
    }

    @Override
    public String detail() {
      return "There is no such account.";
    }
  }

  record AlreadyExists() implements AccountRefusal {
    @Override
    public String rule() {
      return "already-exists";
    }

    @Override
    public String detail() {
      return "An account with this id was opened with other content.";
    }
  }

  record CodeTaken(String code) implements AccountRefusal {
    @Override
    public String rule() {
      return "account-code-taken";
    }

    @Override
    public String detail() {
      return "Another account has the code %s.".formatted(code);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("code", code);
    }
  }

  /**
   * @param purpose for which the tenant posts to it
   */
  record InUse(String code, AccountPurpose purpose) implements AccountRefusal {
    @Override
    public String rule() {
      return "account-in-use";
    }

    @Override
    public String detail() {
      return (purpose.isControl()
              ? "Account %s is the tenant's control account for %s, and stays so."
              : "Account %s is the tenant's account for %s; name another for that first.")
          .formatted(code, purpose.wireName());
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("code", code, "purpose", purpose.wireName());
    }
  }
}
