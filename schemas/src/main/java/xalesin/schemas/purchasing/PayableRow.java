package xalesin.schemas.purchasing;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.LocalDate;
import java.util.UUID;
import xalesin.schemas.Amount;
import xalesin.schemas.parties.PartyName;

/**
 * A supplier's bill that is not settled, as {@code GET /api/payables} serves it and the topic
 * {@code xalesin.views.payables} carries it. It has no row once it is settled. Amounts are in the
 * order's currency.
 *
 * @param id made from the order's and the bill's place in it
 * @param order the order's id
 * @param open more than zero
 * @param version of the order's stream when the bill last changed
 */
@JsonPropertyOrder({
  "id",
  "order",
  "orderNumber",
  "supplier",
  "currency",
  "date",
  "dueDate",
  "total",
  "open",
  "version"
})
public record PayableRow(
    UUID id,
    UUID order,
    String orderNumber,
    PartyName supplier,
    String currency,
    LocalDate date,
    LocalDate dueDate,
    Amount total,
    Amount open,
    long version) {}
