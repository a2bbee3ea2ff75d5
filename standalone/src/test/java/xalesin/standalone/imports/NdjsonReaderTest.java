package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NdjsonReaderTest {
  @TempDir private Path folder;

  private List<Entry> read(byte[] content) throws IOException {
    Path file = folder.resolve("commands.ndjson");
    Files.write(file, content);
    return Entries.all(new NdjsonReader(file, "0abc"));
  }

  private List<String> texts(String content) throws IOException {
    return read(content.getBytes(UTF_8)).stream().map(Entries::text).toList();
  }

  @Test
  void a_line_with_its_own_key_is_sent_as_it_was_written() throws IOException {
    String line = "{ \"command\":\"a.b\",\t\"idempotencyKey\":\"k\", \"data\":{\"n\":1.10}}";
    assertThat(texts(line + "\n")).containsExactly(line);
  }

  @Test
  void a_line_without_a_key_gets_one_of_the_content_and_the_line() throws IOException {
    assertThat(texts("\r\n  {\"command\":\"a.b\",\"data\":{\"n\":1.10}}\r\n\n"))
        .containsExactly(
            "{\"idempotencyKey\":\"import/0abc/2\",\"command\":\"a.b\",\"data\":{\"n\":1.10}}");
  }

  @Test
  void a_byte_order_mark_and_a_missing_last_line_end_do_not_matter() throws IOException {
    String line = "{\"command\":\"a.b\",\"idempotencyKey\":\"k\",\"data\":{\"name\":\"Zoë\"}}";
    assertThat(texts("\ufeff" + line)).containsExactly(line);
    assertThat(texts("")).isEmpty();
    assertThat(texts("\ufeff")).isEmpty();
  }

  @Test
  void a_line_that_is_no_command_is_told_and_the_next_ones_count() throws IOException {
    String good = "{\"command\":\"a.b\",\"idempotencyKey\":\"k\"}";
    assertThat(
            texts(
                String.join(
                    "\n",
                    "nonsense",
                    "{\"command\":\"a.b\"",
                    "[]",
                    "{\"data\":{}}",
                    "{\"command\":7}",
                    "{\"command\":\"a.b\",\"command\":\"c.d\"}",
                    good + " {}",
                    "[".repeat(1_000),
                    good)))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("line 1: is not JSON: Unrecognized token"),
            cut -> assertThat(cut).startsWith("line 2: is not JSON"),
            array -> assertThat(array).startsWith("line 3: is not a command"),
            without -> assertThat(without).startsWith("line 4: is not a command"),
            number -> assertThat(number).startsWith("line 5: is not a command"),
            twice -> assertThat(twice).startsWith("line 6: is not JSON: Duplicate"),
            two -> assertThat(two).startsWith("line 7: is not JSON"),
            deep -> assertThat(deep).startsWith("line 8: is not JSON"),
            last -> assertThat(last).isEqualTo(good));
  }

  @Test
  void a_line_in_another_encoding_is_told() throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes("{\"command\":\"a.b\",\"data\":{\"name\":\"Zoë\"}}\n".getBytes(ISO_8859_1));
    content.writeBytes("{\"command\":\"a.b\",\"idempotencyKey\":\"k\"}\n".getBytes(UTF_8));
    assertThat(read(content.toByteArray()).stream().map(Entries::text))
        .containsExactly("line 1: is not UTF-8", "{\"command\":\"a.b\",\"idempotencyKey\":\"k\"}");
  }

  @Test
  void a_huge_line_is_dropped_and_told() throws IOException {
    String good = "{\"command\":\"a.b\",\"idempotencyKey\":\"k\"}";
    assertThat(texts("{\"x\":\"" + "y".repeat(1_000_000) + "\"}\n" + good))
        .containsExactly("line 1: is longer than 262144 bytes", good);
  }
}
