package xalesin.command.purchasing;

import java.util.Map;
import java.util.UUID;
import xalesin.command.decision.Refusal;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;

/**
 * Why something cannot be done with a purchase order. The rule's name is for good. A line of the
 * order is its {@code orderLine}, counted from 1: {@code line} is that of a request with many.
 */
public sealed interface PurchaseOrderRefusal extends Refusal {

  /** What an order does not allow as it stands. */
  enum Standing implements PurchaseOrderRefusal {
    NOT_FOUND("order-not-found", "There is no such order."),
    ALREADY_EXISTS("already-exists", "An order with this id was placed with other content."),
    NOT_DRAFT("order-not-draft", "The order is approved already."),
    NOT_APPROVED("order-not-approved", "The order is not approved yet."),
    CANCELLED("order-cancelled", "The order is cancelled."),
    HAS_RECEIPTS("order-has-receipts", "Goods have been received for the order."),
    NOTHING_TO_RECEIVE("nothing-to-receive", "All that was ordered has been received."),
    NOTHING_TO_BILL("nothing-to-bill", "Nothing has been received that is not billed."),
    NOTHING_TO_PAY("nothing-to-pay", "Nothing is billed that is not paid.");

    private final String rule;
    private final String detail;

    Standing(String rule, String detail) {
      this.rule = rule;
      this.detail = detail;
    }

    @Override
    public String rule() {
      return rule;
    }

    @Override
    public String detail() {
      return detail;
    }
  }

  record UnknownSupplier(UUID supplier) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "unknown-supplier";
    }

    @Override
    public String detail() {
      return "There is no party %s.".formatted(supplier);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("supplier", supplier.toString());
    }
  }

  record NotASupplier(String name) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "not-a-supplier";
    }

    @Override
    public String detail() {
      return "%s is not a supplier.".formatted(name);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("name", name);
    }
  }

  record SupplierInactive(String name) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "supplier-inactive";
    }

    @Override
    public String detail() {
      return "Nothing is ordered from %s any more.".formatted(name);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("name", name);
    }
  }

  record UnknownItem(int line, UUID item) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "unknown-item";
    }

    @Override
    public String detail() {
      return "Line %d: there is no item %s.".formatted(line, item);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("orderLine", line, "item", item.toString());
    }
  }

  record ItemInactive(int line, String sku) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "item-inactive";
    }

    @Override
    public String detail() {
      return "Line %d: nothing is ordered of %s, which is inactive.".formatted(line, sku);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("orderLine", line, "sku", sku);
    }
  }

  record UnknownTaxRate(int line, Fraction taxRate) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "unknown-tax-rate";
    }

    @Override
    public String detail() {
      return "Line %d: %s is none of the tenant's tax rates.".formatted(line, taxRate);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("orderLine", line, "taxRate", taxRate.toString());
    }
  }

  /**
   * @param line the first with which it becomes too much
   */
  record AmountOutOfRange(int line) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "amount-out-of-range";
    }

    @Override
    public String detail() {
      return "Line %d: the amount would be larger than can be kept.".formatted(line);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("orderLine", line);
    }
  }

  record ApprovalByAuthor(String approver, Money limit) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "approval-by-author";
    }

    @Override
    public String detail() {
      return "Above %s %s an order is approved by another person than %s, who wrote it."
          .formatted(limit.amount().toPlainString(), limit.currency(), approver);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of(
          "approver", approver,
          "limit", limit.amount().toPlainString(),
          "currency", limit.currency());
    }
  }

  record UnknownLine(int line, int lines) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "unknown-line";
    }

    @Override
    public String detail() {
      return "There is no line %d: the order has %d.".formatted(line, lines);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("orderLine", line, "lines", lines);
    }
  }

  record MoreThanOrdered(int line, String sku, Quantity asked, Quantity left)
      implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "more-than-ordered";
    }

    @Override
    public String detail() {
      return "Line %d: %s of %s asked to be received, %s left to come."
          .formatted(line, asked, sku, left);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("orderLine", line, "sku", sku, "asked", asked, "left", left);
    }
  }

  record AmountTooFine(Amount amount, String currency) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "amount-too-fine";
    }

    @Override
    public String detail() {
      return "%s is not a whole number of the smallest units of %s.".formatted(amount, currency);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("amount", amount.toString(), "currency", currency);
    }
  }

  record MoreThanOpen(Amount asked, Amount open, String currency) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "more-than-open";
    }

    @Override
    public String detail() {
      return "%s %s asked to be paid, %s open.".formatted(asked, currency, open);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("asked", asked.toString(), "open", open.toString(), "currency", currency);
    }
  }

  record NotAnAsset(String code) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "not-an-asset-account";
    }

    @Override
    public String detail() {
      return "Nothing is paid from account %s: it is not an asset.".formatted(code);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("code", code);
    }
  }
}
