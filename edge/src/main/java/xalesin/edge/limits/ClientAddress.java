package xalesin.edge.limits;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Where a client stands: its IPv4 address, or the first 64 bits of its IPv6 address, as one
 * customer of a provider has at least so many addresses.
 */
public record ClientAddress(long bits, boolean isV6) {
  private static final int V6_BYTES = 16;

  public static ClientAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == V6_BYTES
        ? new ClientAddress(ByteBuffer.wrap(bytes).getLong(), true)
        : new ClientAddress(ByteBuffer.wrap(bytes).getInt(), false);
  }
}
