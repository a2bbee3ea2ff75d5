package xalesin.edge.limits;

import java.net.InetAddress;
import java.util.Arrays;

/** Addresses with the same first bits, as `10.0.0.0/8`; a single address has no slash. */
@SuppressWarnings("ArrayRecordComponent")
record AddressBlock(byte[] prefix, int bits) {
  /** Throws IllegalArgumentException that says what is wrong. */
  static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    byte[] prefix = literal(slash < 0 ? text : text.substring(0, slash));
    int all = prefix.length * Byte.SIZE;
    int bits = slash < 0 ? all : bits(text, text.substring(slash + 1), all);
    return new AddressBlock(prefix, bits);
  }

  private static byte[] literal(String address) {
    try {
      return InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must name addresses or blocks such as 10.0.0.0/8, not " + address, e);
    }
  }

  private static int bits(String text, String digits, int all) {
    if (digits.matches("[0-9]{1,3}") && Integer.parseInt(digits) <= all) {
      return Integer.parseInt(digits);
    }
    throw new IllegalArgumentException("must have 0 to " + all + " bits in " + text);
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != prefix.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    return Arrays.equals(bytes, 0, whole, prefix, 0, whole)
        && (rest == 0 || ((bytes[whole] ^ prefix[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0);
  }
}
