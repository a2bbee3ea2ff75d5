package xalesin.schemas.sales;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.Check;
import xalesin.schemas.Creation;
import xalesin.schemas.Fraction;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;

/** What can be asked of a sales order. */
public sealed interface SalesOrderCommand {
  /** Bounds the streams that one confirmation appends to. */
  int MAX_LINES = 200;

  /** The location of a line that names none. */
  String DEFAULT_LOCATION = "main";

  /**
   * @param unitPrice in the order's currency; the item's own price when not given
   * @param discount part of the price that is not asked; none when not given
   * @param taxRate part of the net amount that is added; none when not given
   * @param location from which it is delivered; {@code main} when not given
   */
  record Line(
      UUID item,
      Quantity quantity,
      @Nullable Amount unitPrice,
      @Nullable Fraction discount,
      @Nullable Fraction taxRate,
      @Nullable String location) {
    public Line {
      Check.required("item", item);
      Check.positive("quantity", quantity);
      if (unitPrice != null) {
        Check.notNegative("unitPrice", unitPrice);
      }
      discount = discount == null ? Fraction.ZERO : discount;
      taxRate = taxRate == null ? Fraction.ZERO : taxRate;
      location = location == null ? DEFAULT_LOCATION : Check.text("location", location, Check.CODE);
    }
  }

  /**
   * @param date of the order; today when not given
   * @param dueDate until when it is to be delivered, or null
   * @param currency ISO 4217; the tenant's base currency when not given
   * @param freight in the order's currency; none when not given
   * @param reference the customer's own number for it
   */
  record Place(
      @Nullable UUID id,
      UUID customer,
      @Nullable LocalDate date,
      @Nullable LocalDate dueDate,
      @Nullable String currency,
      List<Line> lines,
      @Nullable Amount freight,
      @Nullable String reference)
      implements SalesOrderCommand, Creation {
    public Place {
      Check.required("customer", customer);
      checkDates(date, dueDate);
      if (currency != null) {
        Money.checkCurrency("currency", currency);
      }
      lines = Check.notEmpty("lines", lines, MAX_LINES);
      freight = freight == null ? Amount.ZERO : Check.notNegative("freight", freight);
      Check.optionalText("reference", reference, Check.CODE);
    }
  }

  /** All lines anew; only of a draft. */
  record ChangeLines(List<Line> lines, @Nullable Amount freight) implements SalesOrderCommand {
    public ChangeLines {
      lines = Check.notEmpty("lines", lines, MAX_LINES);
      if (freight != null) {
        Check.notNegative("freight", freight);
      }
    }
  }

  record Confirm() implements SalesOrderCommand {}

  /**
   * @param lines what is shipped; everything that is left when not given
   * @param date today when not given
   */
  record Ship(@Nullable List<LineQuantity> lines, @Nullable LocalDate date)
      implements SalesOrderCommand {
    public Ship {
      if (lines != null) {
        lines = LineQuantity.check("lines", lines, MAX_LINES);
      }
      checkDates(date, null);
    }
  }

  /** Bills what has been shipped and not yet billed; the first bill has the freight. */
  record Invoice(@Nullable LocalDate date) implements SalesOrderCommand {
    public Invoice {
      checkDates(date, null);
    }
  }

  /**
   * @param amount in the order's currency; everything that is open when not given; negative to pay
   *     back what a return has left over
   * @param account where the money comes in; the default account for cash when not given
   */
  record Pay(@Nullable Amount amount, @Nullable LocalDate date, @Nullable UUID account)
      implements SalesOrderCommand {
    public Pay {
      if (amount != null && amount.isZero()) {
        throw new InvalidValueException("amount", "must not be zero");
      }
      checkDates(date, null);
    }
  }

  record Return(List<LineQuantity> lines, String reason, @Nullable LocalDate date)
      implements SalesOrderCommand {
    public Return {
      lines = LineQuantity.check("lines", Check.notEmpty("lines", lines, MAX_LINES), MAX_LINES);
      Check.text("reason", reason, Check.NAME);
      checkDates(date, null);
    }
  }

  record Cancel(String reason) implements SalesOrderCommand {
    public Cancel {
      Check.text("reason", reason, Check.NAME);
    }
  }

  /** Gives up what is left to ship of an order that is shipped in part. */
  record Close(String reason) implements SalesOrderCommand {
    public Close {
      Check.text("reason", reason, Check.NAME);
    }
  }

  private static void checkDates(@Nullable LocalDate date, @Nullable LocalDate dueDate) {
    if (date != null) {
      Check.date("date", date);
    }
    if (dueDate != null) {
      Check.date("dueDate", dueDate);
      if (date != null && dueDate.isBefore(date)) {
        throw new InvalidValueException("dueDate", "must not be before \"date\"");
      }
    }
  }
}
