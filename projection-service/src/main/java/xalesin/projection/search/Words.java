package xalesin.projection.search;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.jspecify.annotations.Nullable;

/**
 * The words of a text, the same for what is indexed, what is asked for and what is highlighted:
 * everything but letters, digits and their marks separates; the rest is cut by the rules of Unicode
 * (UAX #29, {@link StandardTokenizer}: one word per ideograph), in lower case and without accents
 * ({@link ASCIIFoldingFilter}: "Größe" is "grosse").
 *
 * <p>In the index every word begins with its tenant, see {@link #prefix}: so the words that a
 * beginning or a typing error leads to, and how rare a word is, know of one tenant alone.
 */
final class Words extends Analyzer {
  /** Behind the tenant in a word of the index; no tenant's name has one. */
  private static final char END = '\0';

  /** From here on letters may be written in more than one way. */
  private static final char FIRST_COMBINING = '\u0300';

  /** Searches come on threads of their own: what they leave behind would not be met again. */
  private static final ReuseStrategy KEEP_NOTHING =
      new ReuseStrategy() {
        @Override
        public @Nullable TokenStreamComponents getReusableComponents(
            Analyzer analyzer, String field) {
          return null;
        }

        @Override
        public void setReusableComponents(
            Analyzer analyzer, String field, TokenStreamComponents components) {
          // Kept by nobody.
        }
      };

  private static final Words PLAIN = new Words(() -> "", KEEP_NOTHING);

  private final Supplier<String> prefix;

  private Words(Supplier<String> prefix, ReuseStrategy reuse) {
    super(reuse);
    this.prefix = prefix;
  }

  /** For one writing thread at a time; the prefix is asked for at each text. */
  static Words indexing(Supplier<String> prefix) {
    return new Words(prefix, GLOBAL_REUSE_STRATEGY);
  }

  /** For any thread. */
  static Words of(String tenant) {
    String prefix = prefix(tenant);
    return new Words(() -> prefix, KEEP_NOTHING);
  }

  /** What all words of a tenant begin with. */
  static String prefix(String tenant) {
    return tenant + END;
  }

  /** The words of a text in their order, without a tenant. */
  static List<String> in(String text) {
    List<String> words = new ArrayList<>();
    try (TokenStream stream = PLAIN.tokenStream("", normal(text))) {
      CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(word.toString());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
    return words;
  }

  /** The text with each letter written in one way (Unicode's form C); places in it are its own. */
  static String normal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_COMBINING) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
      }
    }
    return text;
  }

  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer words = new StandardTokenizer();
    TokenStream folded = new ASCIIFoldingFilter(new LowerCaseFilter(words));
    return new TokenStreamComponents(words, new OfTenant(folded, prefix));
  }

  @Override
  protected Reader initReader(String field, Reader reader) {
    try {
      return new StringReader(blanked(reader));
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
  }

  /** Blanks for all that separates, so that every letter keeps its place. */
  private static String blanked(Reader reader) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[1_024];
    for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
      text.append(buffer, 0, read);
    }
    for (int i = 0; i < text.length(); ) {
      int letter = text.codePointAt(i);
      int end = i + Character.charCount(letter);
      boolean part = isPartOfWord(letter);
      for (; i < end; i++) {
        if (!part) {
          text.setCharAt(i, ' ');
        }
      }
    }
    return text.toString();
  }

  private static boolean isPartOfWord(int letter) {
    return Character.isLetterOrDigit(letter)
        || switch (Character.getType(letter)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              true;
          default -> false;
        };
  }

  /** Puts the tenant before each word. */
  private static final class OfTenant extends TokenFilter {
    private final CharTermAttribute word = addAttribute(CharTermAttribute.class);
    private final Supplier<String> prefix;

    OfTenant(TokenStream input, Supplier<String> prefix) {
      super(input);
      this.prefix = prefix;
    }

    @Override
    public boolean incrementToken() throws IOException {
      if (!input.incrementToken()) {
        return false;
      }
      String tenant = prefix.get();
      int length = word.length();
      if (!tenant.isEmpty()) {
        char[] letters = word.resizeBuffer(tenant.length() + length);
        System.arraycopy(letters, 0, letters, tenant.length(), length);
        tenant.getChars(0, tenant.length(), letters, 0);
        word.setLength(tenant.length() + length);
      }
      return true;
    }
  }
}
