package xalesin.projection.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import xalesin.projection.search.BruteSearch.Part;
import xalesin.projection.search.BruteSearch.Phrase;
import xalesin.projection.search.BruteSearch.Without;
import xalesin.projection.search.BruteSearch.Words;

/** What somebody might type who looks for things that have these words and codes. */
public final class RandomTyping {
  private final Random random;
  private final List<String> words;
  private final List<String> codes;

  public RandomTyping(Random random, List<String> words, List<String> codes) {
    this.random = random;
    this.words = words;
    this.codes = codes;
  }

  /** At least one that is wanted; the last is open when it is words. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      parts.add(part(false));
    }
    boolean wanted = parts.stream().anyMatch(part -> !(part instanceof Without));
    Part last = part(true);
    while (!wanted && last instanceof Without) {
      last = part(true);
    }
    parts.add(last);
    return parts;
  }

  private Part part(boolean last) {
    return switch (random.nextInt(8)) {
      case 0 -> new Phrase(pick(words) + " " + pick(words));
      case 1 -> new Phrase(pick(words));
      case 2 -> new Without(pick(words), random.nextBoolean());
      case 3 -> new Without(pick(words) + " " + pick(words), true);
      case 4 -> new Words(pick(codes), last);
      default -> new Words(misspelt(pick(words)), last);
    };
  }

  /** As people type: perhaps the beginning only, without accents, or one letter wrong. */
  private String misspelt(String word) {
    int at = random.nextInt(word.length());
    String typed =
        switch (random.nextInt(8)) {
          case 0 -> word.substring(0, at + 1);
          case 1 -> word.substring(0, at) + word.substring(at + 1);
          case 2 -> word.substring(0, at) + 'x' + word.substring(at);
          case 3 -> word.substring(0, at) + 'x' + word.substring(at + 1);
          case 4 ->
              at + 1 == word.length()
                  ? word
                  : word.substring(0, at)
                      + word.charAt(at + 1)
                      + word.charAt(at)
                      + word.substring(at + 2);
          case 5 -> String.join(" ", BruteSearch.words(word)).replace(' ', '-');
          default -> word;
        };
    String shown = random.nextInt(4) == 0 ? typed.toUpperCase(Locale.ROOT) : typed;
    boolean hasWord = !BruteSearch.words(shown).isEmpty();
    return hasWord && !shown.startsWith("-") ? shown : word;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
