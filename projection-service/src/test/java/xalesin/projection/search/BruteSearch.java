package xalesin.projection.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import xalesin.projection.search.Things.Thing;

/**
 * Which rows a search must find, by looking at every word of every row. Knows nothing of Lucene and
 * nothing of how searches are taken apart: it is given the parts.
 */
public final class BruteSearch {
  private BruteSearch() {}

  /** A part of a search as a test made it. */
  public sealed interface Part {
    /** As it is typed. */
    String typed();
  }

  /** A word, or words and what separates them. */
  public record Words(String typed, boolean last) implements Part {}

  public record Phrase(String inside) implements Part {
    @Override
    public String typed() {
      return '"' + inside + '"';
    }
  }

  public record Without(String inside, boolean quoted) implements Part {
    @Override
    public String typed() {
      return quoted ? "-\"" + inside + '"' : '-' + inside;
    }
  }

  /**
   * What there is to be found of a row.
   *
   * @param words of each text
   * @param terms of all codes
   */
  public record Texts(List<List<String>> words, List<String> terms) {
    public static Texts of(List<String> texts, List<String> codes) {
      return new Texts(
          texts.stream().map(BruteSearch::words).toList(),
          codes.stream().flatMap(code -> codeTerms(code).stream()).toList());
    }
  }

  static boolean matches(List<Part> parts, Thing thing) {
    List<String> texts = new ArrayList<>(List.of(thing.name()));
    if (thing.note() != null) {
      texts.add(thing.note());
    }
    return matches(parts, Texts.of(texts, List.of(thing.code())));
  }

  /** Whether a row of these texts and codes is found. */
  public static boolean matches(List<Part> parts, Texts row) {
    return parts.stream().allMatch(part -> matches(part, row.words(), row.terms()));
  }

  private static boolean matches(Part part, List<List<String>> texts, List<String> codes) {
    return switch (part) {
      case Words(String typed, boolean last) -> {
        List<String> words = words(typed);
        boolean each = true;
        for (int i = 0; i < words.size(); i++) {
          each &= word(words.get(i), last && i == words.size() - 1, texts, codes);
        }
        yield each || isBeginning(String.join("", words), codes);
      }
      case Phrase(String inside) -> {
        List<String> words = words(inside);
        yield hasPhrase(words, texts)
            || (words.size() == 1
                ? codes.contains(words.getFirst())
                : isBeginning(String.join("", words), codes));
      }
      case Without(String inside, _) -> {
        List<String> words = words(inside);
        yield !hasPhrase(words, texts) && !codes.contains(String.join("", words));
      }
    };
  }

  private static boolean word(
      String word, boolean open, List<List<String>> texts, List<String> codes) {
    boolean forgiven = word.chars().filter(Character::isLetter).count() >= 4;
    for (List<String> text : texts) {
      for (String there : text) {
        if (there.equals(word)
            || (open && there.startsWith(word))
            || (forgiven && oneEdit(word, there))) {
          return true;
        }
      }
    }
    return isBeginning(word, codes);
  }

  private static boolean isBeginning(String word, List<String> codes) {
    return codes.stream().anyMatch(code -> code.startsWith(word));
  }

  private static boolean hasPhrase(List<String> phrase, List<List<String>> texts) {
    for (List<String> text : texts) {
      for (int i = 0; i + phrase.size() <= text.size(); i++) {
        if (text.subList(i, i + phrase.size()).equals(phrase)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> codeTerms(String code) {
    List<String> parts = words(code);
    List<String> terms = new ArrayList<>(parts);
    for (int i = 0; i < parts.size(); i++) {
      terms.add(String.join("", parts.subList(i, parts.size())));
    }
    return terms;
  }

  /** At most one letter more, less or other, or two neighbours that have changed places. */
  static boolean oneEdit(String a, String b) {
    int from = 0;
    while (from < a.length() && from < b.length() && a.charAt(from) == b.charAt(from)) {
      from++;
    }
    String restA = a.substring(from);
    String restB = b.substring(from);
    if (restA.isEmpty() || restB.isEmpty()) {
      return restA.length() + restB.length() <= 1;
    }
    boolean swapped =
        restA.length() > 1
            && restB.length() > 1
            && restA.charAt(0) == restB.charAt(1)
            && restA.charAt(1) == restB.charAt(0)
            && restA.substring(2).equals(restB.substring(2));
    return swapped
        || restA.substring(1).equals(restB.substring(1))
        || restA.substring(1).equals(restB)
        || restA.equals(restB.substring(1));
  }

  /** Without accents, in lower case, cut at all but letters and digits; ideographs are words. */
  public static List<String> words(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replace("ß", "ss")
            .replace("ø", "o")
            .replace("æ", "ae")
            .replace("ł", "l")
            .replaceAll("(\\p{IsHan})", " $1 ");
    return Arrays.stream(plain.split("[^\\p{L}\\p{Nd}]+")).filter(w -> !w.isEmpty()).toList();
  }
}
