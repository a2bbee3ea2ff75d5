package xalesin.schemas.probes;

import xalesin.schemas.config.Settings;

/**
 * Where a program answers those who operate it. It asks for no token there, so the address is set
 * apart from that of callers.
 *
 * @param port 0 for a free one
 */
public record ManagementAddress(String host, int port) {
  /** From {@code XALESIN_MANAGEMENT_…}; unless told otherwise it is for this machine only. */
  public static ManagementAddress read(Settings settings, int defaultPort) {
    return new ManagementAddress(
        settings.text(
            "XALESIN_MANAGEMENT_BIND",
            "127.0.0.1",
            "Address that probes and metrics bind to; callers must not reach it"),
        settings.integer(
            "XALESIN_MANAGEMENT_PORT",
            defaultPort,
            0,
            65_535,
            "port",
            "Port for operators, 0 for a free one"));
  }
}
