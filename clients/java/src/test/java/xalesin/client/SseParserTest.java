package xalesin.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SseParserTest {
  private static final String STREAM =
      """
      \uFEFFretry: 1500

      : a comment
      id: 7
      event: batch
      data: {"name":"Grüner Tee €"}

      data: one
      data:two
      data:
      data:  three

      : ping
      id: 9

      event: nothing

      unknown: field
      retry: soon
      id
      data

      event: batch
      data: cut off""";

  private static final List<String> EVENTS =
      List.of(
          "retry 1500",
          "batch 7 {\"name\":\"Grüner Tee €\"}",
          "message null one\ntwo\n\n three",
          "message 9 ",
          "message  ");

  /** Writes down what it is told. */
  private static final class Notes implements SseParser.Handler {
    final List<String> told = new ArrayList<>();

    @Override
    public void event(String type, @Nullable String id, byte[] data) {
      told.add(type + " " + id + " " + new String(data, UTF_8));
    }

    @Override
    public void retry(long millis) {
      told.add("retry " + millis);
    }
  }

  private static List<String> parsed(int limit, byte[]... pieces) throws ProtocolException {
    Notes notes = new Notes();
    SseParser parser = new SseParser(limit, notes);
    for (byte[] piece : pieces) {
      parser.feed(piece, 0, piece.length);
    }
    return notes.told;
  }

  @Test
  void a_stream_may_be_cut_between_any_two_bytes_and_end_its_lines_in_any_way()
      throws ProtocolException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      byte[] bytes = STREAM.replace("\n", end).getBytes(UTF_8);
      assertThat(parsed(1_000, bytes)).isEqualTo(EVENTS);
      for (int cut = 0; cut <= bytes.length; cut++) {
        byte[] first = java.util.Arrays.copyOfRange(bytes, 0, cut);
        byte[] second = java.util.Arrays.copyOfRange(bytes, cut, bytes.length);
        assertThat(parsed(1_000, first, second)).as("cut at " + cut).isEqualTo(EVENTS);
      }
      byte[][] single = new byte[bytes.length][];
      for (int i = 0; i < bytes.length; i++) {
        single[i] = new byte[] {bytes[i]};
      }
      assertThat(parsed(1_000, single)).isEqualTo(EVENTS);
    }
  }

  @Test
  void an_id_with_a_null_character_is_no_id() throws ProtocolException {
    assertThat(parsed(100, "id: 4\0\ndata: x\n\n".getBytes(UTF_8)))
        .containsExactly("message null x");
  }

  @Test
  void a_line_longer_than_is_taken_is_refused_before_it_ends() {
    byte[] most = ("data: " + "x".repeat(94)).getBytes(UTF_8);
    assertThatThrownBy(() -> parsed(100, most, "x".getBytes(UTF_8)))
        .isInstanceOf(FrameTooLargeException.class)
        .hasMessageContaining("100 bytes");
  }

  @Test
  void an_event_of_many_short_lines_is_refused_when_it_is_longer_than_is_taken() {
    byte[] line = ("data: " + "x".repeat(40) + "\n").getBytes(UTF_8);
    assertThatThrownBy(() -> parsed(100, line, line, line))
        .isInstanceOf(FrameTooLargeException.class);
  }
}
