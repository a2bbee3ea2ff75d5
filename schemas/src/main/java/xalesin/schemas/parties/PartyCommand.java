package xalesin.schemas.parties;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Check;
import xalesin.schemas.Creation;
import xalesin.schemas.InvalidValueException;
import xalesin.schemas.Money;

/** What can be asked of a party. */
public sealed interface PartyCommand {
  int MAX_ADDRESSES = 50;
  int MAX_CONTACTS = 50;

  /** Ten years. */
  int MAX_PAYMENT_TERM_DAYS = 3_653;

  /**
   * @param kinds {@code customer}, {@code supplier} or both
   * @param paymentTermDays from an invoice to the day it is due; 30 when not given
   * @param creditLimit what a customer may owe at most; null for no limit
   */
  record Create(
      @Nullable UUID id,
      List<PartyKind> kinds,
      String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable List<Address> addresses,
      @Nullable List<Contact> contacts,
      @Nullable String taxId,
      @Nullable Integer paymentTermDays,
      @Nullable Money creditLimit)
      implements PartyCommand, Creation {
    public static final int PAYMENT_TERM_DAYS = 30;

    public Create {
      kinds = checkKinds(kinds);
      Check.text("name", name, Check.NAME);
      checkEmail(email);
      Check.optionalText("phone", phone, Check.CODE);
      addresses = addresses == null ? List.of() : Check.list("addresses", addresses, MAX_ADDRESSES);
      contacts = contacts == null ? List.of() : Check.list("contacts", contacts, MAX_CONTACTS);
      Check.optionalText("taxId", taxId, Check.CODE);
      paymentTermDays = paymentTermDays == null ? PAYMENT_TERM_DAYS : checkTerm(paymentTermDays);
      if (creditLimit != null) {
        Check.notNegative("creditLimit", creditLimit);
      }
    }
  }

  /**
   * A field that is null stays as it is.
   *
   * @param email empty to take it away, as {@code phone} and {@code taxId}
   * @param unlimitedCredit true to take the credit limit away
   */
  record ChangeDetails(
      @Nullable List<PartyKind> kinds,
      @Nullable String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable List<Address> addresses,
      @Nullable List<Contact> contacts,
      @Nullable String taxId,
      @Nullable Integer paymentTermDays,
      @Nullable Money creditLimit,
      @Nullable Boolean unlimitedCredit)
      implements PartyCommand {
    public ChangeDetails {
      if (kinds != null) {
        kinds = checkKinds(kinds);
      }
      Check.optionalText("name", name, Check.NAME);
      if (email != null && !email.isEmpty()) {
        checkEmail(email);
      }
      if (phone != null && !phone.isEmpty()) {
        Check.text("phone", phone, Check.CODE);
      }
      if (addresses != null) {
        addresses = Check.list("addresses", addresses, MAX_ADDRESSES);
      }
      if (contacts != null) {
        contacts = Check.list("contacts", contacts, MAX_CONTACTS);
      }
      if (taxId != null && !taxId.isEmpty()) {
        Check.text("taxId", taxId, Check.CODE);
      }
      if (paymentTermDays != null) {
        checkTerm(paymentTermDays);
      }
      if (creditLimit != null) {
        Check.notNegative("creditLimit", creditLimit);
        if (unlimitedCredit != null && unlimitedCredit) {
          throw new InvalidValueException("creditLimit", "cannot be given with unlimitedCredit");
        }
      }
    }
  }

  record Activate() implements PartyCommand {}

  record Deactivate() implements PartyCommand {}

  private static List<PartyKind> checkKinds(@Nullable List<PartyKind> kinds) {
    List<PartyKind> checked = Check.notEmpty("kinds", kinds, PartyKind.values().length);
    Check.distinct("kinds", checked);
    return checked.stream().sorted().toList();
  }

  static void checkEmail(@Nullable String email) {
    if (email != null) {
      Check.text("email", email, Check.NAME);
      int at = email.indexOf('@');
      if (at < 1 || at != email.lastIndexOf('@') || at == email.length() - 1) {
        throw new InvalidValueException("email", "must be an address such as \"a@example.org\"");
      }
    }
  }

  private static int checkTerm(int days) {
    if (days < 0 || days > MAX_PAYMENT_TERM_DAYS) {
      throw new InvalidValueException(
          "paymentTermDays", "must be from 0 to " + MAX_PAYMENT_TERM_DAYS);
    }
    return days;
  }
}
