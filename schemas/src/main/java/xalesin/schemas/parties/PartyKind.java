package xalesin.schemas.parties;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a party is to the tenant; it may be both. */
public enum PartyKind {
  @JsonProperty("customer")
  CUSTOMER,
  @JsonProperty("supplier")
  SUPPLIER
}
