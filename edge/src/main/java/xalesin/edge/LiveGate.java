package xalesin.edge;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import xalesin.edge.TokenVerifier.VerifiedToken;

/**
 * Lets callers in to answers that have no end: by a token in the header or a ticket in the address,
 * and from pages of this installation or of the named origins only. Its routes need no role, for
 * the door does not know tickets. Thread-safe.
 */
public final class LiveGate {
  private static final String SCHEME = "Bearer ";

  private final TokenVerifier verifier;
  private final Tickets tickets;
  private final Origins origins;

  /**
   * @param origins other sites whose pages may listen
   */
  public LiveGate(TokenVerifier verifier, Tickets tickets, Origins origins) {
    this.verifier = verifier;
    this.tickets = tickets;
    this.origins = origins;
  }

  /**
   * Who asks, and until when they may. Throws the 401 or 403 problem otherwise.
   *
   * @param role the least that is needed
   */
  public VerifiedToken admit(Exchange exchange, Role role) {
    checkOrigin(exchange.header("Origin"), exchange.header("Host"));
    String ticket = exchange.query("ticket");
    VerifiedToken token =
        ticket == null || exchange.header("Authorization") != null
            ? bearer(verifier, exchange)
            : tickets.redeem(ticket);
    MDC.put("tenant", token.caller().tenant());
    exchange.charge(token.caller());
    token.caller().require(role);
    return token;
  }

  static VerifiedToken bearer(TokenVerifier verifier, Exchange exchange) {
    String header = exchange.header("Authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Problems.noToken();
    }
    return verifier.verify(header.substring(SCHEME.length()).strip());
  }

  private void checkOrigin(@Nullable String origin, @Nullable String host) {
    if (origin == null || origins.allow(origin) || isOf(host, origin)) {
      return;
    }
    throw Problem.of(
            403,
            "origin-not-allowed",
            "Pages of this origin may not listen",
            "the origin of the page is neither this host nor one that is allowed")
        .exception();
  }

  private static boolean isOf(@Nullable String host, String origin) {
    try {
      String authority = URI.create(origin).getAuthority();
      return host != null
          && authority != null
          && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
