package xalesin.schemas.settings;

import xalesin.schemas.Check;
import xalesin.schemas.Fraction;

/**
 * A rate of tax that the tenant uses.
 *
 * @param rate of the net amount, 0 to 1: {@code "0.19"} is 19 %
 */
public record TaxRate(String name, Fraction rate) {
  public TaxRate {
    Check.text("name", name, Check.CODE);
    Check.required("rate", rate);
  }
}
