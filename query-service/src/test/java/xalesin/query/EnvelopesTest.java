package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopesTest {
  private static byte[] row(String json) {
    return json.getBytes(UTF_8);
  }

  @Test
  void a_list_says_where_it_goes_on() {
    assertThat(new String(Envelopes.list(List.of(row("{}"), row("{\"ä\":1}")), "abc", 70), UTF_8))
        .isEqualTo(
            "{\"items\":[{},{\"ä\":1}],\"nextCursor\":\"abc\",\"hasMore\":true,\"total\":70}");
  }

  @Test
  void a_list_says_that_it_ends() {
    assertThat(new String(Envelopes.list(List.of(), null, 0), UTF_8))
        .isEqualTo("{\"items\":[],\"nextCursor\":null,\"hasMore\":false,\"total\":0}");
  }

  @Test
  void missing_ids_come_back_as_they_were_asked() {
    assertThat(new String(Envelopes.found(List.of(row("{}")), List.of("a\"b", "ü")), UTF_8))
        .isEqualTo("{\"items\":[{}],\"missing\":[\"a\\\"b\",\"ü\"]}");
  }

  @Test
  void anchors_come_with_the_total() {
    assertThat(new String(Envelopes.anchors(450, List.of("x", "y")), UTF_8))
        .isEqualTo("{\"total\":450,\"cursors\":[\"x\",\"y\"]}");
  }

  @Test
  void a_selection_keeps_what_was_asked_for_in_the_order_of_the_row() {
    FieldSelection fields = FieldSelection.of(List.of("price", "id", "version", "id"));
    assertThat(
            new String(
                fields.of(
                    row(
                        "{\"id\":\"1\",\"a\":[{\"id\":2}],\"price\":{\"amount\":\"1.50\","
                            + "\"id\":null},\"version\":9007199254740993}")),
                UTF_8))
        .isEqualTo(
            "{\"id\":\"1\",\"price\":{\"amount\":\"1.50\",\"id\":null},"
                + "\"version\":9007199254740993}");
  }
}
