package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.edge.TestDoor.get;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** WebSockets by hand, for frames that no client library would send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorSocketTest {
  private static final int BEGINS_TEXT = 0x01;
  private static final int WHOLE_TEXT = 0x81;
  private static final int GOES_ON = 0x00;
  private static final int CLOSE = 0x88;
  private static final int MASKED = 0x80;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private TestDoor patient;
  private TestDoor impatient;

  @BeforeAll
  void open() {
    List<Route> routes =
        List.of(get("/api/socket", Role.VIEWER, x -> x.socket(x.caller(), new Receiver())));
    Duration never = TestDoor.PATIENCE;
    HttpDoorConfig config = HttpDoorConfig.of(0);
    patient = new TestDoor(config.withTimeouts(never, never, never), routes);
    impatient = new TestDoor(config.withTimeouts(never, Duration.ofMillis(500), never), routes);
  }

  @AfterAll
  void shut() {
    patient.awaitNoConnections();
    impatient.awaitNoConnections();
    patient.close();
    impatient.close();
  }

  private final class Receiver implements PushSocket.Listener {
    private final CompletableFuture<PushSocket> socket = new CompletableFuture<>();

    @Override
    public void opened(PushSocket opened) {
      socket.complete(opened);
    }

    @Override
    public void received(String message, Runnable next) {
      received.add(message);
      next.run();
    }

    @Override
    public void refused(Problem problem, Runnable next) {
      next.run();
    }

    @Override
    public void broken(Push.Ending why) {
      socket.join().end(why, true);
    }

    @Override
    public void gone() {
      socket.join().abort();
    }
  }

  private static RawHttp socket(TestDoor door) throws IOException {
    RawHttp http = new RawHttp(door.port());
    http.send(
        "GET /api/socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nAuthorization: Bearer "
            + door.token(Role.VIEWER)
            + "\r\n\r\n");
    assertThat(http.readSome().status()).isEqualTo(101);
    return http;
  }

  /** A frame's header (RFC 6455, 5.2), masked with zeros. */
  private static byte[] header(int first, long payloadBytes) {
    return ByteBuffer.allocate(14)
        .put((byte) first)
        .put((byte) (MASKED | 127))
        .putLong(payloadBytes)
        .array();
  }

  private static byte[] text(int first, String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(6 + bytes.length)
        .put((byte) first)
        .put((byte) (MASKED | bytes.length))
        .putInt(0)
        .put(bytes)
        .array();
  }

  /** The code with which the server closes next. */
  private static int closeCode(RawHttp http) throws IOException {
    String frame = http.readSome().text();
    assertThat(frame).hasSizeGreaterThan(3);
    assertThat((int) frame.charAt(0)).isEqualTo(CLOSE);
    return frame.charAt(2) << 8 | frame.charAt(3);
  }

  @Test
  void a_frame_is_refused_by_what_has_come_of_it_before_it_is_whole() throws Exception {
    try (RawHttp http = socket(patient)) {
      http.send(header(WHOLE_TEXT, 1 << 20)).send(new byte[MessageDesk.MAX_MESSAGE_BYTES]);
      http.send(new byte[1]);
      assertThat(closeCode(http)).isEqualTo(Push.Ending.TOO_LARGE.code());
    }
  }

  @Test
  void a_message_comes_whole_in_whatever_pieces_it_was_sent() throws Exception {
    try (RawHttp http = socket(patient)) {
      http.send(text(BEGINS_TEXT, "one "));
      http.send(header(GOES_ON, 4)).send("tw").send("o ");
      http.send(text(GOES_ON | 0x80, "three"));
      assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("one two three");
    }
  }

  @Test
  void a_message_that_never_ends_is_given_up_in_its_time() throws Exception {
    try (RawHttp http = socket(impatient)) {
      http.send(text(WHOLE_TEXT, "whole"));
      assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("whole");
      http.send(header(WHOLE_TEXT, 2_000)).send("a part");
      assertThat(closeCode(http)).isEqualTo(Push.Ending.TOO_SLOW.code());
    }
    try (RawHttp http = socket(impatient)) {
      http.send(text(BEGINS_TEXT, "a"));
      Trickle trickle = Trickle.start(() -> http.send(text(GOES_ON, "b")));
      assertThat(closeCode(http)).isEqualTo(Push.Ending.TOO_SLOW.code());
      trickle.endAndWait();
    }
  }
}
