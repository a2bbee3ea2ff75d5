package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import xalesin.edge.TokenVerifier.VerifiedToken;

/** A ticket stands for its caller once, for a short while, in every process with the key. */
class TicketsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final byte[] KEY = new byte[32];
  private static final VerifiedToken TOKEN =
      new VerifiedToken(
          new Caller("acme", "ada", Set.of(Role.CLERK, Role.ACCOUNTANT)),
          NOW.plusSeconds(3_600).toEpochMilli());

  private final Tickets seller = at(NOW);

  private static Tickets at(Instant time) {
    return new Tickets(KEY, Clock.fixed(time, ZoneOffset.UTC));
  }

  private String ticket() {
    return seller.sell(TOKEN, NOW.plus(Tickets.VALID));
  }

  private static void isRefused(ThrowingCallable redeeming) {
    assertThatThrownBy(redeeming)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(401);
              assertThat(e.problem().type()).isEqualTo("/problems/invalid-ticket");
            });
  }

  @Test
  void another_process_lets_in_whom_the_ticket_was_sold_to() {
    assertThat(at(NOW.plusSeconds(29)).redeem(ticket())).isEqualTo(TOKEN);
  }

  @Test
  void a_ticket_lets_in_once() {
    String ticket = ticket();
    seller.redeem(ticket);
    isRefused(() -> seller.redeem(ticket));
  }

  @Test
  void a_ticket_is_good_for_half_a_minute() {
    isRefused(() -> at(NOW.plusSeconds(30)).redeem(ticket()));
  }

  @Test
  void a_ticket_of_another_key_or_with_any_other_text_is_none() {
    byte[] other = KEY.clone();
    other[0] = 1;
    isRefused(() -> new Tickets(other, Clock.fixed(NOW, ZoneOffset.UTC)).redeem(ticket()));
    String ticket = ticket();
    isRefused(() -> seller.redeem('f' + ticket.substring(1)));
    isRefused(() -> seller.redeem(ticket + "A"));
    isRefused(() -> seller.redeem(ticket.replace(".", "")));
    isRefused(() -> seller.redeem(""));
    isRefused(() -> seller.redeem("."));
    isRefused(() -> seller.redeem("x".repeat(5_000) + ".y"));
    assertThat(seller.redeem(ticket)).isEqualTo(TOKEN);
  }
}
