package xalesin.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import xalesin.edge.TokenVerifier.VerifiedToken;
import xalesin.schemas.Json;

/**
 * Tickets for those who cannot send a header, such as a browser's EventSource: a caller's rights
 * for half a minute and one use, in a signed text that fits into an address. Every process with the
 * installation's key can make and redeem them, so that the one that sells need not be the one that
 * lets in; each remembers those that it has let in. Thread-safe.
 */
public final class Tickets {
  private static final String PURPOSE = "live-ticket";

  static final Duration VALID = Duration.ofSeconds(30);

  /** Only genuine tickets are remembered, and selling them is limited. */
  private static final int MAX_USED = 200_000;

  private static final int MAX_LENGTH = 2_048;

  private final byte[] key;
  private final Clock clock;
  private final Cache<String, Boolean> used =
      Caffeine.newBuilder().maximumSize(MAX_USED).expireAfterWrite(VALID.multipliedBy(2)).build();

  /** What a request for a ticket says. */
  private record Nothing() {}

  private record Body(
      String tenant,
      String user,
      List<String> roles,
      long validUntilMillis,
      long expiresMillis,
      String nonce) {}

  private record Sold(String ticket, @JsonProperty("expiresAt") Instant expiresAt) {}

  /**
   * @param key for tickets alone, of 32 bytes
   */
  Tickets(byte[] key, Clock clock) {
    this.key = key.clone();
    this.clock = clock;
  }

  /** The tickets that every process of the installation sells and redeems. */
  public static Tickets of(LocalKeys keys) {
    return new Tickets(keys.derive(PURPOSE), Clock.systemUTC());
  }

  /** `POST /api/live/tickets`: a ticket for the caller, as good as the token that asks for it. */
  public Route route(TokenVerifier verifier) {
    return new Route(
        Verb.POST,
        "/api/live/tickets",
        Role.VIEWER,
        RouteClass.READ,
        exchange -> {
          exchange.allowedQuery();
          exchange.optionalBody(Nothing.class);
          VerifiedToken token = LiveGate.bearer(verifier, exchange);
          Instant expires = clock.instant().plus(VALID);
          exchange.json(201, new Sold(sell(token, expires), expires));
        },
        Operation.of("live.sell-ticket", "live", "A ticket for one live connection, for 30 seconds")
            .answers(
                201,
                "The ticket, as good as the token that asks for it.",
                Operation.Body.json(RecordShapes.of(Sold.class, "Ticket"), null),
                List.of()));
  }

  String sell(VerifiedToken token, Instant expires) {
    Caller caller = token.caller();
    Body body =
        new Body(
            caller.tenant(),
            caller.user(),
            caller.roles().stream().map(Role::text).toList(),
            token.validUntilMillis(),
            expires.toEpochMilli(),
            UUID.randomUUID().toString());
    String text = base64(Json.write(body));
    return text + '.' + base64(mac(text));
  }

  /** Who stands behind the ticket. Throws the 401 problem when it is used, old or none. */
  VerifiedToken redeem(String ticket) {
    int dot = ticket.indexOf('.');
    if (ticket.length() > MAX_LENGTH || dot < 0) {
      throw refused();
    }
    String text = ticket.substring(0, dot);
    byte[] expected = base64(mac(text)).getBytes(StandardCharsets.US_ASCII);
    byte[] given = ticket.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, given)) {
      throw refused();
    }
    Body body = read(text);
    if (body.expiresMillis <= clock.millis()
        || used.asMap().putIfAbsent(body.nonce, Boolean.TRUE) != null) {
      throw refused();
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : body.roles) {
      Role role = Role.of(name);
      if (role != null) {
        roles.add(role);
      }
    }
    return new VerifiedToken(new Caller(body.tenant, body.user, roles), body.validUntilMillis);
  }

  private static Body read(String text) {
    try {
      return Json.MAPPER.readValue(Base64.getUrlDecoder().decode(text), Body.class);
    } catch (IOException e) {
      throw new IllegalStateException("a ticket that was signed cannot be read", e);
    }
  }

  private static ProblemException refused() {
    return Problem.of(
            401, "invalid-ticket", "The ticket is not good", "it is used, too old, or no ticket")
        .exception();
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
