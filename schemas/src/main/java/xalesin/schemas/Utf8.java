package xalesin.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Bytes that a generator of UTF-8 copies to where it writes. What would quote them is never asked
 * for. Immutable.
 */
final class Utf8 implements SerializableString {
  private static final int NO_ROOM = -1;

  private final byte[] bytes;

  Utf8(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public String getValue() {
    return new String(bytes, UTF_8);
  }

  @Override
  public int charLength() {
    return getValue().length();
  }

  @Override
  public byte[] asUnquotedUTF8() {
    return bytes;
  }

  @Override
  public int appendUnquotedUTF8(byte[] buffer, int offset) {
    if (bytes.length > buffer.length - offset) {
      return NO_ROOM;
    }
    System.arraycopy(bytes, 0, buffer, offset, bytes.length);
    return bytes.length;
  }

  @Override
  public int appendUnquoted(char[] buffer, int offset) {
    String text = getValue();
    if (text.length() > buffer.length - offset) {
      return NO_ROOM;
    }
    text.getChars(0, text.length(), buffer, offset);
    return text.length();
  }

  @Override
  public int writeUnquotedUTF8(OutputStream out) throws IOException {
    out.write(bytes);
    return bytes.length;
  }

  @Override
  public int putUnquotedUTF8(ByteBuffer buffer) {
    if (bytes.length > buffer.remaining()) {
      return NO_ROOM;
    }
    buffer.put(bytes);
    return bytes.length;
  }

  @Override
  public char[] asQuotedChars() {
    throw neverQuoted();
  }

  @Override
  public byte[] asQuotedUTF8() {
    throw neverQuoted();
  }

  @Override
  public int appendQuotedUTF8(byte[] buffer, int offset) {
    throw neverQuoted();
  }

  @Override
  public int appendQuoted(char[] buffer, int offset) {
    throw neverQuoted();
  }

  @Override
  public int writeQuotedUTF8(OutputStream out) {
    throw neverQuoted();
  }

  @Override
  public int putQuotedUTF8(ByteBuffer out) {
    throw neverQuoted();
  }

  private static UnsupportedOperationException neverQuoted() {
    return new UnsupportedOperationException("raw JSON is not quoted");
  }
}
