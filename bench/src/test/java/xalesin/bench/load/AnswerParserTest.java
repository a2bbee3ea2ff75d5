package xalesin.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AnswerParserTest {
  private final AnswerParser parser = new AnswerParser();

  private boolean feed(String text) throws MalformedAnswerException {
    boolean complete = false;
    byte[] bytes = text.getBytes(ISO_8859_1);
    int at = 0;
    while (at < bytes.length) {
      var space = parser.space();
      int count = Math.min(space.remaining(), bytes.length - at);
      space.put(bytes, at, count);
      at += count;
      complete = parser.advance();
    }
    return complete;
  }

  @Test
  void reads_an_answer_that_comes_in_one_piece() throws Exception {
    assertThat(feed("HTTP/1.1 201 Created\r\nETag: \"3\"\r\nContent-Length: 5\r\n\r\nhello"))
        .isTrue();

    assertThat(parser.status()).isEqualTo(201);
    assertThat(parser.body()).isEqualTo("hello");
    assertThat(parser.bodyLength()).isEqualTo(5);
    assertThat(parser.header("etag")).isEqualTo("\"3\"");
    assertThat(parser.header("ETAG")).isEqualTo("\"3\"");
    assertThat(parser.header("Consistency-Token")).isNull();
  }

  @Test
  void reads_the_same_answer_wherever_it_is_split() throws Exception {
    String plain = "HTTP/1.1 200 OK\r\ncontent-length:5\r\nX: y\r\n\r\nhello";
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=1\r\nlo\r\n0\r\n\r\n";
    for (String answer : new String[] {plain, chunked}) {
      for (int cut = 1; cut < answer.length(); cut++) {
        parser.reset();
        assertThat(feed(answer.substring(0, cut))).isFalse();
        assertThat(feed(answer.substring(cut))).as("cut at %d", cut).isTrue();
        assertThat(parser.body()).isEqualTo("hello");
      }
    }
  }

  @Test
  void reads_chunks_that_come_byte_by_byte_with_a_trailer() throws Exception {
    String head = "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n";
    String body = "b\r\nhello world\r\n1\r\n!\r\n0\r\nX-Sum: 1\r\n\r\n";
    String answer = head + body;
    for (int i = 0; i < answer.length() - 1; i++) {
      assertThat(feed(answer.substring(i, i + 1))).isFalse();
    }
    assertThat(feed("\n")).isTrue();
    assertThat(parser.body()).isEqualTo("hello world!");
  }

  @Test
  void reads_one_answer_after_another() throws Exception {
    assertThat(feed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\na")).isTrue();
    assertThat(parser.lastOfConnection()).isTrue();
    parser.reset();
    assertThat(feed("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nbc")).isTrue();

    assertThat(parser.status()).isEqualTo(404);
    assertThat(parser.body()).isEqualTo("bc");
    assertThat(parser.lastOfConnection()).isFalse();
  }

  @Test
  void an_answer_without_content_needs_no_length() throws Exception {
    assertThat(feed("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n")).isTrue();
    assertThat(parser.bodyLength()).isZero();
  }

  @Test
  void grows_for_a_large_answer() throws Exception {
    String body = "x".repeat(200_000);
    assertThat(feed("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + body)).isTrue();
    assertThat(parser.body()).isEqualTo(body);
  }

  @Test
  void finds_text_and_numbers_in_the_body() throws Exception {
    feed("HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{\"id\":\"a\",\"version\":123}");
    int at = parser.indexInBody("\"version\":".getBytes(ISO_8859_1), 0);

    assertThat(parser.numberInBody(at + 10)).isEqualTo(123);
    assertThat(parser.numberInBody(0)).isEqualTo(-1);
    assertThat(parser.indexInBody("\"missing\"".getBytes(ISO_8859_1), 0)).isEqualTo(-1);
    assertThat(parser.indexInBody("\"id\"".getBytes(ISO_8859_1), 5)).isEqualTo(-1);
  }

  @Test
  void refuses_what_is_not_an_http_answer() {
    assertMalformed("SSH-2.0-OpenSSH_9\r\n\r\n");
    assertMalformed("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    assertMalformed("HTTP/1.1 100 Continue\r\n\r\n");
    assertMalformed("HTTP/1.1 200 OK\r\nX: y\r\n\r\n");
    assertMalformed("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
    assertMalformed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    assertMalformed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n");
    assertMalformed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc");
  }

  @Test
  void refuses_bytes_beyond_the_answer() {
    assertMalformed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab");
  }

  private void assertMalformed(String text) {
    parser.reset();
    assertThatThrownBy(() -> feed(text)).isInstanceOf(MalformedAnswerException.class);
  }
}
