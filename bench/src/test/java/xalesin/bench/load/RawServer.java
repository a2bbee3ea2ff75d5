package xalesin.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server of a few lines that answers with whatever bytes a test wants, a thread per client. */
public final class RawServer implements AutoCloseable {
  /** Makes the answer's bytes, as many pieces as are to be sent one by one. */
  public interface Handler {
    /**
     * @param request the request line and headers
     * @return what to send, or an empty array to close the connection
     */
    String[] answer(String request, String body) throws InterruptedException;
  }

  private final ServerSocket server;
  private final Handler handler;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  public RawServer(Handler handler) throws IOException {
    this.handler = handler;
    this.server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon(true).start(this::accept);
  }

  /** An ordinary answer. */
  public static String ok(String headers, String body) {
    int length = body.getBytes(ISO_8859_1).length;
    return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + length + "\r\n\r\n" + body;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      sockets.clear();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        String[] pieces = handler.answer(head, body(in, head));
        if (pieces.length == 0) {
          return;
        }
        for (String piece : pieces) {
          out.write(piece.getBytes(ISO_8859_1));
          out.flush();
        }
      }
    } catch (IOException e) {
      sockets.remove(socket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 10_000) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.append((char) b);
      if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString();
      }
    }
    throw new IOException("head too long");
  }

  private static String body(InputStream in, String head) throws IOException {
    int at = head.indexOf("Content-Length: ");
    if (at < 0) {
      return "";
    }
    String length = head.substring(at + 16, head.indexOf("\r\n", at));
    return new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
