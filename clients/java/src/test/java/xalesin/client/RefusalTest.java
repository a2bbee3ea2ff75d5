package xalesin.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What answers mean that are no stream of events. */
class RefusalTest {
  private final Refusal refusal = new Refusal();

  private static HttpHeaders headers(String name, String value) {
    return HttpHeaders.of(Map.of(name, List.of(value)), (_, _) -> true);
  }

  private End of(int status) {
    return refusal.of(status, headers("Server", "any"), () -> new byte[0]);
  }

  @Test
  void only_what_is_sent_as_events_is_a_stream() {
    HttpHeaders stream = headers("Content-Type", "Text/Event-Stream; charset=utf-8");
    assertThat(refusal.isStream(200, stream)).isTrue();
    assertThat(refusal.isStream(206, stream)).isFalse();
    assertThat(refusal.isStream(200, headers("Content-Type", "text/html"))).isFalse();
    assertThat(refusal.isStream(200, headers("Server", "any"))).isFalse();
  }

  @Test
  void what_may_be_otherwise_later_passes() {
    for (int status : new int[] {200, 204, 301, 302, 307, 399, 408, 429, 500, 502, 503, 504}) {
      assertThat(of(status)).as("%d", status).isEqualTo(new End.Lost());
    }
  }

  @Test
  void other_answers_are_refusals_that_say_why() {
    for (int status : new int[] {400, 403, 404, 410, 421, 422}) {
      assertThat(of(status))
          .as("%d", status)
          .isInstanceOfSatisfying(
              End.Refused.class,
              refused -> {
                assertThat(refused.reason().status()).isEqualTo(status);
                assertThat(refused.reason()).hasMessage("the server answered " + status);
              });
    }
    byte[] problem = "{\"type\":\"too-many-rows\",\"detail\":\"huge is huge\"}".getBytes(UTF_8);
    assertThat(refusal.of(400, headers("Server", "any"), () -> problem))
        .isInstanceOfSatisfying(
            End.Refused.class,
            refused -> {
              assertThat(refused.reason().type()).isEqualTo("too-many-rows");
              assertThat(refused.reason()).hasMessage("huge is huge");
            });
  }

  @Test
  void a_token_is_asked_for_once_more_and_again_after_a_stream() {
    assertThat(of(401)).isEqualTo(new End.AtOnce());
    assertThat(of(401)).isInstanceOf(End.Refused.class);
    refusal.isStream(200, headers("Content-Type", "text/html"));
    assertThat(of(401)).isInstanceOf(End.Refused.class);
    refusal.isStream(200, headers("Content-Type", "text/event-stream"));
    assertThat(of(401)).isEqualTo(new End.AtOnce());
  }

  @Test
  void who_says_when_to_come_back_is_heard() {
    assertThat(refusal.of(429, headers("Retry-After", "7"), () -> new byte[0]))
        .isEqualTo(new End.NotBefore(Duration.ofSeconds(7)));
    assertThat(refusal.of(503, headers("Retry-After", "soon"), () -> new byte[0]))
        .isEqualTo(new End.Lost());
  }
}
