package xalesin.schemas.settings;

import static xalesin.schemas.finance.AccountType.ASSET;
import static xalesin.schemas.finance.AccountType.EXPENSE;
import static xalesin.schemas.finance.AccountType.INCOME;
import static xalesin.schemas.finance.AccountType.LIABILITY;

import com.fasterxml.jackson.annotation.JsonProperty;
import xalesin.schemas.finance.AccountType;

/** What the business posts to by itself; the tenant says which account serves each purpose. */
public enum AccountPurpose {
  @JsonProperty("cash")
  CASH("cash", ASSET),
  @JsonProperty("receivable")
  RECEIVABLE("receivable", ASSET),
  @JsonProperty("inventory")
  INVENTORY("inventory", ASSET),
  @JsonProperty("input-tax")
  INPUT_TAX("input-tax", ASSET),
  @JsonProperty("payable")
  PAYABLE("payable", LIABILITY),
  /** Goods received and not yet billed. */
  @JsonProperty("goods-received")
  GOODS_RECEIVED("goods-received", LIABILITY),
  @JsonProperty("output-tax")
  OUTPUT_TAX("output-tax", LIABILITY),
  @JsonProperty("revenue")
  REVENUE("revenue", INCOME),
  @JsonProperty("freight")
  FREIGHT("freight", INCOME),
  @JsonProperty("cost-of-goods")
  COST_OF_GOODS("cost-of-goods", EXPENSE),
  /** What stock gains or loses other than by purchase and sale. */
  @JsonProperty("stock-adjustment")
  STOCK_ADJUSTMENT("stock-adjustment", EXPENSE);

  private final String wireName;
  private final AccountType type;

  AccountPurpose(String wireName, AccountType type) {
    this.wireName = wireName;
    this.type = type;
  }

  /** As in JSON. */
  public String wireName() {
    return wireName;
  }

  /**
   * Whether its account is a control account: its balance is what stock or open documents come to,
   * to the cent, so nothing but these is posted to it.
   */
  public boolean isControl() {
    return switch (this) {
      case RECEIVABLE, INVENTORY, PAYABLE, GOODS_RECEIVED -> true;
      case CASH, INPUT_TAX, OUTPUT_TAX, REVENUE, FREIGHT, COST_OF_GOODS, STOCK_ADJUSTMENT -> false;
    };
  }

  /** The only type of account that can serve it. */
  public AccountType type() {
    return type;
  }
}
