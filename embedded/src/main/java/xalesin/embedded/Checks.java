package xalesin.embedded;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** Checks of options, each naming what is wrong with which option. */
final class Checks {
  private static final int HIGHEST_PORT = 65_535;

  private Checks() {}

  static void port(String name, int port) {
    between(name, port, 0, HIGHEST_PORT);
  }

  static void between(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", not " + value);
    }
  }

  static void positive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be more than nothing, not " + duration);
    }
  }

  static void matches(String name, String value, String pattern) {
    if (!value.matches(pattern)) {
      throw new IllegalArgumentException(name + " must match " + pattern + ", not '" + value + "'");
    }
  }

  /** An address of this machine; names of other machines fail later, when the port is opened. */
  static void address(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must be an address, not empty");
    }
    resolve(name, value);
  }

  static InetAddress resolve(String name, String value) {
    try {
      return InetAddress.getByName(value);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(name + " must be an address, not '" + value + "'", e);
    }
  }
}
