package xalesin.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** HTTP by hand over a socket, for what no client library would send. */
final class RawHttp implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 120_000;
  private static final int MAX_ANSWER_BYTES = 1 << 20;

  private final Socket socket;

  /** Everything that came until the server closed. */
  record Answer(String text) {
    int status() {
      return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }

    int answers() {
      return text.split("HTTP/1\\.1 ", -1).length - 1;
    }
  }

  RawHttp(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Answer get(TestDoor door, String target, String token, String... headers) {
    try (RawHttp http = new RawHttp(door.port())) {
      StringBuilder head =
          new StringBuilder(
              "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
      head.append("Authorization: Bearer ").append(token).append("\r\n");
      Arrays.asList(headers).forEach(header -> head.append(header).append("\r\n"));
      return http.send(head + "\r\n").readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawHttp send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  RawHttp endOfOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /**
   * What comes until the server closes the connection, which it must do within the read timeout.
   */
  Answer readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer);
        read >= 0 && all.size() < MAX_ANSWER_BYTES;
        read = in.read(buffer)) {
      all.write(buffer, 0, read);
    }
    return new Answer(all.toString(StandardCharsets.ISO_8859_1));
  }

  /** The first bytes of an answer. */
  Answer readSome() throws IOException {
    byte[] buffer = new byte[8192];
    int read = socket.getInputStream().read(buffer);
    return new Answer(read < 0 ? "" : new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
