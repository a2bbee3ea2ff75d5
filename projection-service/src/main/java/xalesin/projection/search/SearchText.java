package xalesin.projection.search;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody searches for, taken apart:
 *
 * <pre>
 * words          every one of them, the last one also as the beginning of a word
 * "two words"    these words one behind the other
 * -word -"a b"   nothing that has the word, or the words one behind the other
 * </pre>
 *
 * Everything else is punctuation and separates words; a quote that is not closed is punctuation
 * too. There is no syntax that can be wrong. Immutable.
 *
 * @param wanted at least one
 */
public record SearchText(List<Piece> wanted, List<Piece> excluded) {
  /** Longer than people type. */
  public static final int MAX_LENGTH = 500;

  /** Each word is looked up in every field: so many are answered at once. */
  public static final int MAX_WORDS = 12;

  /**
   * Words that stand together, such as those of "AB-12", which can also be a code.
   *
   * @param words at least one
   * @param phrase whether they must follow each other
   * @param open whether the last of them may be the beginning of a longer one
   */
  record Piece(List<String> words, boolean phrase, boolean open) {}

  /** What is searched for cannot be answered; the message says why, in words for the caller. */
  public static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String why) {
      super(why);
    }
  }

  public SearchText {
    wanted = List.copyOf(wanted);
    excluded = List.copyOf(excluded);
  }

  /**
   * @throws RefusedException when it is too long or asks for no word
   */
  public static SearchText parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new RefusedException("has more than %d characters".formatted(MAX_LENGTH));
    }
    List<Piece> wanted = new ArrayList<>();
    List<Piece> excluded = new ArrayList<>();
    Token lastToken = null;
    int words = 0;
    for (Token token : Token.all(Words.normal(text))) {
      List<String> parts = Words.in(token.text());
      if (!parts.isEmpty()) {
        // What is left out must not grow by being joined: "-a-b" leaves out "a b" only.
        Piece piece = new Piece(parts, token.quoted() || token.minus(), false);
        (token.minus() ? excluded : wanted).add(piece);
        words += parts.size();
        lastToken = token;
      }
    }
    if (words > MAX_WORDS) {
      throw new RefusedException("has more than %d words".formatted(MAX_WORDS));
    }
    if (wanted.isEmpty()) {
      throw new RefusedException(
          excluded.isEmpty()
              ? "has no word to search for"
              : "only says what to leave out; add a word to search for");
    }
    if (lastToken != null && !lastToken.minus() && !lastToken.quoted()) {
      wanted.add(new Piece(wanted.removeLast().words(), false, true));
    }
    return new SearchText(wanted, excluded);
  }

  /** A stretch of the text, as quotes, blanks and minus signs cut it. */
  private record Token(String text, boolean minus, boolean quoted) {
    static List<Token> all(String text) {
      List<Token> tokens = new ArrayList<>();
      int at = 0;
      while (at < text.length()) {
        if (isBlank(text.charAt(at))) {
          at++;
          continue;
        }
        boolean minus =
            text.charAt(at) == '-' && at + 1 < text.length() && !isBlank(text.charAt(at + 1));
        int from = minus ? at + 1 : at;
        int close = closing(text, from);
        if (close > 0) {
          tokens.add(new Token(text.substring(from + 1, close), minus, true));
          at = close + 1;
        } else {
          at = end(text, from);
          tokens.add(new Token(text.substring(from, at), minus, false));
        }
      }
      return tokens;
    }

    /** Where the phrase ends whose quote stands here; -1 when none does. */
    private static int closing(String text, int quote) {
      if (quote >= text.length() || !isQuote(text.charAt(quote))) {
        return -1;
      }
      for (int i = quote + 1; i < text.length(); i++) {
        if (isQuote(text.charAt(i))) {
          return i;
        }
      }
      return -1;
    }

    /** The end of the word that begins here: at a blank, or where a phrase begins. */
    private static int end(String text, int from) {
      int at = Math.min(from + 1, text.length());
      while (at < text.length() && !isBlank(text.charAt(at)) && closing(text, at) < 0) {
        at++;
      }
      return at;
    }

    private static boolean isBlank(char c) {
      return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /** Straight, and the pairs that word processors make of them. */
    private static boolean isQuote(char c) {
      return c == '"' || (c >= '\u201c' && c <= '\u201f') || c == '\u00ab' || c == '\u00bb';
    }
  }
}
