package xalesin.command.sales;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import xalesin.schemas.Amount;

/** Why an order cannot be placed, or its lines not be written so. */
sealed interface PlacingRefusal extends SalesOrderRefusal {

  record UnknownCustomer(UUID customer) implements PlacingRefusal {
    @Override
    public String rule() {
      return "unknown-customer";
    }

    @Override
    public String detail() {
      return "There is no party %s.".formatted(customer);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("customer", customer);
    }
  }

  record NotCustomer(UUID customer, String name) implements PlacingRefusal {
    @Override
    public String rule() {
      return "not-a-customer";
    }

    @Override
    public String detail() {
      return "%s is not a customer.".formatted(name);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("customer", customer, "name", name);
    }
  }

  record CustomerInactive(UUID customer, String name) implements PlacingRefusal {
    @Override
    public String rule() {
      return "customer-inactive";
    }

    @Override
    public String detail() {
      return "%s is not an active customer.".formatted(name);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("customer", customer, "name", name);
    }
  }

  record DueBeforeOrder(LocalDate date, LocalDate dueDate) implements PlacingRefusal {
    @Override
    public String rule() {
      return "due-before-order";
    }

    @Override
    public String detail() {
      return "An order of %s cannot be due on %s.".formatted(date, dueDate);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("date", date.toString(), "dueDate", dueDate.toString());
    }
  }

  record UnknownItems(List<Line> lines) implements PlacingRefusal {
    @Override
    public String rule() {
      return "unknown-item";
    }

    @Override
    public String detail() {
      return SalesOrderRefusal.named(lines) + ": there is no such item.";
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("lines", lines);
    }
  }

  record ItemsInactive(List<Line> lines) implements PlacingRefusal {
    @Override
    public String rule() {
      return "item-inactive";
    }

    @Override
    public String detail() {
      return SalesOrderRefusal.named(lines) + ": an inactive item is not sold.";
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("lines", lines);
    }
  }

  /** A line names no price, and its item's own is in another currency than the order. */
  record ForeignPrices(String currency, List<Line> lines) implements PlacingRefusal {
    @Override
    public String rule() {
      return "price-currency";
    }

    @Override
    public String detail() {
      return "%s: the item's price is not in %s; name a price that is."
          .formatted(SalesOrderRefusal.named(lines), currency);
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("currency", currency, "lines", lines);
    }
  }

  record UnknownTaxRates(List<Line> lines) implements PlacingRefusal {
    @Override
    public String rule() {
      return "unknown-tax-rate";
    }

    @Override
    public String detail() {
      return SalesOrderRefusal.named(lines) + ": not a tax rate of the settings.";
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("lines", lines);
    }
  }

  record UnknownLocations(List<Line> lines) implements PlacingRefusal {
    @Override
    public String rule() {
      return "unknown-location";
    }

    @Override
    public String detail() {
      return SalesOrderRefusal.named(lines) + ": not a location of the settings.";
    }

    @Override
    public Map<String, Object> members() {
      return Map.of("lines", lines);
    }
  }

  /** An amount of money to be paid has parts smaller than the currency's smallest unit. */
  record BrokenUnits(Amount amount, String currency) implements PlacingRefusal, BillingRefusal {
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

  record TooMuch() implements PlacingRefusal {
    @Override
    public String rule() {
      return "amount-out-of-range";
    }

    @Override
    public String detail() {
      return "The order's total would be larger than can be kept.";
    }
  }
}
