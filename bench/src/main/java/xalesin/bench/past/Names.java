package xalesin.bench.past;

import java.util.List;

/** Words of which names are made. Stateless. */
final class Names {
  static final List<String> KINDS =
      List.of("Bolt", "Bearing", "Hinge", "Valve", "Gasket", "Cable", "Sensor", "Bracket");
  static final List<String> MATERIALS =
      List.of("steel", "brass", "zinc-plated", "stainless", "nylon", "copper", "aluminium");

  private static final String CONSONANTS = "bdfgklmnprstvwxz";
  private static final String VOWELS = "aeiou";
  private static final int SYLLABLES = 80;
  private static final int WORDS = SYLLABLES * SYLLABLES * SYLLABLES * SYLLABLES;

  /** Has no common divisor with the number of words, so that no two numbers have one word. */
  private static final long STRIDE = 7_368_787;

  private Names() {}

  /** The invented name of a brand, of eight letters; neighbours are not alike. */
  static String brand(int number) {
    long rest = Math.floorMod((number + 1) * STRIDE, WORDS);
    StringBuilder word = new StringBuilder(8);
    for (int i = 0; i < 4; i++) {
      int syllable = (int) (rest % SYLLABLES);
      word.append(CONSONANTS.charAt(syllable / VOWELS.length()));
      word.append(VOWELS.charAt(syllable % VOWELS.length()));
      rest /= SYLLABLES;
    }
    word.setCharAt(0, Character.toUpperCase(word.charAt(0)));
    return word.toString();
  }
}
