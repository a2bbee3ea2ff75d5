package xalesin.command.sales;

import java.util.Map;
import xalesin.schemas.Amount;

/** Why nothing is billed or paid. */
sealed interface BillingRefusal extends SalesOrderRefusal
    permits PlacingRefusal.BrokenUnits,
        BillingRefusal.NothingToInvoice,
        BillingRefusal.NothingOpen,
        BillingRefusal.PaysTooMuch,
        BillingRefusal.RefundsTooMuch,
        BillingRefusal.NotForPayments {

  record NothingToInvoice() implements BillingRefusal {
    @Override
    public String rule() {
      return "nothing-to-invoice";
    }

    @Override
    public String detail() {
      return "Everything that has been shipped is billed or has come back.";
    }
  }

  record NothingOpen() implements BillingRefusal {
    @Override
    public String rule() {
      return "nothing-open";
    }

    @Override
    public String detail() {
      return "Everything that has been billed is paid.";
    }
  }

  record PaysTooMuch(Amount open, Amount asked) implements BillingRefusal {
    @Override
    public String rule() {
      return "payment-exceeds-open";
    }

    @Override
    public String detail() {
      return "%s cannot be paid: %s is open.".formatted(asked, open);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("open", open, "asked", asked);
    }
  }

  /**
   * @param overpaid what was paid too much
   */
  record RefundsTooMuch(Amount overpaid, Amount asked) implements BillingRefusal {
    @Override
    public String rule() {
      return "refund-exceeds-overpaid";
    }

    @Override
    public String detail() {
      return "%s cannot be paid back: %s was paid too much.".formatted(asked, overpaid);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("overpaid", overpaid, "asked", asked);
    }
  }

  /** Not an account of money: no asset, or one that goods, claims or taxes are booked to. */
  record NotForPayments(String code) implements BillingRefusal {
    @Override
    public String rule() {
      return "not-a-money-account";
    }

    @Override
    public String detail() {
      return "Account %s does not hold money.".formatted(code);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("code", code);
    }
  }
}
