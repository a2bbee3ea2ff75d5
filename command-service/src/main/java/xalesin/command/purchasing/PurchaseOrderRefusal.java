package xalesin.command.purchasing;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import xalesin.command.decision.Refusal;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;

/** Why something cannot be done with a purchase order. The rule's name is for good. */
public sealed interface PurchaseOrderRefusal extends Refusal {

  /** What an order does not allow as it stands. */
  enum Standing implements PurchaseOrderRefusal {
    NOT_FOUND("order-not-found", "There is no such order."),
    ALREADY_EXISTS("order-already-exists", "An order with this id was placed with other content."),
    NOT_DRAFT("order-not-draft", "The order is approved already."),
    NOT_APPROVED("order-not-approved", "The order is not approved yet."),
    CANCELLED("order-cancelled", "The order is cancelled."),
    HAS_RECEIPTS("order-has-receipts", "Goods have been received for the order."),
    NO_RECEIPTS(
        "order-without-receipts",
        "Nothing of the order has been received; it can only be cancelled."),
    NOTHING_TO_RECEIVE("nothing-to-receive", "All that was ordered has been received."),
    NOTHING_TO_BILL("nothing-to-bill", "Nothing has been received that is not billed."),
    NOTHING_OPEN("nothing-open", "Everything that has been billed is paid."),
    TOO_MANY_RECEIPTS(
        "too-many-receipts",
        "The order has %d receipts: receive all that is left, or close it."
            .formatted(PurchaseOrder.MAX_STEPS)),
    TOO_MANY_PAYMENTS(
        "too-many-payments",
        "The order has %d payments: pay all that is open.".formatted(PurchaseOrder.MAX_STEPS)),
    TOO_MUCH("amount-out-of-range", "The amount would be larger than can be kept.");

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
      return Map.of("supplier", supplier);
    }
  }

  record NotASupplier(UUID supplier, String name) implements PurchaseOrderRefusal {
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
      return Map.of("supplier", supplier, "name", name);
    }
  }

  record SupplierInactive(UUID supplier, String name) implements PurchaseOrderRefusal {
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
      return Map.of("supplier", supplier, "name", name);
    }
  }

  /** What each line of an order must be. */
  enum LineRule {
    UNKNOWN_ITEM("unknown-item", "There is no such item"),
    ITEM_INACTIVE("item-inactive", "Nothing is ordered of an inactive item"),
    UNKNOWN_TAX_RATE("unknown-tax-rate", "The tenant has no such tax rate"),
    UNKNOWN_LOCATION("unknown-location", "The tenant has no such location");

    private final String rule;
    private final String detail;

    LineRule(String rule, String detail) {
      this.rule = rule;
      this.detail = detail;
    }
  }

  /**
   * @param line from 1
   */
  record Line(int line, UUID item) {}

  /**
   * @param lines all that break the rule
   */
  record UnfitLines(LineRule broken, List<Line> lines) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return broken.rule;
    }

    @Override
    public String detail() {
      return lines.stream()
          .map(line -> "line %d".formatted(line.line()))
          .collect(Collectors.joining(", ", broken.detail + ": ", "."));
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("lines", lines);
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
      return Map.of("approver", approver, "limit", limit);
    }
  }

  record UnknownLine(int asked, int count) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "unknown-line";
    }

    @Override
    public String detail() {
      return "There is no line %d: the order has lines 1 to %d.".formatted(asked, count);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("asked", asked, "count", count);
    }
  }

  /**
   * @param line from 1
   * @param left to come
   */
  record ExceededLine(int line, Quantity asked, Quantity left) {}

  /**
   * @param lines all of which more would come than is left
   */
  record ReceivesTooMuch(List<ExceededLine> lines) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "receipt-exceeds-order";
    }

    @Override
    public String detail() {
      return lines.stream()
          .map(line -> "line %d asks %s, %s left".formatted(line.line(), line.asked(), line.left()))
          .collect(
              Collectors.joining("; ", "More would be received than is left of the order: ", "."));
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("lines", lines);
    }
  }

  record BrokenUnits(Amount amount, String currency) implements PurchaseOrderRefusal {
    @Override
    public String rule() {
      return "amount-precision";
    }

    @Override
    public String detail() {
      return "%s has more decimal places than %s.".formatted(amount, currency);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("amount", amount, "currency", currency);
    }
  }

  record PaysTooMuch(Amount open, Amount asked) implements PurchaseOrderRefusal {
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

  record NotForPayments(String code) implements PurchaseOrderRefusal {
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
