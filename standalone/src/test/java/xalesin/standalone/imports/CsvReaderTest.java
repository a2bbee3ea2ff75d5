package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReaderTest {
  @TempDir private Path folder;

  private List<String> read(byte[] content, String... columns) throws IOException {
    Path file = folder.resolve("items.csv");
    Files.write(file, content);
    List<String> rows = new ArrayList<>();
    try (CsvReader reader = new CsvReader(file, List.of(columns))) {
      for (CsvReader.Row row = reader.next(); row != null; row = reader.next()) {
        StringBuilder text = new StringBuilder().append(row.place().line());
        if (row.fault() == null) {
          for (String column : columns) {
            text.append('|').append(row.value(column));
          }
        } else {
          text.append(' ').append(row.fault());
        }
        rows.add(text.toString());
      }
    }
    return rows;
  }

  private List<String> read(String content, String... columns) throws IOException {
    return read(content.getBytes(UTF_8), columns);
  }

  @Test
  void values_are_found_by_the_header_whatever_the_order() throws IOException {
    assertThat(read("id,name,rest\n1,Chai,x\n2,Tunnbröd,y", "name", "id"))
        .containsExactly("2|Chai|1", "3|Tunnbröd|2");
  }

  @Test
  void quotes_hold_commas_quotes_and_lines() throws IOException {
    assertThat(
            read(
                "\ufeffid,name\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n\r\n2,d\r\n3,\"e\n\nf\"",
                "id",
                "name"))
        .containsExactly("2|1|a, \"b\"\r\nc", "5|2|d", "6|3|e\n\nf");
  }

  @Test
  void a_header_alone_gives_no_rows_and_nothing_at_all_is_no_file() throws IOException {
    assertThat(read("id,name\n", "id")).isEmpty();
    assertThatThrownBy(() -> read("", "id"))
        .isInstanceOf(ImportException.class)
        .hasMessageEndingWith("items.csv, line 1: is empty, a header is expected");
  }

  @Test
  void missing_and_doubled_columns_are_named() {
    assertThatThrownBy(() -> read("id,nom,prix\n", "id", "name", "price"))
        .hasMessageEndingWith("line 1: the header lacks name, price; it has id, nom, prix");
    assertThatThrownBy(() -> read("id,name,id\n", "id"))
        .hasMessageEndingWith("line 1: the header has the column \"id\" twice");
    assertThatThrownBy(() -> read("a,".repeat(1_000) + "b\n", "b"))
        .hasMessageEndingWith("line 1: has more than 1000 columns");
  }

  @Test
  void a_row_of_another_width_is_told_and_the_next_ones_count() throws IOException {
    assertThat(read("id,name\n1,a,b\n2\n3,c\n", "id", "name"))
        .containsExactly(
            "2 has 3 columns, the header has 2", "3 has 1 columns, the header has 2", "4|3|c");
  }

  @Test
  void another_encoding_is_told_with_its_line() {
    String content = "id,name\n1,Chai\n2,\"two\nlines\"\n3,Tunnbröd\n4,x\n";
    assertThatThrownBy(() -> read(content.getBytes(ISO_8859_1), "id"))
        .isInstanceOf(ImportException.class)
        .hasMessageEndingWith("items.csv, line 5: is not UTF-8: save the file in that encoding");
    assertThatThrownBy(() -> read(content.getBytes(UTF_16), "id"))
        .hasMessageEndingWith("items.csv, line 1: is not UTF-8: save the file in that encoding");
  }

  @Test
  void a_quote_that_is_not_closed_is_told_with_its_line() {
    assertThatThrownBy(() -> read("id,name\n1,a\n2,\"b\n3,c\n", "id"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("items.csv, line 3: is not CSV: ");
    assertThatThrownBy(() -> read("id,name\n1,a\n2,\"b\"x\n3,c\n", "id"))
        .hasMessageContaining("items.csv, line 3: is not CSV: ");
  }

  @Test
  void an_open_quote_in_a_large_file_does_not_swallow_it() {
    assertThatThrownBy(() -> read("id,name\n1,\"a\n" + "2,b\n".repeat(300_000), "id"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("line 2: is not CSV: a row is longer than 1048576 characters");
  }

  @Test
  void a_large_file_of_small_rows_is_no_large_row() throws IOException {
    assertThat(read("id,name\n" + "2,b\n".repeat(300_000), "id").size()).isEqualTo(300_000);
  }
}
