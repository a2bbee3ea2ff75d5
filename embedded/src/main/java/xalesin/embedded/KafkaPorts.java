package xalesin.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's two ports, opened before Kafka is configured: a free port stays ours, and a taken
 * one is reported before anything has started. Closing closes what Kafka has not taken over.
 */
final class KafkaPorts implements ServerSocketFactory, AutoCloseable {
  /** Connections that wait to be accepted; Kafka's own default. */
  private static final int BACKLOG = 50;

  private final ServerSocketChannel clients;
  private final ServerSocketChannel controller;
  private final String advertised;
  private boolean clientsTaken;
  private boolean controllerTaken;

  private KafkaPorts(
      ServerSocketChannel clients, ServerSocketChannel controller, String advertised) {
    this.clients = clients;
    this.controller = controller;
    this.advertised = advertised;
  }

  static KafkaPorts open(KafkaOptions options) {
    InetAddress bind = Checks.resolve("kafka bind address", options.bind());
    InetAddress loopback = Checks.resolve("kafka controller address", "127.0.0.1");
    ServerSocketChannel clients = bound(new InetSocketAddress(bind, options.port()));
    ServerSocketChannel controller = null;
    try {
      controller = bound(new InetSocketAddress(loopback, 0));
      return new KafkaPorts(
          clients, controller, bind.isAnyLocalAddress() ? "127.0.0.1" : options.bind());
    } finally {
      if (controller == null) {
        close(clients);
      }
    }
  }

  private static ServerSocketChannel bound(InetSocketAddress address) {
    ServerSocketChannel channel = null;
    boolean bound = false;
    try {
      channel = ServerSocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address, BACKLOG);
      bound = true;
      return channel;
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "The kafka port " + address.getPort() + " cannot be opened: " + e.getMessage(), e);
    } finally {
      if (channel != null && !bound) {
        close(channel);
      }
    }
  }

  int clients() {
    return clients.socket().getLocalPort();
  }

  int controller() {
    return controller.socket().getLocalPort();
  }

  /** The host that clients are told to come back to. */
  String advertised() {
    return advertised;
  }

  @Override
  public synchronized ServerSocketChannel openServerSocket(
      String listener, InetSocketAddress address, int backlog, int receiveBufferBytes)
      throws IOException {
    if (listener.equals(EmbeddedKafka.CONTROLLER)) {
      controllerTaken = true;
      controller.configureBlocking(false);
      return controller;
    }
    clientsTaken = true;
    clients.configureBlocking(false);
    return clients;
  }

  @Override
  public synchronized void close() {
    if (!clientsTaken) {
      close(clients);
    }
    if (!controllerTaken) {
      close(controller);
    }
  }

  private static void close(ServerSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EmbeddedServerException("A port was not closed: " + e, e);
    }
  }
}
