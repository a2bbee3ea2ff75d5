package xalesin.projection.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import xalesin.projection.search.SearchText.Piece;
import xalesin.projection.search.SearchText.RefusedException;

class SearchTextTest {
  private static Piece word(String word) {
    return new Piece(List.of(word), false, false);
  }

  private static Piece open(String... words) {
    return new Piece(List.of(words), false, true);
  }

  private static Piece phrase(String... words) {
    return new Piece(List.of(words), true, false);
  }

  @Test
  void every_word_is_wanted_and_the_last_may_go_on() {
    assertThat(SearchText.parse("Steel  BOLT, m8").wanted())
        .containsExactly(word("steel"), word("bolt"), open("m8"));
  }

  @Test
  void quotes_make_phrases_and_a_lone_one_is_punctuation() {
    assertThat(SearchText.parse("\"red steel\" bolt").wanted())
        .containsExactly(phrase("red", "steel"), open("bolt"));
    assertThat(SearchText.parse("bolt “red steel”").wanted())
        .containsExactly(word("bolt"), phrase("red", "steel"));
    assertThat(SearchText.parse("red \"steel").wanted())
        .containsExactly(word("red"), open("steel"));
    assertThat(SearchText.parse("bolt\"red\"").wanted())
        .containsExactly(word("bolt"), phrase("red"));
  }

  @Test
  void minus_leaves_out_a_word_or_a_phrase() {
    SearchText text = SearchText.parse("bolt -red -\"not steel\" -a-b");
    assertThat(text.wanted()).containsExactly(word("bolt"));
    assertThat(text.excluded())
        .containsExactly(phrase("red"), phrase("not", "steel"), phrase("a", "b"));
    assertThat(SearchText.parse("a - b").wanted()).containsExactly(word("a"), open("b"));
    assertThat(SearchText.parse("AB-12").wanted()).containsExactly(open("ab", "12"));
  }

  @Test
  void accents_case_and_ways_of_writing_a_letter_make_no_difference() {
    assertThat(SearchText.parse("GRÖSSE größe gro\u0308ße").wanted())
        .containsExactly(word("grosse"), word("grosse"), open("grosse"));
  }

  @Test
  void what_asks_for_no_word_is_refused() {
    for (String none : List.of("", "   ", "\"", "\"\"", "*?~^", "\u0000\ud800", "- -- ---")) {
      assertThatThrownBy(() -> SearchText.parse(none))
          .as(none)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("no word");
    }
    assertThatThrownBy(() -> SearchText.parse("-red -\"not steel\""))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("leave out");
  }

  @Test
  void more_than_people_type_is_refused() {
    assertThatThrownBy(() -> SearchText.parse("a ".repeat(SearchText.MAX_WORDS + 1)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(SearchText.MAX_WORDS + " words");
    assertThatThrownBy(() -> SearchText.parse("a".repeat(SearchText.MAX_LENGTH + 1)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(SearchText.MAX_LENGTH + " characters");
    assertThat(SearchText.parse("a ".repeat(SearchText.MAX_WORDS)).wanted())
        .hasSize(SearchText.MAX_WORDS);
  }

  @Test
  void a_code_is_found_by_its_parts_and_by_what_follows_them() {
    assertThat(Codes.terms("AB-12/7")).containsExactlyInAnyOrder("ab", "12", "7", "ab127", "127");
    assertThat(Codes.terms("")).isEmpty();
    assertThat(Codes.terms("-".repeat(50) + "x-".repeat(50))).hasSizeLessThan(32);
  }

  @Test
  void two_words_for_the_same_stored_form_do_not_exist() {
    assertThat(Words.in("it's 3.5mm wi_fi ÆØÅ straße 東京 ｆｕｌｌ"))
        .containsExactly("it", "s", "3", "5mm", "wi", "fi", "aeoa", "strasse", "東", "京", "full");
  }
}
