package xalesin.edge.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
  private static final TrustedProxies NONE = TrustedProxies.of(List.of());
  private static final TrustedProxies OURS =
      TrustedProxies.of(List.of("10.0.0.0/8", "192.168.7.0/25", "2001:db8:1::/48"));

  private static ClientAddress of(String address) {
    return ClientAddress.of(InetAddress.ofLiteral(address));
  }

  private static ClientAddress client(TrustedProxies proxies, String peer, String... forwarded) {
    return ClientAddress.of(
        proxies.clientOf(peer, Collections.enumeration(Arrays.asList(forwarded))));
  }

  @Test
  void without_trusted_proxies_the_header_says_nothing() {
    assertThat(client(NONE, "127.0.0.1", "203.0.113.9")).isEqualTo(of("127.0.0.1"));
  }

  @Test
  void a_peer_that_is_not_trusted_is_the_client_whatever_it_claims() {
    assertThat(client(OURS, "198.51.100.4", "203.0.113.9, 10.0.0.1")).isEqualTo(of("198.51.100.4"));
  }

  @Test
  void behind_trusted_proxies_the_right_most_other_address_is_the_client() {
    assertThat(client(OURS, "10.0.0.2", "1.1.1.1, 203.0.113.9, 10.9.9.9"))
        .isEqualTo(of("203.0.113.9"));
    assertThat(client(OURS, "192.168.7.127", "1.1.1.1", "203.0.113.9", "10.1.1.1"))
        .isEqualTo(of("203.0.113.9"));
    assertThat(client(OURS, "192.168.7.128", "203.0.113.9")).isEqualTo(of("192.168.7.128"));
    assertThat(client(OURS, "2001:db8:1::5", "[2001:db8:2::9]:8080"))
        .isEqualTo(of("2001:db8:2::1"));
    assertThat(client(OURS, "10.0.0.2", "203.0.113.9:4711")).isEqualTo(of("203.0.113.9"));
  }

  @Test
  void what_is_no_address_ends_the_search_at_who_wrote_it() {
    assertThat(client(OURS, "10.0.0.2", "203.0.113.9, example.org, 10.0.0.7"))
        .isEqualTo(of("10.0.0.7"));
    assertThat(client(OURS, "10.0.0.2")).isEqualTo(of("10.0.0.2"));
    assertThat(client(OURS, "10.0.0.2", "")).isEqualTo(of("10.0.0.2"));
    assertThat(client(OURS, "10.0.0.2", ",,,")).isEqualTo(of("10.0.0.2"));
    assertThat(client(OURS, "10.0.0.2", "10.0.0.3,".repeat(5_000) + "10.0.0.3"))
        .isEqualTo(of("10.0.0.3"));
  }

  @Test
  void addresses_of_one_customer_are_one() {
    assertThat(of("2001:db8:2:3:4::1")).isEqualTo(of("2001:db8:2:3:ffff::2"));
    assertThat(of("2001:db8:2:3::1")).isNotEqualTo(of("2001:db8:2:4::1"));
    assertThat(of("::ffff:203.0.113.9")).isEqualTo(of("203.0.113.9"));
  }

  @Test
  void a_proxy_that_is_no_address_is_refused() {
    assertThatThrownBy(() -> TrustedProxies.of(List.of("proxy.example.org")))
        .hasMessageContaining("must name addresses or blocks such as 10.0.0.0/8");
    assertThatThrownBy(() -> TrustedProxies.of(List.of("10.0.0.0/33")))
        .hasMessage("must have 0 to 32 bits in 10.0.0.0/33");
  }
}
