package xalesin.edge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.eclipse.jetty.util.NanoTime;

/** HTTP/2 by hand over a socket, with prior knowledge, for what no client library would send. */
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RESET = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GO_AWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final short INITIAL_WINDOW = 4;

  static final int NO_ERROR = 0;
  static final int PROTOCOL_ERROR = 1;
  static final int REFUSED_STREAM = 7;
  static final int CANCEL = 8;
  static final int ENHANCE_YOUR_CALM = 11;

  /** No reason of the protocol's. */
  static final int CUT_OFF = -1;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int ACK = 1;
  private static final int READ_TIMEOUT_MILLIS = 20_000;
  private static final int MAX_FRAMES = 100_000;

  private final Socket socket;
  private final DataInputStream in;
  private final HpackDecoder hpack = new HpackDecoder(64 * 1024, NanoTime::now);

  /** Statuses of the streams that have been answered so far. */
  final Map<Integer, Integer> statuses = new HashMap<>();

  /** Bodies that have come so far. */
  final Map<Integer, ByteArrayOutputStream> bodies = new HashMap<>();

  record Frame(int type, int flags, int stream, ByteBuffer payload) {
    boolean ends(int ofStream) {
      return stream == ofStream && ((flags & END_STREAM) != 0 || type == RESET);
    }

    /** Of a RESET or GO_AWAY. */
    int error() {
      return payload.getInt(type == GO_AWAY ? 4 : 0);
    }
  }

  RawHttp2(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write(PREFACE.getBytes(StandardCharsets.US_ASCII));
    send(SETTINGS, 0, 0);
  }

  void send(int type, int flags, int stream, byte... payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.putInt((payload.length << 8) | type).put((byte) flags).putInt(stream).put(payload);
    socket.getOutputStream().write(frame.array());
  }

  void reset(int stream) throws IOException {
    send(RESET, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) CANCEL);
  }

  /** How much of each answer may come before more of it is asked for. */
  void window(int bytes) throws IOException {
    send(SETTINGS, 0, 0, ByteBuffer.allocate(6).putShort(INITIAL_WINDOW).putInt(bytes).array());
  }

  /** Asks for so much more: of one stream, or of all together with 0. */
  void takeMore(int stream, int bytes) throws IOException {
    send(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
  }

  void request(int stream, boolean whole, String method, String path, String... more)
      throws IOException {
    List<String> fields = new ArrayList<>();
    fields.addAll(List.of(":method", method, ":scheme", "http", ":authority", "localhost"));
    fields.addAll(List.of(":path", path));
    fields.addAll(List.of(more));
    send(HEADERS, END_HEADERS | (whole ? END_STREAM : 0), stream, block(fields));
  }

  /** Fields as HPACK literals without indexing (RFC 7541, 6.2.2). */
  static byte[] block(List<String> namesAndValues) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      out.write(0);
      text(out, namesAndValues.get(i));
      text(out, namesAndValues.get(i + 1));
    }
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      out.write(bytes.length);
    } else {
      out.write(127);
      int rest = bytes.length - 127;
      for (; rest >= 128; rest >>= 7) {
        out.write((rest & 127) | 128);
      }
      out.write(rest);
    }
    out.writeBytes(bytes);
  }

  /** The next frame that is wanted, having taken note of those before; throws at the end. */
  Frame await(Predicate<Frame> wanted) throws IOException {
    for (int i = 0; i < MAX_FRAMES; i++) {
      Frame frame = read();
      if (wanted.test(frame)) {
        return frame;
      }
    }
    throw new AssertionError("more frames than anybody waits for");
  }

  private Frame read() throws IOException {
    int lengthAndType = in.readInt();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(lengthAndType >>> 8);
    Frame frame = new Frame(lengthAndType & 0xff, flags, stream, ByteBuffer.wrap(payload));
    switch (frame.type) {
      case HEADERS -> statuses.putIfAbsent(stream, status(payload));
      case DATA ->
          bodies.computeIfAbsent(stream, _ -> new ByteArrayOutputStream()).writeBytes(payload);
      case SETTINGS -> {
        if ((flags & ACK) == 0) {
          send(SETTINGS, ACK, 0);
        }
      }
      default -> {}
    }
    return frame;
  }

  private int status(byte[] block) {
    try {
      return ((MetaData.Response) hpack.decode(ByteBuffer.wrap(block))).getStatus();
    } catch (HpackException e) {
      throw new AssertionError(e);
    }
  }

  int statusOf(int stream) throws IOException {
    await(frame -> frame.ends(stream));
    return statuses.getOrDefault(stream, 0);
  }

  String bodyOf(int stream) {
    return bodies
        .getOrDefault(stream, new ByteArrayOutputStream())
        .toString(StandardCharsets.UTF_8);
  }

  /** Why the server ends the connection; {@link #CUT_OFF} when it does so without a word. */
  int farewell() throws IOException {
    try {
      return await(frame -> frame.type == GO_AWAY).error();
    } catch (EOFException | SocketException e) {
      return CUT_OFF;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
