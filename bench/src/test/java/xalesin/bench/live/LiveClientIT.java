package xalesin.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import xalesin.bench.load.RawServer;

class LiveClientIT {
  private static final byte[] REQUEST =
      "GET /api/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String FRAME = "id: 1\nevent: batch\ndata: {}\n\n";
  private static final String CHUNK = Integer.toHexString(FRAME.length()) + "\r\n" + FRAME + "\r\n";

  @Test
  void every_connection_is_opened_and_each_of_its_frames_counted() throws Exception {
    Rounds rounds = new Rounds(200);
    try (RawServer server = new RawServer((_, _) -> new String[] {HEAD + CHUNK, CHUNK, CHUNK});
        LiveClient client = new LiveClient(server.uri())) {
      for (int i = 0; i < 200; i++) {
        client.add(REQUEST, new Counter(rounds), false);
      }
      client.open(LIMIT);
      assertThat(rounds.await(3, LIMIT)).isTrue();
      assertThat(client.counts().in()).isEqualTo(200);
      assertThat(client.counts().frames()).isEqualTo(600);
      assertThat(client.losses()).isEmpty();
    }
  }

  @Test
  void who_is_refused_comes_again_when_it_was_told_to() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    RawServer.Handler busy =
        (_, _) ->
            asked.incrementAndGet() == 1
                ? new String[] {"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"}
                : new String[] {HEAD + CHUNK};
    try (RawServer server = new RawServer(busy);
        LiveClient client = new LiveClient(server.uri())) {
      client.add(REQUEST, new Counter(new Rounds(1)), false);
      client.open(LIMIT);
      assertThat(client.counts().refused()).isEqualTo(1);
      assertThat(client.counts().lost()).isZero();
    }
  }

  @Test
  void a_connection_that_the_server_ends_is_lost() throws Exception {
    try (RawServer server = new RawServer((_, _) -> new String[] {HEAD + CHUNK + "0\r\n\r\n"});
        LiveClient client = new LiveClient(server.uri())) {
      client.add(REQUEST, new Counter(new Rounds(1)), false);
      assertThatThrownBy(() -> client.open(LIMIT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ended by the server");
    }
  }

  @Test
  void an_answer_that_lets_nobody_in_says_so() throws Exception {
    String refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server = new RawServer((_, _) -> new String[] {refusal});
        LiveClient client = new LiveClient(server.uri())) {
      client.add(REQUEST, new Counter(new Rounds(1)), false);
      assertThatThrownBy(() -> client.open(LIMIT)).hasMessageContaining("answered 403");
    }
  }

  @Test
  void only_this_machine_is_asked() {
    assertThatThrownBy(() -> new LiveClient(URI.create("http://192.0.2.7:80")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
