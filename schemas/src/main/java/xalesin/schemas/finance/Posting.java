package xalesin.schemas.finance;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Check;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.Money;

/** One side of a journal entry: an account is debited or credited, by more than zero. */
public record Posting(UUID account, @Nullable Money debit, @Nullable Money credit) {
  public Posting {
    Check.required("account", account);
    if ((debit == null) == (credit == null)) {
      throw new InvalidValueException(
          debit == null ? "debit" : "credit", "give either \"debit\" or \"credit\"");
    }
    Money amount = debit == null ? Check.required("credit", credit) : debit;
    if (amount.amount().signum() <= 0) {
      throw new InvalidValueException(
          (debit == null ? "credit" : "debit") + "/amount", "must be greater than zero");
    }
  }

  public static Posting debit(UUID account, Money amount) {
    return new Posting(account, amount, null);
  }

  public static Posting credit(UUID account, Money amount) {
    return new Posting(account, null, amount);
  }

  /** Whichever is given. */
  @JsonIgnore
  public Money money() {
    return debit == null ? Check.required("credit", credit) : debit;
  }

  /** The same on the other side. */
  public Posting reversed() {
    return new Posting(account, credit, debit);
  }
}
