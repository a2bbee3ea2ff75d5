package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * Names a write that a read must have seen: a stream of the caller's tenant and its version. Opaque
 * to callers. It is not signed: the worst a forged one does is to let its own sender wait in vain,
 * within the bounds of a wait.
 *
 * @param stream the stream's name
 * @param version the version that must have been applied, from 1
 */
public record ConsistencyToken(StreamName stream, long version) {
  private static final int MAX_LENGTH = 200;

  public String encode() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((stream + "@" + version).getBytes(UTF_8));
  }

  /**
   * @throws InvalidValueException when the text was not made by {@link #encode()}
   */
  public static ConsistencyToken decode(String text) {
    if (text.length() <= MAX_LENGTH) {
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
        int at = plain.lastIndexOf('@');
        if (at > 0) {
          long version = Long.parseLong(plain, at + 1, plain.length(), 10);
          if (version > 0) {
            return new ConsistencyToken(StreamName.parse(plain.substring(0, at)), version);
          }
        }
      } catch (IllegalArgumentException e) {
        throw unknown();
      }
    }
    throw unknown();
  }

  private static InvalidValueException unknown() {
    return new InvalidValueException("Consistency-Token", "is not a token that a command answered");
  }
}
