package xalesin.schemas.parties;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Money;

/**
 * A customer or supplier as {@code GET /api/parties} serves it and the topic {@code
 * xalesin.views.parties} carries it.
 *
 * @param kinds {@code customer}, {@code supplier} or both
 * @param paymentTermDays from an invoice to the day it is due
 * @param creditLimit what a customer may owe at most; null for no limit
 * @param status {@code active} or {@code inactive}
 * @param version the stream's version of the newest event in the row
 */
@JsonPropertyOrder({
  "id",
  "kinds",
  "name",
  "email",
  "phone",
  "addresses",
  "contacts",
  "taxId",
  "paymentTermDays",
  "creditLimit",
  "status",
  "version",
  "createdAt",
  "updatedAt"
})
public record PartyRow(
    UUID id,
    List<PartyKind> kinds,
    String name,
    @Nullable String email,
    @Nullable String phone,
    List<Address> addresses,
    List<Contact> contacts,
    @Nullable String taxId,
    int paymentTermDays,
    @Nullable Money creditLimit,
    String status,
    long version,
    Instant createdAt,
    Instant updatedAt) {
  public static final String ACTIVE = "active";
  public static final String INACTIVE = "inactive";
}
