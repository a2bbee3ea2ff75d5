package xalesin.edge;

import java.util.Set;

/**
 * Who sends a request, as the token says.
 *
 * @param tenant whose books; the only source of the tenant anywhere
 * @param user the token's subject
 * @param roles at least one, but of {@link #ANYONE}
 */
public record Caller(String tenant, String user, Set<Role> roles) {
  /** Longest user name, in characters. */
  public static final int MAX_USER = 200;

  /** Who has shown no token: of no tenant, and may nothing. */
  static final Caller ANYONE = new Caller("", "", Set.of());

  public Caller {
    roles = Set.copyOf(roles);
  }

  public boolean may(Role needed) {
    for (Role role : roles) {
      if (role.includes(needed)) {
        return true;
      }
    }
    return false;
  }

  /** Throws the problem that says so when the caller has no such role. */
  public void require(Role needed) {
    if (!may(needed)) {
      throw Problems.roleNeeded(needed);
    }
  }
}
