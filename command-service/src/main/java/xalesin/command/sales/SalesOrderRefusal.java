package xalesin.command.sales;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import xalesin.command.decision.Refusal;

/** Why something cannot be done with a sales order. The rule's name is for good. */
public sealed interface SalesOrderRefusal extends Refusal
    permits SalesOrderRefusal.NotFound,
        SalesOrderRefusal.AlreadyExists,
        SalesOrderRefusal.NotDraft,
        SalesOrderRefusal.NotConfirmed,
        SalesOrderRefusal.UnknownLine,
        SalesOrderRefusal.TooMany,
        PlacingRefusal,
        FulfilmentRefusal,
        BillingRefusal {

  /** A line of the order, from 1, and its item. */
  record Line(int line, UUID item) {}

  record NotFound() implements SalesOrderRefusal {
    @Override
    public String rule() {
      return "order-not-found";
    }

    @Override
    public String detail() {
      return "There is no such order.";
    }
  }

  record AlreadyExists() implements SalesOrderRefusal {
    @Override
    public String rule() {
      return "order-already-exists";
    }

    @Override
    public String detail() {
      return "An order with this id was placed with other content.";
    }
  }

  /**
   * @param status what it is instead
   */
  record NotDraft(String status) implements SalesOrderRefusal {
    @Override
    public String rule() {
      return "order-not-draft";
    }

    @Override
    public String detail() {
      return "The order is %s, and this is only done with a draft.".formatted(status);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("orderStatus", status);
    }
  }

  /**
   * @param status what it is instead
   */
  record NotConfirmed(String status) implements SalesOrderRefusal {
    @Override
    public String rule() {
      return "order-not-confirmed";
    }

    @Override
    public String detail() {
      return "The order is %s, and this is only done with a confirmed one.".formatted(status);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("orderStatus", status);
    }
  }

  /**
   * @param count of the lines that there are
   */
  record UnknownLine(int asked, int count) implements SalesOrderRefusal {
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

  /** What has been done with an order as often as it can be. */
  enum TooMany implements SalesOrderRefusal {
    SHIPMENTS("too-many-shipments", "shipments: ship all that is left, or close the order"),
    RETURNS("too-many-returns", "returns"),
    PAYMENTS("too-many-payments", "payments: pay all that is open");

    private final String rule;
    private final String what;

    TooMany(String rule, String what) {
      this.rule = rule;
      this.what = what;
    }

    @Override
    public String rule() {
      return rule;
    }

    @Override
    public String detail() {
      return "The order has %d %s.".formatted(SalesOrder.MAX_STEPS, what);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("most", SalesOrder.MAX_STEPS);
    }
  }

  /** Such as {@code Line 3}, or {@code Lines 1, 3}. */
  static String named(List<Line> lines) {
    List<String> numbers = lines.stream().map(line -> Integer.toString(line.line())).toList();
    return (numbers.size() == 1 ? "Line " : "Lines ") + String.join(", ", numbers);
  }
}
