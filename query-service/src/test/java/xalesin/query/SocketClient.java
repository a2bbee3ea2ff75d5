package xalesin.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * Follows `GET /api/live/ws` with the JDK's own WebSocket client, and applies the frames of each
 * subscription. Thread-safe.
 */
final class SocketClient implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, LiveState> states = new HashMap<>();
  private final List<JsonNode> messages = new ArrayList<>();
  private int closeCode;
  private @Nullable WebSocket socket;

  /** Connects; what refuses the upgrade is thrown as a CompletionException. */
  static SocketClient open(int port, String query, String... headers) {
    SocketClient client = new SocketClient();
    WebSocket.Builder builder = client.http.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    URI address = URI.create("ws://127.0.0.1:" + port + "/api/live/ws" + query);
    try {
      client.socket = builder.buildAsync(address, client.new Listening()).join();
      return client;
    } catch (RuntimeException e) {
      client.http.shutdownNow();
      throw e;
    }
  }

  static SocketClient open(int port, String token) {
    return open(port, "", "Authorization", "Bearer " + token);
  }

  private final class Listening implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        received(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed(1006);
    }
  }

  private synchronized void received(String text) {
    try {
      JsonNode message = Json.MAPPER.readTree(text);
      messages.add(message);
      String event = message.path("event").asText();
      if (List.of("snapshot", "batch", "reset").contains(event)) {
        states
            .computeIfAbsent(message.path("as").asText(), _ -> new LiveState())
            .apply(event, message.path("data"));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(text, e);
    }
  }

  private synchronized void closed(int code) {
    closeCode = code;
  }

  SocketClient send(String json) {
    socket().sendText(json.replace('\'', '"'), true).join();
    return this;
  }

  void sendBytes(byte[] bytes) {
    socket().sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  private WebSocket socket() {
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    return open;
  }

  synchronized List<JsonNode> rows(String subscription, String view) {
    LiveState state = states.get(subscription);
    return state == null ? List.of() : state.rows(view);
  }

  synchronized long total(String subscription, String view) {
    LiveState state = states.get(subscription);
    return state == null ? -1 : state.total(view);
  }

  /** The events of a subscription, those that are of none for an empty name. */
  synchronized List<String> events(String subscription) {
    return messages.stream()
        .filter(message -> message.path("as").asText().equals(subscription))
        .map(message -> message.path("event").asText())
        .toList();
  }

  /** The newest message of that event; missing when there is none. */
  synchronized JsonNode newest(String event) {
    return messages.reversed().stream()
        .filter(message -> message.path("event").asText().equals(event))
        .findFirst()
        .orElseGet(Json.MAPPER::missingNode);
  }

  /** 0 while it is open. */
  synchronized int closeCode() {
    return closeCode;
  }

  /** Breaks off without a word. */
  void cut() {
    socket().abort();
  }

  void sayGoodbye() {
    socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  @Override
  public void close() {
    cut();
    http.shutdownNow();
  }
}
