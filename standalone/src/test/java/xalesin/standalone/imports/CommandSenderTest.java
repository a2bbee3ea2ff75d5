package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xalesin.standalone.imports.CommandApi.Mood;

/** Against a real HTTP server that behaves badly. */
class CommandSenderTest {
  private static final Duration SHORT_SILENCE = Duration.ofMillis(250);

  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private CommandApi api;

  @BeforeEach
  void start() throws IOException {
    api = new CommandApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private CommandSender sender(URI address, String token) {
    return new CommandSender(address, token, pauses::add, notices::add);
  }

  private List<Result> send(List<byte[]> commands) throws InterruptedException {
    try (CommandSender sender = sender(api.address(), "good")) {
      return sender.send(commands);
    }
  }

  private static List<byte[]> commands(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "{\"command\":\"a.b\",\"id\":\"%d\",\"idempotencyKey\":\"k%d\"}"
                    .formatted(i, i)
                    .getBytes(UTF_8))
        .toList();
  }

  private void assertDoneOnceAndInOrder(List<Result> results, int count) {
    assertThat(results).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(results.get(i).isAccepted()).isTrue();
      assertThat(results.get(i).body().path("id").asText()).isEqualTo(Integer.toString(i));
    }
    assertThat(api.effects().keySet())
        .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(i -> "k" + i).toList());
  }

  @Test
  void each_command_gets_its_answer_in_order_in_bounded_requests() throws InterruptedException {
    assertDoneOnceAndInOrder(send(commands(1_203)), 1_203);
    assertThat(api.requestSizes()).containsExactly(500, 500, 203);
    assertThat(send(List.of())).isEmpty();
  }

  @Test
  void a_refused_command_does_not_stop_the_others() throws InterruptedException {
    List<byte[]> commands = new ArrayList<>(commands(2));
    commands.add(1, "{\"command\":\"refuse\",\"idempotencyKey\":\"r\"}".getBytes(UTF_8));
    List<Result> results = send(commands);
    assertThat(results).extracting(Result::status).containsExactly(200, 409, 200);
    assertThat(results.get(1).detail()).isEqualTo("Not allowed: by a rule");
    assertThat(pauses).isEmpty();
  }

  @Test
  void what_was_done_before_is_answered_as_replayed() throws InterruptedException {
    send(commands(3));
    assertThat(send(commands(5)))
        .extracting(Result::isReplayed)
        .containsExactly(true, true, true, false, false);
  }

  @ParameterizedTest
  @CsvSource({"503, 2, 2", "429, 7, 7", "429, 0, 0", "503, 86400, 60", "502, 1, 1"})
  void not_now_is_tried_again_when_the_server_says(int status, String after, int seconds)
      throws InterruptedException {
    api.willBe(new Mood.Refuse(status, after), new Mood.Refuse(status, after));
    assertDoneOnceAndInOrder(send(commands(3)), 3);
    assertThat(pauses).containsExactly(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
    assertThat(notices).allMatch(notice -> notice.contains("because of " + status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "Wed, 21 Oct 2026 07:28:00 GMT", "-1", "99999999999"})
  void a_wait_that_is_not_understood_backs_off(String after) throws InterruptedException {
    api.willBe(new Mood.Refuse(503, after), new Mood.Refuse(503, null), new Mood.Refuse(503, null));
    assertDoneOnceAndInOrder(send(commands(3)), 3);
    assertThat(pauses).hasSize(3);
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(pauses.get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
    assertThat(pauses.get(2)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
  }

  @Test
  void a_server_that_never_can_is_given_up() {
    for (int i = 0; i < 20; i++) {
      api.willBe(new Mood.Refuse(503, "1"));
    }
    assertThatThrownBy(() -> send(commands(3)))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("the server answered 503: No: because of 503; given up after 10");
    assertThat(pauses).hasSize(CommandSender.MAX_FRUITLESS_ATTEMPTS - 1);
  }

  @Test
  void nobody_there_is_given_up() {
    URI address = api.address();
    api.close();
    assertThatThrownBy(
            () -> {
              try (CommandSender sender = sender(address, "good")) {
                sender.send(commands(1));
              }
            })
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("the connection failed");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "10, 0", "10, 1000000", "10, 33", "4, 70", "1, 5"})
  void a_cut_connection_loses_and_doubles_nothing(int done, int answerBytes)
      throws InterruptedException {
    api.willBe(new Mood.Cut(done, answerBytes));
    assertDoneOnceAndInOrder(send(commands(10)), 10);
    assertThat(notices).allMatch(notice -> notice.contains("the connection failed"));
  }

  @Test
  void answers_before_a_cut_are_not_asked_for_again() throws InterruptedException {
    api.willBe(new Mood.Cut(10, "{'status':200,'id':'0'}\n".length() * 4 + 3));
    assertDoneOnceAndInOrder(send(commands(10)), 10);
    assertThat(api.requestSizes()).containsExactly(10, 6);
  }

  @Test
  void a_server_that_falls_silent_is_left_and_asked_again() throws InterruptedException {
    api.willBe(new Mood.FallSilent(0), new Mood.FallSilent(6));
    try (CommandSender sender =
        new CommandSender(api.address(), "good", pauses::add, notices::add, SHORT_SILENCE)) {
      assertDoneOnceAndInOrder(sender.send(commands(10)), 10);
    }
    assertThat(notices).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void an_answer_that_ends_early_is_asked_again() throws InterruptedException {
    api.willBe(new Mood.Say(""), new Mood.Say("{\"status\":200,\"id\":\"0\"}\n"));
    send(commands(3));
    assertThat(api.requestSizes()).containsExactly(3, 3, 2);
    assertThat(notices).allMatch(notice -> notice.startsWith("the answer ended early"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void behind_a_command_that_must_come_again_nothing_is_taken(int status)
      throws InterruptedException {
    api.willBe(new Mood.LineNotNow(2, status));
    List<Result> results = send(commands(6));
    assertThat(results).hasSize(6).allMatch(Result::isAccepted);
    assertThat(api.requestSizes()).containsExactly(6, 4);
    assertThat(pauses).containsExactly(Duration.ofSeconds(3));
    assertThat(results)
        .extracting(Result::isReplayed)
        .containsExactly(false, false, false, true, true, true);
  }

  private static byte[] receipt(String key) {
    return "{\"command\":\"receive\",\"idempotencyKey\":\"%s\",\"needs\":\"k0\",\"data\":1.10}"
        .formatted(key)
        .getBytes(UTF_8);
  }

  @Test
  void what_was_refused_for_want_of_an_earlier_command_is_done_behind_it()
      throws InterruptedException {
    List<byte[]> commands = List.of(commands(1).getFirst(), receipt("r1"), receipt("r2"));
    api.willBe(new Mood.LineNotNow(0, 503));
    assertThat(send(commands)).hasSize(3).allMatch(Result::isAccepted);
    assertThat(api.effects().keySet()).containsExactly("k0", "r1~2", "r2~2");
    assertThat(api.effects().get("r1~2")).contains("1.10");

    assertThat(send(commands)).hasSize(3).allMatch(Result::isAccepted).allMatch(Result::isReplayed);
    assertThat(api.effects()).hasSize(3);
  }

  @Test
  void a_reason_that_has_gone_refuses_no_longer_and_one_that_stays_does()
      throws InterruptedException {
    assertThat(send(List.of(receipt("r1")))).noneMatch(Result::isAccepted);
    assertThat(send(List.of(receipt("r1")))).noneMatch(Result::isAccepted);
    send(commands(1));
    assertThat(send(List.of(receipt("r1")))).allMatch(Result::isAccepted);
    assertThat(api.effects().keySet()).containsExactly("k0", "r1~3");
  }

  @Test
  void asking_again_has_an_end() throws InterruptedException {
    for (int i = 0; i < CommandSender.MAX_KEYS + 3; i++) {
      assertThat(send(List.of(receipt("r1")))).noneMatch(Result::isAccepted);
    }
    int before = api.requestSizes().size();
    send(List.of(receipt("r1")));
    assertThat(api.requestSizes().size() - before).isEqualTo(CommandSender.MAX_KEYS);
  }

  @Test
  void a_bad_token_stops_at_once() {
    assertThatThrownBy(
            () -> {
              try (CommandSender sender = sender(api.address(), "bad")) {
                sender.send(commands(3));
              }
            })
        .isInstanceOf(ImportException.class)
        .hasMessage("the server answered 401: No: because of 401");
    assertThat(api.requestSizes()).containsExactly(3);
  }

  @Test
  void a_body_too_large_is_sent_in_parts() throws IOException, InterruptedException {
    api.close();
    api = new CommandApi(30);
    assertDoneOnceAndInOrder(send(commands(100)), 100);
    assertThat(api.requestSizes()).startsWith(100, 50, 25, 25).hasSize(6);
  }

  @Test
  void one_command_too_large_is_refused_by_itself() throws IOException, InterruptedException {
    api.close();
    api = new CommandApi(0);
    assertThat(send(commands(3))).extracting(Result::status).containsExactly(413, 413, 413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]\n",
        "{\"ok\":true}\n",
        "{\"status\":200}\n{\"status\":200}\n{\"status\":200}\n"
      })
  void an_answer_of_another_kind_stops(String answer) {
    api.willBe(new Mood.Say(answer));
    assertThatThrownBy(() -> send(commands(2)))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("the server's answer is not that of a command");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatever_happens_each_command_has_one_effect(long seed) throws InterruptedException {
    Random random = new Random(seed);
    for (int i = 0; i < 12; i++) {
      api.willBe(
          switch (random.nextInt(4)) {
            case 0 -> new Mood.Refuse(random.nextBoolean() ? 503 : 429, "1");
            case 1 -> new Mood.LineNotNow(0, 503);
            case 2 -> new Mood.Well();
            default -> new Mood.Cut(random.nextInt(300), 1 + random.nextInt(9_000));
          });
    }
    List<Result> results = send(commands(700));
    assertThat(results).as("seed %d", seed).hasSize(700).allMatch(Result::isAccepted);
    assertThat(api.effects()).hasSize(700);
  }
}
