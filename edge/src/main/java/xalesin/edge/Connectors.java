package xalesin.edge;

import java.time.Duration;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/**
 * The ports of a door. Both speak HTTP/1.1 and HTTP/2: the plain one to those who begin with it
 * (h2c with prior knowledge, as proxies do), the TLS one to those who ask for it (ALPN).
 */
final class Connectors {
  /** Enough for all connections of a machine of two cores; one more only costs switches. */
  private static final int SELECTORS = 1;

  private static final int ACCEPTORS = 1;
  private static final int ACCEPT_BACKLOG = 1024;
  private static final int OUTPUT_BUFFER_BYTES = 32 * 1024;

  /**
   * What the kernel may hold of answers that a client does not take; by itself it would let each
   * connection grow to some MB before anybody could notice that nothing is taken any more.
   */
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  /** Requests under way on one HTTP/2 connection: what browsers and proxies use is less. */
  static final int MAX_STREAMS = 128;

  /**
   * Frames a second that cost the sender less than the server: resets, pings, settings, empty data.
   * Beyond it the connection ends with ENHANCE_YOUR_CALM.
   */
  static final int MAX_IDLE_FRAMES_PER_SECOND = 128;

  /** What a connection may have sent of bodies that are not read yet: the protocol's least. */
  private static final int UNREAD_BYTES = 65_535;

  private Connectors() {}

  static ServerConnector plain(Server server, HttpDoorConfig config) {
    HttpConfiguration http = http(config);
    String host = config.tls() == null ? config.host() : HttpDoorConfig.LOOPBACK;
    return open(
        server,
        config,
        host,
        config.port(),
        new HttpConnectionFactory(http),
        bounded(new PriorKnowledge(http)));
  }

  static ServerConnector tls(
      Server server, HttpDoorConfig config, TlsConfig tls, TlsFiles certificate) {
    HttpConfiguration http = http(config);
    // One certificate serves every name: whether it fits is for the client to say.
    http.addCustomizer(new SecureRequestCustomizer(false, strictSeconds(tls.strict()), false));
    ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    choice.setDefaultProtocol(http1.getProtocol());
    return open(
        server,
        config,
        config.host(),
        tls.port(),
        new SslConnectionFactory(certificate.server(), choice.getProtocol()),
        choice,
        bounded(new HTTP2ServerConnectionFactory(http)),
        http1);
  }

  /** Jetty leaves the header out at -1. */
  private static long strictSeconds(Duration strict) {
    return strict.isZero() ? -1 : strict.toSeconds();
  }

  private static ServerConnector open(
      Server server, HttpDoorConfig config, String host, int port, ConnectionFactory... protocols) {
    ServerConnector connector = new ServerConnector(server, ACCEPTORS, SELECTORS, protocols);
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(config.idleTimeout().toMillis());
    connector.setAcceptQueueSize(ACCEPT_BACKLOG);
    connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
    connector.addBean(new HeadDeadline(connector, config.idleTimeout()));
    return connector;
  }

  private static HttpConfiguration http(HttpDoorConfig config) {
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(UriCompliance.DEFAULT);
    // No lines that end in a bare line feed: a proxy may take them for part of the line.
    http.setHttpCompliance(HttpCompliance.STRICT);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(config.maxHeaderBytes());
    http.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
    http.addCustomizer(new Http2Requests());
    return http;
  }

  private static ConnectionFactory bounded(AbstractHTTP2ServerConnectionFactory http2) {
    http2.setMaxConcurrentStreams(MAX_STREAMS);
    http2.setRateControlFactory(new WindowRateControl.Factory(MAX_IDLE_FRAMES_PER_SECOND));
    http2.setInitialSessionRecvWindow(UNREAD_BYTES);
    http2.setInitialStreamRecvWindow(UNREAD_BYTES);
    // What is not read yet is held in these: on the heap, of which there is more.
    http2.setUseInputDirectByteBuffers(false);
    // Browsers then open a connection of its own for a WebSocket.
    http2.setConnectProtocolEnabled(false);
    return http2;
  }
}
