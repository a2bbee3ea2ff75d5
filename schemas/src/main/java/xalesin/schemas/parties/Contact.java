package xalesin.schemas.parties;

import org.jspecify.annotations.Nullable;
import xalesin.schemas.Check;

/**
 * A person to talk to.
 *
 * @param role such as {@code Sales Manager}
 */
public record Contact(
    String name, @Nullable String role, @Nullable String email, @Nullable String phone) {
  public Contact {
    Check.text("name", name, Check.NAME);
    Check.optionalText("role", role, Check.CODE);
    PartyCommand.checkEmail(email);
    Check.optionalText("phone", phone, Check.CODE);
  }
}
