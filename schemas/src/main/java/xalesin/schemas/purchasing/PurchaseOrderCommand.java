package xalesin.schemas.purchasing;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.Check;
import xalesin.schemas.Creation;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;

/** What can be asked of a purchase order. */
public sealed interface PurchaseOrderCommand {
  /** Bounds the streams that one receipt appends to. */
  int MAX_LINES = 200;

  /** The location of a line that names none. */
  String DEFAULT_LOCATION = "main";

  /**
   * @param unitCost net, in the order's currency
   * @param taxRate part of the net amount that is added; none when not given
   * @param location where it is to arrive; {@code main} when not given
   */
  record Line(
      UUID item,
      Quantity quantity,
      Amount unitCost,
      @Nullable Fraction taxRate,
      @Nullable String location) {
    public Line {
      Check.required("item", item);
      Check.positive("quantity", quantity);
      Check.notNegative("unitCost", unitCost);
      taxRate = taxRate == null ? Fraction.ZERO : taxRate;
      location = location == null ? DEFAULT_LOCATION : Check.text("location", location, Check.CODE);
    }
  }

  /**
   * @param date of the order; today when not given
   * @param currency ISO 4217; the tenant's base currency when not given
   * @param reference the supplier's own number for it
   */
  record Place(
      @Nullable UUID id,
      UUID supplier,
      @Nullable LocalDate date,
      @Nullable String currency,
      List<Line> lines,
      @Nullable String reference)
      implements PurchaseOrderCommand, Creation {
    public Place {
      Check.required("supplier", supplier);
      checkDate(date);
      if (currency != null) {
        Money.checkCurrency("currency", currency);
      }
      lines = Check.notEmpty("lines", lines, MAX_LINES);
      Check.optionalText("reference", reference, Check.CODE);
    }
  }

  /** All lines anew; only of a draft. */
  record ChangeLines(List<Line> lines) implements PurchaseOrderCommand {
    public ChangeLines {
      lines = Check.notEmpty("lines", lines, MAX_LINES);
    }
  }

  record Approve() implements PurchaseOrderCommand {}

  /**
   * @param lines what has come; everything that is left when not given
   * @param date today when not given
   */
  record Receive(@Nullable List<LineQuantity> lines, @Nullable LocalDate date)
      implements PurchaseOrderCommand {
    public Receive {
      if (lines != null) {
        lines = LineQuantity.check("lines", lines, MAX_LINES);
      }
      checkDate(date);
    }
  }

  /** Books the supplier's bill for what has been received and not yet billed. */
  record Bill(@Nullable LocalDate date) implements PurchaseOrderCommand {
    public Bill {
      checkDate(date);
    }
  }

  /**
   * @param amount in the order's currency; everything that is open when not given
   * @param account from which it is paid; the default account for cash when not given
   */
  record Pay(@Nullable Amount amount, @Nullable LocalDate date, @Nullable UUID account)
      implements PurchaseOrderCommand {
    public Pay {
      if (amount != null && amount.signum() <= 0) {
        throw new xalesin.schemas.InvalidValueException("amount", "must be greater than zero");
      }
      checkDate(date);
    }
  }

  record Cancel(String reason) implements PurchaseOrderCommand {
    public Cancel {
      Check.text("reason", reason, Check.NAME);
    }
  }

  /** Gives up what is still to come of an order that is received in part. */
  record Close(String reason) implements PurchaseOrderCommand {
    public Close {
      Check.text("reason", reason, Check.NAME);
    }
  }

  private static void checkDate(@Nullable LocalDate date) {
    if (date != null) {
      Check.date("date", date);
    }
  }
}
