package xalesin.command.sales;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import xalesin.schemas.Amount;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.sales.SalesOrderLine;

/** Why an order is not promised, shipped, taken back or given up. */
sealed interface FulfilmentRefusal extends SalesOrderRefusal {

  /**
   * A line of which there is too little.
   *
   * @param line from 1
   * @param available what the lines before it leave
   */
  record ShortLine(
      int line, UUID item, String sku, String location, Quantity asked, Quantity available) {
    static ShortLine of(int number, SalesOrderLine line, Quantity asked, Quantity available) {
      return new ShortLine(number, line.item(), line.sku(), line.location(), asked, available);
    }

    String told() {
      return "line %d asks %s of %s at %s, %s available"
          .formatted(line, asked, sku, location, available);
    }
  }

  /**
   * A line of which more is asked than there is to it.
   *
   * @param line from 1
   */
  record ExceededLine(int line, Quantity asked, Quantity left) {
    /** The parts that ask more of their lines than is left. */
    static List<ExceededLine> among(
        List<LineQuantity> parts, Function<LineQuantity, Quantity> left) {
      return parts.stream()
          .map(part -> new ExceededLine(part.line(), part.quantity(), left.apply(part)))
          .filter(line -> line.left().isLessThan(line.asked()))
          .toList();
    }

    String told() {
      return "line %d asks %s, %s left".formatted(line, asked, left);
    }
  }

  /** Names every line that is short, so that one answer is enough to put the order right. */
  record InsufficientStock(List<ShortLine> lines) implements FulfilmentRefusal {
    @Override
    public String rule() {
      return "insufficient-stock";
    }

    @Override
    public String detail() {
      return "There is too little stock: %s."
          .formatted(told(lines.stream().map(ShortLine::told).toList()));
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("lines", lines);
    }
  }

  /**
   * @param taken what the customer may come to owe without this order
   * @param asked the order's total
   */
  record CreditLimitExceeded(Money limit, BigDecimal taken, Amount asked)
      implements FulfilmentRefusal {
    @Override
    public String rule() {
      return "credit-limit-exceeded";
    }

    @Override
    public String detail() {
      return "The customer's credit limit is %s %s; %s is taken and %s asked."
          .formatted(limit.amount().toPlainString(), limit.currency(), takenText(), asked);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("limit", limit, "taken", takenText(), "asked", asked);
    }

    private String takenText() {
      return taken.toPlainString();
    }
  }

  /** What is owed in one currency cannot be held against a limit in another. */
  record CreditLimitCurrency(Money limit, String currency) implements FulfilmentRefusal {
    @Override
    public String rule() {
      return "credit-limit-currency";
    }

    @Override
    public String detail() {
      return "The customer's credit limit is in %s, the order in %s."
          .formatted(limit.currency(), currency);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("limit", limit, "currency", currency);
    }
  }

  record NothingToShip() implements FulfilmentRefusal {
    @Override
    public String rule() {
      return "nothing-to-ship";
    }

    @Override
    public String detail() {
      return "Everything that was ordered has been shipped.";
    }
  }

  record ShipsTooMuch(List<ExceededLine> lines) implements FulfilmentRefusal {
    @Override
    public String rule() {
      return "shipment-exceeds-order";
    }

    @Override
    public String detail() {
      return "More would be shipped than is left of the order: %s."
          .formatted(told(lines.stream().map(ExceededLine::told).toList()));
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("lines", lines);
    }
  }

  record ReturnsTooMuch(List<ExceededLine> lines) implements FulfilmentRefusal {
    @Override
    public String rule() {
      return "return-exceeds-shipment";
    }

    @Override
    public String detail() {
      return "More would come back than the customer has: %s."
          .formatted(told(lines.stream().map(ExceededLine::told).toList()));
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("lines", lines);
    }
  }

  /** All lines together, in one currency. */
  record CostOutOfRange() implements FulfilmentRefusal {
    @Override
    public String rule() {
      return "value-out-of-range";
    }

    @Override
    public String detail() {
      return "The goods together are worth more than can be kept: move them in several parts.";
    }
  }

  record AlreadyShipped() implements FulfilmentRefusal {
    @Override
    public String rule() {
      return "order-shipped";
    }

    @Override
    public String detail() {
      return "Goods of the order have been shipped; it can only be returned.";
    }
  }

  record NothingShipped() implements FulfilmentRefusal {
    @Override
    public String rule() {
      return "order-not-shipped";
    }

    @Override
    public String detail() {
      return "Nothing of the order has been shipped; it can only be cancelled.";
    }
  }

  /** A sentence for a person need not tell two hundred lines: all of them are in the members. */
  private static String told(List<String> lines) {
    int most = 5;
    String first = String.join("; ", lines.subList(0, Math.min(most, lines.size())));
    int others = lines.size() - most;
    return others > 0 ? first + "; and %d more".formatted(others) : first;
  }
}
