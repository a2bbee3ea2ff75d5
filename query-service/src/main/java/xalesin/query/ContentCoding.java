package xalesin.query;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is compressed (RFC 9110, section 8.4.1), the best first. Levels are those at which
 * a page of a list takes about a tenth of a millisecond.
 */
enum ContentCoding {
  ZSTD("zstd") {
    @Override
    byte[] compress(byte[] plain) {
      return Zstd.compress(plain, ZSTD_LEVEL);
    }
  },
  BROTLI("br") {
    @Override
    byte[] compress(byte[] plain) {
      try {
        return Encoder.compress(plain, new Encoder.Parameters().setQuality(BROTLI_QUALITY));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },
  GZIP("gzip") {
    @Override
    byte[] compress(byte[] plain) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4);
      try (GZIPOutputStream gzip = new Gzip(bytes)) {
        gzip.write(plain);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  };

  /** Those that this machine can do: Brotli comes as a native library, and not for every one. */
  static final List<ContentCoding> AVAILABLE =
      Brotli4jLoader.isAvailable() ? List.of(values()) : List.of(ZSTD, GZIP);

  /** What is smaller fits a packet or two as it is. */
  static final int MIN_BYTES = 1_024;

  private static final int ZSTD_LEVEL = 3;
  private static final int BROTLI_QUALITY = 4;
  private static final int GZIP_LEVEL = 6;
  private static final int BUFFER_BYTES = 8 * 1024;

  /** More of a header is not looked at. */
  private static final int MAX_CHOICES = 32;

  private final String token;

  ContentCoding(String token) {
    this.token = token;
  }

  /** Its name in headers. */
  String token() {
    return token;
  }

  abstract byte[] compress(byte[] plain);

  /**
   * The coding to answer with under an `Accept-Encoding` (RFC 9110, section 12.5.3): the one with
   * the greatest weight, of equal ones the best; null when none is wanted more than the answer as
   * it is. What cannot be read is passed over.
   */
  static @Nullable ContentCoding preferred(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return null;
    }
    List<Choice> choices = choices(acceptEncoding);
    ContentCoding best = null;
    double bestWeight = 0;
    for (ContentCoding coding : AVAILABLE) {
      double weight = weight(choices, coding.token, 0);
      if (weight > bestWeight) {
        best = coding;
        bestWeight = weight;
      }
    }
    // Who does not speak of the plain form takes it, but does not want it more than what is named.
    Choice plain = named(choices, "identity");
    return plain != null && plain.weight > bestWeight ? null : best;
  }

  private record Choice(String token, double weight) {}

  private static List<Choice> choices(String header) {
    List<Choice> choices = new ArrayList<>(4);
    for (int from = 0; from <= header.length() && choices.size() < MAX_CHOICES; ) {
      int comma = header.indexOf(',', from);
      int to = comma < 0 ? header.length() : comma;
      int semicolon = header.indexOf(';', from);
      boolean weighted = semicolon >= 0 && semicolon < to;
      String token = header.substring(from, weighted ? semicolon : to).strip();
      Double weight =
          weighted ? weight(header.substring(semicolon + 1, to).strip()) : Double.valueOf(1);
      if (!token.isEmpty() && weight != null) {
        choices.add(new Choice(token, weight));
      }
      from = to + 1;
    }
    return choices;
  }

  /** The number of a `q=…`; null when it is none from 0 to 1. */
  private static @Nullable Double weight(String parameter) {
    if (parameter.matches("[qQ]=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
      return Double.valueOf(parameter.substring(2));
    }
    return null;
  }

  private static double weight(List<Choice> choices, String token, double otherwise) {
    Choice named = named(choices, token);
    Choice chosen = named == null ? named(choices, "*") : named;
    return chosen == null ? otherwise : chosen.weight;
  }

  private static @Nullable Choice named(List<Choice> choices, String token) {
    for (Choice choice : choices) {
      if (choice.token.equalsIgnoreCase(token)) {
        return choice;
      }
    }
    return null;
  }

  private static final class Gzip extends GZIPOutputStream {
    Gzip(ByteArrayOutputStream bytes) throws IOException {
      super(bytes, BUFFER_BYTES);
      def.setLevel(GZIP_LEVEL);
    }
  }
}
