package xalesin.bench.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final EventStream stream = new EventStream();
  private final EventStream.Scratch scratch = new EventStream.Scratch();
  private final List<String> events = new ArrayList<>();

  private static String chunk(String text) {
    return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
  }

  private void read(String text) throws ProtocolException {
    stream.read(ByteBuffer.wrap(text.getBytes(UTF_8)), scratch, this::note);
  }

  private void note(ServerEvent event) {
    String data =
        event.hasData()
            ? new String(event.bytes(), event.dataStart(), event.dataLength(), UTF_8)
            : "-";
    events.add(event.kind() + " " + event.id() + " " + data);
  }

  @Test
  void events_are_the_same_in_whatever_pieces_their_bytes_arrive() throws Exception {
    String answer =
        HEAD
            + chunk("retry: 1000\n\n")
            + chunk("id: 7\nevent: snapshot\ndata: {\"städte\":[]}\n\n")
            + chunk("id: 8\nevent: batch\nda")
            + chunk("ta: {}\n")
            + chunk("\n: ping\nid: 9\n\nevent: reset\ndata: {\"sequence\":9}\n\n")
            + "0\r\n";
    byte[] bytes = answer.getBytes(UTF_8);
    for (int piece = 1; piece <= bytes.length; piece++) {
      EventStream fresh = new EventStream();
      events.clear();
      for (int at = 0; at < bytes.length; at += piece) {
        int length = Math.min(piece, bytes.length - at);
        fresh.read(ByteBuffer.wrap(bytes, at, length), scratch, this::note);
      }
      assertThat(events)
          .as("in pieces of %d bytes", piece)
          .containsExactly(
              "OTHER -1 -",
              "SNAPSHOT 7 {\"städte\":[]}",
              "BATCH 8 {}",
              "OTHER 9 -",
              "RESET -1 {\"sequence\":9}");
      assertThat(fresh.hasEnded()).isTrue();
    }
  }

  @Test
  void streams_that_share_a_scratch_do_not_mix() throws Exception {
    EventStream other = new EventStream();
    read(HEAD + chunk("id: 1\nevent: batch\nda"));
    String second = HEAD + chunk("id: 2\nevent: batch\ndata: b\n\n");
    other.read(ByteBuffer.wrap(second.getBytes(UTF_8)), scratch, this::note);
    read(chunk("ta: a\n\n"));
    assertThat(events).containsExactly("BATCH 2 b", "BATCH 1 a");
  }

  @Test
  void a_refusal_says_when_to_come_again() throws Exception {
    read("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 10\r\nContent-Length: 2\r\n\r\n{}");
    assertThat(stream.status()).isEqualTo(429);
    assertThat(stream.retryAfterSeconds()).isEqualTo(10);
    assertThat(events).isEmpty();
  }

  @Test
  void what_is_no_event_stream_is_refused() throws Exception {
    for (String answer :
        List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
            "nonsense, not HTTP\r\n\r\n",
            HEAD + "x\r\n",
            HEAD + "2\r\nabc",
            HEAD + chunk("event: news\ndata: {}\n\n"),
            HEAD + chunk("event: batch\n\n"),
            HEAD + chunk("id: abc\n\n"),
            HEAD + chunk("data: a\ndata: b\n\n"),
            HEAD + chunk("what\n\n"))) {
      EventStream fresh = new EventStream();
      ByteBuffer bytes = ByteBuffer.wrap(answer.getBytes(UTF_8));
      assertThatThrownBy(() -> fresh.read(bytes, scratch, this::note))
          .as(answer)
          .isInstanceOf(ProtocolException.class);
    }
  }
}
