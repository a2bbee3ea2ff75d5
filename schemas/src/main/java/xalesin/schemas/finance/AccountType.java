package xalesin.schemas.finance;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an account stands for; says on which side it grows. */
public enum AccountType {
  @JsonProperty("asset")
  ASSET,
  @JsonProperty("liability")
  LIABILITY,
  @JsonProperty("equity")
  EQUITY,
  @JsonProperty("income")
  INCOME,
  @JsonProperty("expense")
  EXPENSE;

  /** Whether debits make its balance grow. */
  public boolean isDebitNormal() {
    return this == ASSET || this == EXPENSE;
  }
}
