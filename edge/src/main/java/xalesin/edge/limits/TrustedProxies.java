package xalesin.edge.limits;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client behind proxies. Each proxy adds at the right of `X-Forwarded-For` whom it was
 * called by, so it is read from the right, and only as long as those who wrote it are trusted: what
 * stands further left may be anybody's invention. Immutable.
 */
public final class TrustedProxies {
  /** More proxies than stand in any row; what is left of them is not looked at. */
  private static final int MAX_HOPS = 16;

  private final List<AddressBlock> blocks;

  private TrustedProxies(List<AddressBlock> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /** Throws IllegalArgumentException that names what is no address or block of addresses. */
  public static TrustedProxies of(List<String> blocks) {
    return new TrustedProxies(blocks.stream().map(AddressBlock::parse).toList());
  }

  /**
   * @param peer the address that the connection comes from
   * @param forwarded the values of all `X-Forwarded-For` headers, in their order
   */
  public InetAddress clientOf(String peer, Enumeration<String> forwarded) {
    InetAddress client = InetAddress.ofLiteral(peer);
    if (!isTrusted(client)) {
      return client;
    }
    List<String> values = new ArrayList<>();
    forwarded.asIterator().forEachRemaining(values::add);
    int hops = 0;
    for (String value : values.reversed()) {
      for (int end = value.length(); end >= 0 && hops < MAX_HOPS; hops++) {
        int comma = value.lastIndexOf(',', end - 1);
        InetAddress hop = literal(value.substring(comma + 1, end).strip());
        if (hop == null) {
          return client;
        }
        client = hop;
        if (!isTrusted(client)) {
          return client;
        }
        end = comma;
      }
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    for (AddressBlock block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** An address, perhaps with a port; null when it is none. Asks no name server. */
  private static @Nullable InetAddress literal(String text) {
    String address = text;
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      address = end < 0 ? text : text.substring(1, end);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
      address = text.substring(0, text.indexOf(':'));
    }
    try {
      return InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
