package xalesin.schemas.sales;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.LocalDate;
import java.util.UUID;
import xalesin.schemas.Amount;
import xalesin.schemas.parties.PartyName;

/**
 * An invoice that is not settled, as {@code GET /api/receivables} serves it and the topic {@code
 * xalesin.views.receivables} carries it. It has no row once it is settled, and one again when money
 * is paid back. Amounts are in the order's currency.
 *
 * @param id made from the order's and the invoice's place in it
 * @param number of the invoice
 * @param order the order's id
 * @param open more than zero
 * @param version of the order's stream when the invoice last changed
 */
@JsonPropertyOrder({
  "id",
  "number",
  "order",
  "orderNumber",
  "customer",
  "currency",
  "date",
  "dueDate",
  "total",
  "open",
  "version"
})
public record ReceivableRow(
    UUID id,
    String number,
    UUID order,
    String orderNumber,
    PartyName customer,
    String currency,
    LocalDate date,
    LocalDate dueDate,
    Amount total,
    Amount open,
    long version) {}
