package xalesin.schemas.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A kind of document that has numbers of its own, without gaps within a fiscal year. */
public enum DocumentKind {
  @JsonProperty("sales-order")
  SALES_ORDER("sales-order", "SO-{year}-{number:6}"),
  @JsonProperty("invoice")
  INVOICE("invoice", "INV-{year}-{number:6}"),
  @JsonProperty("credit-note")
  CREDIT_NOTE("credit-note", "CN-{year}-{number:6}"),
  @JsonProperty("purchase-order")
  PURCHASE_ORDER("purchase-order", "PO-{year}-{number:6}"),
  @JsonProperty("journal-entry")
  JOURNAL_ENTRY("journal-entry", "JE-{year}-{number:6}");

  private final String wireName;
  private final String defaultFormat;

  DocumentKind(String wireName, String defaultFormat) {
    this.wireName = wireName;
    this.defaultFormat = defaultFormat;
  }

  /** As in JSON. */
  public String wireName() {
    return wireName;
  }

  /** How a new tenant's numbers look. */
  public String defaultFormat() {
    return defaultFormat;
  }
}
